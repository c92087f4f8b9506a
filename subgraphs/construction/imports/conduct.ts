// Good and bad conduct, the list of wage arrears and the blacklist. The files of the two lists name
// responsible persons as well; no column reads them.
import { addLength, column, endClock, recordFile, runClocks } from '../../kit/index.ts';
import {
  badConductClocks,
  BLACKLIST_CLOCKS,
  GOOD_CONDUCT_CLOCKS,
  WAGE_ARREARS_CLOCKS,
  WAGE_ARREARS_EARLY_REMOVAL_MONTHS,
} from '../clocks.ts';
import { badConduct, blacklist, goodConduct, wageArrears } from '../records.ts';
import {
  dayOptional,
  dayRequired,
  LEVELS,
  required,
  ROLES,
  sourceColumns,
  subjectColumns,
} from './shared-columns.ts';
import { conductOf } from './conduct-draft.ts';

const numberRequired = { required: true, max: 200 } as const;
const facts = column.text(['主要事实', 'facts'], { required: true, max: 5_000 });
const legalBasis = column.text(['认定依据', 'legal_basis'], { max: 5_000 });
const projectName = column.text(['项目名称', 'project_name'], { max: 300 });
const removedOn = column.date(['移出日期', 'removed_on'], dayOptional);

/** Commendations. */
export const goodConductFile = recordFile({
  name: 'good-conduct',
  table: goodConduct,
  columns: {
    ...subjectColumns,
    decisionNumber: column.text(['表彰决定文号', 'commendation_number'], numberRequired),
    title: column.text(['奖项名称', 'title'], { required: true, max: 300 }),
    level: column.choice(['表彰部门级别', 'level'], LEVELS, required),
    projectName,
    content: column.text(['表彰内容', 'content'], { max: 5_000 }),
    commendedOn: column.date(['表彰日期', 'commended_on'], dayRequired),
    ...sourceColumns,
  },
  draft: (cells) => ({
    subjectCode: cells.subjectCode,
    values: {
      decisionNumber: cells.decisionNumber,
      title: cells.title,
      level: cells.level,
      projectName: cells.projectName,
      content: cells.content,
      commendedOn: cells.commendedOn,
      subjectName: cells.subjectName,
    },
    ...conductOf(cells, cells.commendedOn),
    clocks: runClocks(GOOD_CONDUCT_CLOCKS, cells.commendedOn, { DECIDED: cells.commendedOn }),
  }),
});

/** Bad conduct. */
export const badConductFile = recordFile({
  name: 'bad-conduct',
  table: badConduct,
  changedBy: ['rectifiedOn'],
  columns: {
    ...subjectColumns,
    decisionNumber: column.text(['不良行为认定文号', 'determination_number'], numberRequired),
    category: column.choice(
      ['不良行为类别', 'category'],
      {
        ...{ 资质: 'QUALIFICATION', 招标投标: 'TENDERING', 承揽业务: 'CONTRACTING' },
        ...{ 工程质量: 'QUALITY', 工程安全: 'SAFETY', 拖欠工程款或工人工资: 'PAYMENT' },
        ...{ 其他: 'OTHER', QUALIFICATION: 'QUALIFICATION', TENDERING: 'TENDERING' },
        ...{ CONTRACTING: 'CONTRACTING', QUALITY: 'QUALITY', SAFETY: 'SAFETY' },
        ...{ PAYMENT: 'PAYMENT', OTHER: 'OTHER' },
      },
      required,
    ),
    behaviourCode: column.text(['行为代码', 'behaviour_code'], { max: 20 }),
    role: column.choice(['责任主体类别', 'role'], ROLES),
    projectName,
    facts,
    legalBasis,
    penalty: column.text(['处罚内容', 'penalty'], { max: 5_000 }),
    fine: column.money(['罚款金额(万元)', 'fine_10k_yuan'], { unit: 'wan yuan' }),
    severity: column.choice(['失信严重程度', 'severity'], {
      ...{ 轻微: 'MINOR', 一般: 'GENERAL', 严重: 'SERIOUS' },
      ...{ MINOR: 'MINOR', GENERAL: 'GENERAL', SERIOUS: 'SERIOUS' },
    }),
    determinedOn: column.date(['认定日期', 'determined_on'], dayRequired),
    penaltyUntil: column.date(['处罚有效期', 'penalty_until'], dayOptional),
    displayUntil: column.date(['公示截止日期', 'display_until'], dayOptional),
    rectifiedOn: column.date(['整改核实日期', 'rectified_on'], dayOptional),
    ...sourceColumns,
  },
  draft: (cells, reject) => {
    if (cells.rectifiedOn !== undefined && cells.rectifiedOn < cells.determinedOn) {
      return reject('rectifiedOn', 'put right before it was determined');
    }
    const clocks = badConductClocks(cells);
    if ('error' in clocks) return reject('displayUntil', clocks.error);
    return {
      subjectCode: cells.subjectCode,
      values: {
        decisionNumber: cells.decisionNumber,
        category: cells.category,
        behaviourCode: cells.behaviourCode,
        role: cells.role,
        projectName: cells.projectName,
        facts: cells.facts,
        legalBasis: cells.legalBasis,
        penalty: cells.penalty,
        fine: cells.fine,
        severity: cells.severity,
        determinedOn: cells.determinedOn,
        penaltyUntil: cells.penaltyUntil,
        rectifiedOn: cells.rectifiedOn,
        subjectName: cells.subjectName,
      },
      ...conductOf(cells, cells.determinedOn),
      clocks,
      // Order 36 has minor breaches of trust displayed to nobody but the subject.
      disclosureClass: cells.severity === 'MINOR' ? 'AUTHORISED' : 'PUBLIC',
    };
  },
});

/** Entries in the list of wage arrears. */
export const wageArrearsFile = recordFile({
  name: 'wage-arrears',
  table: wageArrears,
  changedBy: ['correctedOn', 'removedOn'],
  columns: {
    ...subjectColumns,
    decisionNumber: column.text(['列入决定文号', 'listing_number'], numberRequired),
    facts,
    legalBasis,
    projectName,
    amount: column.money(['拖欠金额(元)', 'owed_yuan'], required),
    workers: column.integer(['涉及人数', 'workers'], { max: 1_000_000 }),
    enteredOn: column.date(['列入日期', 'entered_on'], dayRequired),
    correctedOn: column.date(['整改完成日期', 'corrected_on'], dayOptional),
    removedOn,
    ...sourceColumns,
  },
  draft: (cells, reject) => {
    const clocks = runClocks(WAGE_ARREARS_CLOCKS, cells.enteredOn, { LISTED: cells.enteredOn });
    const refusal = refuseRemoval(cells, clocks.display.until);
    if (refusal !== null) return reject('removedOn', refusal);
    return {
      subjectCode: cells.subjectCode,
      values: {
        decisionNumber: cells.decisionNumber,
        facts: cells.facts,
        legalBasis: cells.legalBasis,
        projectName: cells.projectName,
        amount: cells.amount,
        workers: cells.workers,
        enteredOn: cells.enteredOn,
        correctedOn: cells.correctedOn,
        removedOn: cells.removedOn,
        subjectName: cells.subjectName,
      },
      ...conductOf(cells, cells.enteredOn),
      clocks:
        cells.removedOn === undefined
          ? clocks
          : { ...clocks, display: endClock(clocks.display, cells.removedOn) },
    };
  },
});

/** Entries in the blacklist. */
export const blacklistFile = recordFile({
  name: 'blacklist',
  table: blacklist,
  changedBy: ['removedOn'],
  columns: {
    ...subjectColumns,
    decisionNumber: column.text(['黑名单认定文号', 'blacklisting_number'], numberRequired),
    ground: column.choice(
      ['列入情形', 'ground'],
      {
        ...{ 骗取资质: 'QUALIFICATION_FRAUD', 转包或出借资质: 'TRANSFER_OR_LENDING' },
        ...{ 重大工程质量安全事故: 'MAJOR_ACCIDENT', 拒不支付工程款: 'REFUSED_PAYMENT' },
        ...{ 拖欠工资造成社会影响: 'WAGES_WITHHELD', QUALIFICATION_FRAUD: 'QUALIFICATION_FRAUD' },
        ...{ TRANSFER_OR_LENDING: 'TRANSFER_OR_LENDING', MAJOR_ACCIDENT: 'MAJOR_ACCIDENT' },
        ...{ REFUSED_PAYMENT: 'REFUSED_PAYMENT', WAGES_WITHHELD: 'WAGES_WITHHELD' },
      },
      required,
    ),
    facts,
    legalBasis,
    measures: column.text(['惩戒措施', 'measures'], { max: 5_000 }),
    enteredOn: column.date(['列入日期', 'entered_on'], dayRequired),
    removedOn,
    ...sourceColumns,
  },
  draft: (cells, reject) => {
    if (cells.removedOn !== undefined && cells.removedOn < cells.enteredOn) {
      return reject('removedOn', 'removed before it was entered');
    }
    const clocks = runClocks(BLACKLIST_CLOCKS, cells.enteredOn, { LISTED: cells.enteredOn });
    return {
      subjectCode: cells.subjectCode,
      values: {
        decisionNumber: cells.decisionNumber,
        ground: cells.ground,
        facts: cells.facts,
        legalBasis: cells.legalBasis,
        measures: cells.measures,
        enteredOn: cells.enteredOn,
        removedOn: cells.removedOn,
        subjectName: cells.subjectName,
      },
      ...conductOf(cells, cells.enteredOn),
      clocks:
        cells.removedOn === undefined
          ? clocks
          : { ...clocks, display: endClock(clocks.display, cells.removedOn) },
    };
  },
});

interface RemovalDays {
  readonly enteredOn: string;
  readonly correctedOn: string | undefined;
  readonly removedOn: string | undefined;
}

/** Says why a removal breaks the rule: before the term ends, it needs payment and six months. */
function refuseRemoval(days: RemovalDays, termEnds: string | null): string | null {
  const { enteredOn, correctedOn, removedOn: day } = days;
  if (day === undefined || (termEnds !== null && day >= termEnds)) return null;
  if (day < enteredOn) return 'removed before it was entered';
  if (correctedOn === undefined) return 'removed early, but the day of correction is missing';
  const months = WAGE_ARREARS_EARLY_REMOVAL_MONTHS;
  return day < addLength(correctedOn, { months })
    ? `removed sooner than ${months} months after correction`
    : null;
}
