// The list of major violations: an entry is displayed until it is removed.
import { categoryOf, column, endClock, recordFile, runClocks } from '../../kit/index.ts';
import { MAJOR_VIOLATION_CLOCKS } from '../clocks.ts';
import { majorViolations } from '../records.ts';
import {
  required,
  subjectCode,
  subjectName,
  publisher,
  publisherCode,
  retrievedAt,
} from './shared-columns.ts';

/** The file format of major violations. */
export const majorViolationFile = recordFile({
  name: 'major-violations',
  table: majorViolations,
  changedBy: ['removedOn'],
  columns: {
    subjectCode,
    subjectName,
    caseNature: column.choice(
      ['案件性质', 'case_nature'],
      {
        偷税: 'EVASION',
        逃避追缴欠税: 'EVADING_RECOVERY',
        骗取出口退税: 'REFUND_FRAUD',
        抗税: 'RESISTANCE',
        虚开增值税专用发票: 'FALSE_VAT_INVOICES',
        虚开普通发票: 'FALSE_ORDINARY_INVOICES',
        伪造变造发票: 'FORGED_INVOICES',
        '走逃（失联）': 'ABSCONDING',
        不缴代扣税款: 'WITHHELD_NOT_PAID',
        税务代理违法: 'AGENT_VIOLATION',
        其他: 'OTHER',
      },
      required,
    ),
    facts: column.text(['主要违法事实', 'facts'], { required: true, max: 5_000 }),
    legalBasis: column.text(['相关法律依据', 'legal_basis'], { max: 5_000 }),
    treatment: column.text(['税务处理处罚情况', 'treatment'], { max: 5_000 }),
    taxAmount: column.money(['涉案税额(元)', 'tax_amount_yuan']),
    documentNumber: column.text(['处罚决定书文号', 'document_number'], { max: 200 }),
    enteredOn: column.date(['列入日期', 'entered_on'], { required: true, open: 'reject' }),
    removedOn: column.date(['移出日期', 'removed_on'], { open: 'none' }),
    registeredAddress: column.text(['注册地址', 'registered_address'], { max: 500 }),
    publisher,
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    if (cells.removedOn !== undefined && cells.removedOn < cells.enteredOn) {
      return reject('removedOn', 'removed before it was entered');
    }
    // The address of a household may be a dwelling.
    const isHousehold = categoryOf(cells.subjectCode) === 'INDIVIDUAL_HOUSEHOLD';
    const clocks = runClocks(MAJOR_VIOLATION_CLOCKS, cells.enteredOn, { LISTED: cells.enteredOn });
    return {
      subjectCode: cells.subjectCode,
      values: {
        caseNature: cells.caseNature,
        facts: cells.facts,
        legalBasis: cells.legalBasis,
        treatment: cells.treatment,
        taxAmount: cells.taxAmount,
        enteredOn: cells.enteredOn,
        removedOn: cells.removedOn,
        subjectName: cells.subjectName,
        registeredAddress: isHousehold ? undefined : cells.registeredAddress,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        documentNumber: cells.documentNumber,
        decidedOn: cells.enteredOn,
        publishedOn: cells.enteredOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks:
        cells.removedOn === undefined
          ? clocks
          : { ...clocks, display: endClock(clocks.display, cells.removedOn) },
      sortDate: cells.enteredOn,
    };
  },
});
