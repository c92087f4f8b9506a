// The files that the tax administration delivers: their columns, and what a row is as a record.
import {
  column,
  endClock,
  penaltyFile,
  recordFile,
  runClocks,
  type RecordFile,
} from '../kit/index.ts';
import {
  ARREARS_CLOCKS,
  INSPECTION_CLOCKS,
  MAJOR_VIOLATION_CLOCKS,
  RATING_CLOCKS,
} from './clocks.ts';
import {
  arrearsNotices,
  creditRatings,
  inspections,
  majorViolations,
  penalties,
} from './records.ts';

const required = { required: true } as const;
const subjectCode = column.code(['统一社会信用代码', '纳税人识别号', 'uscc'], required);
const subjectName = column.text(['纳税人名称', 'taxpayer_name'], { max: 200 });
const publisher = column.text(['主管税务机关', 'authority'], { required: true, max: 200 });
const publisherCode = column.code(['主管税务机关统一社会信用代码', 'authority_uscc']);
const retrievedAt = column.instant(['数据更新时间', 'retrieved_at']);

const ratingFile = recordFile({
  name: 'ratings',
  table: creditRatings,
  columns: {
    subjectCode,
    subjectName,
    ratingYear: column.integer(['评价年度', 'rating_year'], {
      required: true,
      min: 2014,
      max: 2100,
    }),
    grade: column.choice(
      ['纳税信用级别', 'grade'],
      {
        ...{ A: 'A', B: 'B', M: 'M', C: 'C', D: 'D' },
        ...{ A级: 'A', B级: 'B', M级: 'M', C级: 'C', D级: 'D' },
      },
      required,
    ),
    score: column.decimal(['评价得分', 'score'], { min: 0, max: 100 }),
    directGround: column.choice(['直接判级原因', 'direct_ground'], {
      涉税犯罪判决: 'CRIMINAL_CONVICTION',
      移送公安机关: 'REFERRED_TO_POLICE',
      偷税十万元且百分之十以上: 'LARGE_EVASION',
      未按期缴清查补税款: 'UNPAID_DECISION',
      暴力抗税: 'VIOLENCE',
      违反发票规定: 'INVOICE_BREACH',
      提供虚假材料: 'FALSE_MATERIAL',
      停止出口退税权: 'REFUND_SUSPENDED',
      非正常户: 'ABSCONDED',
      非正常户责任人员: 'PERSON_OF_ABNORMAL',
      D级责任人员: 'PERSON_OF_D',
      重大税收违法失信主体: 'MAJOR_VIOLATION',
      其他: 'OTHER',
    }),
    ratedOn: column.date(['评价日期', 'rated_on'], { required: true, open: 'reject' }),
    publisher,
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    if (cells.directGround !== undefined && cells.grade !== 'D') {
      return reject('directGround', `a ground of a direct D beside the grade ${cells.grade}`);
    }
    return {
      subjectCode: cells.subjectCode,
      values: {
        ratingYear: cells.ratingYear,
        grade: cells.grade,
        score: cells.score,
        directGround: cells.directGround,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        decidedOn: cells.ratedOn,
        publishedOn: cells.grade === 'A' ? cells.ratedOn : undefined,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(RATING_CLOCKS, cells.ratedOn, { DECIDED: cells.ratedOn }),
      disclosureClass: cells.grade === 'A' ? 'PUBLIC' : 'AUTHORISED',
      sortDate: cells.ratedOn,
    };
  },
});

const majorViolationFile = recordFile({
  name: 'major-violations',
  table: majorViolations,
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
    publisher,
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    if (cells.removedOn !== undefined && cells.removedOn < cells.enteredOn) {
      return reject('removedOn', 'removed before it was entered');
    }
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

const arrearsFile = recordFile({
  name: 'arrears',
  table: arrearsNotices,
  columns: {
    subjectCode,
    subjectName,
    period: column.text(['公告所属期', 'period'], { required: true, max: 6 }),
    taxType: column.choice(
      ['欠税税种', 'tax_type'],
      {
        增值税: 'VAT',
        企业所得税: 'ENTERPRISE_INCOME',
        消费税: 'CONSUMPTION',
        城市维护建设税: 'URBAN_MAINTENANCE',
        土地增值税: 'LAND_VALUE',
        房产税: 'PROPERTY',
        城镇土地使用税: 'LAND_USE',
        印花税: 'STAMP',
        资源税: 'RESOURCE',
        其他: 'OTHER',
      },
      required,
    ),
    balance: column.money(['欠税余额(元)', 'balance_yuan'], required),
    newArrears: column.money(['当期新发生的欠税金额(元)', 'new_arrears_yuan']),
    placeOfBusiness: column.text(['经营地点', 'place_of_business'], { max: 300 }),
    announcedOn: column.date(['公告日期', 'announced_on'], { required: true, open: 'reject' }),
    publisher,
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    if (!/^\d{4}Q[1-4]$/.test(cells.period)) return reject('period', 'a quarter is written 2025Q1');
    return {
      subjectCode: cells.subjectCode,
      values: {
        period: cells.period,
        taxType: cells.taxType,
        balance: cells.balance,
        newArrears: cells.newArrears,
        placeOfBusiness: cells.placeOfBusiness,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        decidedOn: cells.announcedOn,
        publishedOn: cells.announcedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(ARREARS_CLOCKS, cells.announcedOn, { DECIDED: cells.announcedOn }),
      sortDate: cells.announcedOn,
    };
  },
});

const inspectionFile = recordFile({
  name: 'inspections',
  table: inspections,
  columns: {
    subjectCode,
    inspectionNumber: column.text(['检查通知书文号', 'inspection_number'], {
      required: true,
      max: 200,
    }),
    periodFrom: column.date(['检查所属期起', 'period_from'], { open: 'none' }),
    periodTo: column.date(['检查所属期止', 'period_to'], { open: 'none' }),
    outcome: column.choice(['检查结论', 'outcome'], {
      未发现问题: 'NO_FINDING',
      补缴税款: 'RECOVERED',
      补税并处罚: 'PENALISED',
      移送司法: 'TRANSFERRED',
    }),
    facts: column.text(['检查发现事实', 'facts'], { max: 5_000 }),
    recovered: column.money(['查补税款(元)', 'recovered_yuan']),
    penaltyDocument: column.text(['处罚决定书文号', 'penalty_document'], { max: 200 }),
    transferredToJustice: column.boolean(['是否移送司法', 'transferred']),
    concludedOn: column.date(['结案日期', 'concluded_on'], { required: true, open: 'reject' }),
    publisher,
    publisherCode,
    retrievedAt,
  },
  draft: (cells) => ({
    subjectCode: cells.subjectCode,
    values: {
      inspectionNumber: cells.inspectionNumber,
      periodFrom: cells.periodFrom,
      periodTo: cells.periodTo,
      outcome: cells.outcome,
      facts: cells.facts,
      recovered: cells.recovered,
      penaltyDocument: cells.penaltyDocument,
      transferredToJustice: cells.transferredToJustice,
    },
    source: {
      publisher: cells.publisher,
      publisherCode: cells.publisherCode,
      documentNumber: cells.inspectionNumber,
      decidedOn: cells.concludedOn,
      retrievedAt: cells.retrievedAt,
    },
    clocks: runClocks(INSPECTION_CLOCKS, cells.concludedOn, { DECIDED: cells.concludedOn }),
    sortDate: cells.concludedOn,
  }),
});

/** File formats of the tax sector. */
export const files: readonly RecordFile[] = [
  ratingFile,
  majorViolationFile,
  arrearsFile,
  penaltyFile(penalties),
  inspectionFile,
];
