// Enforcement cases: an open one is public, a closed one is for the subject and those it
// authorises.
import { column, endClock, recordFile, runClocks } from '../../kit/index.ts';
import { isResumed } from '../case-number.ts';
import { ENFORCEMENT_CLOCKS } from '../clocks.ts';
import { enforcementCases } from '../records.ts';
import {
  caseNumber,
  disputeOf,
  publisher,
  publisherCode,
  readEnforcementNumber,
  required,
  retrievedAt,
  underReview,
} from './shared-columns.ts';

const OPEN: ReadonlySet<string> = new Set(['IN_ENFORCEMENT', 'SUSPENDED']);

/** The file format of enforcement cases. */
export const enforcementCaseFile = recordFile({
  name: 'enforcement-cases',
  table: enforcementCases,
  changedBy: ['closedOn'],
  columns: {
    subjectName: column.text(['被执行人名称', 'subject_name'], { max: 200 }),
    subjectCode: column.code(['统一社会信用代码', '组织机构代码', 'uscc'], required),
    caseNumber,
    filedOn: column.date(['立案日期', 'filed_on'], { required: true, open: 'reject' }),
    basisDocument: column.text(['执行依据文号', 'basis_document'], { max: 200 }),
    amount: column.money(['执行标的(元)', 'amount_yuan']),
    unperformedAmount: column.money(['未履行金额(元)', 'unperformed_yuan']),
    status: column.choice(
      ['案件状态', 'status'],
      {
        执行中: 'IN_ENFORCEMENT',
        中止执行: 'SUSPENDED',
        终结本次执行程序: 'PROCEDURE_ENDED',
        执行完毕: 'COMPLETED',
        终结执行: 'TERMINATED',
        不予执行: 'REFUSED',
        销案: 'STRUCK_OUT',
      },
      required,
    ),
    closedOn: column.date(['结案日期', 'closed_on'], { open: 'none' }),
    publisher,
    publisherCode,
    underReview,
    retrievedAt,
  },
  draft: (cells, reject) => {
    const { filedOn, closedOn } = cells;
    const number = readEnforcementNumber(cells.caseNumber, (r) => reject('caseNumber', r));
    const isOpen = OPEN.has(cells.status);
    if (isOpen && closedOn !== undefined) {
      return reject('closedOn', 'a day of closing, and the case is open');
    }
    if (!isOpen && closedOn === undefined) {
      return reject('closedOn', 'the case is closed, and the day is missing');
    }
    if (closedOn !== undefined && closedOn < filedOn) {
      return reject('closedOn', 'closed before it was filed');
    }
    const clocks = runClocks(ENFORCEMENT_CLOCKS, filedOn, {
      RECORD_CREATED: filedOn,
      ACT_ENDED: closedOn,
    });
    return {
      subjectCode: cells.subjectCode,
      values: {
        caseNumber: number.normalized,
        isResumed: isResumed(number),
        filedOn,
        basisDocument: cells.basisDocument,
        amount: cells.amount,
        unperformedAmount: cells.unperformedAmount,
        status: cells.status,
        closedOn,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        documentNumber: number.normalized,
        publishedOn: filedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks:
        closedOn === undefined
          ? clocks
          : { ...clocks, display: endClock(clocks.display, closedOn) },
      disclosureClass: isOpen ? 'PUBLIC' : 'AUTHORISED',
      dispute: disputeOf(cells.underReview),
      sortDate: filedOn,
    };
  },
});
