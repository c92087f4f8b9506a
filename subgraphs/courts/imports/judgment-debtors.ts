// The list of judgment debtors: an entry is public while it is listed, and its removal ends that.
import {
  addLength,
  column,
  endClock,
  recordFile,
  runClocks,
  type RecordClocks,
} from '../../kit/index.ts';
import { FIXED_TERM_CLOCKS, OPEN_TERM_CLOCKS, TERM_EXTENSION } from '../clocks.ts';
import { judgmentDebtorEntries } from '../records.ts';
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

/** Words of the list for the grounds, to the values of `CourtListingGround`. */
const GROUNDS: Readonly<Record<string, string>> = {
  有履行能力而拒不履行生效法律文书确定义务: 'ABLE_BUT_REFUSES',
  '以伪造证据、暴力、威胁等方法妨碍、抗拒执行': 'OBSTRUCTION',
  '以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行': 'EVASION',
  违反财产报告制度: 'ASSET_REPORT_BREACH',
  违反限制消费令: 'SPENDING_LIMIT_BREACH',
  违反限制高消费令: 'SPENDING_LIMIT_BREACH',
  无正当理由拒不履行执行和解协议: 'SETTLEMENT_REFUSED',
};

// The English headings are the names under which the list is passed on. Its `businessEntity`, `age`
// and `sexy` tell of persons: they are no columns here and are never read.
const columns = {
  subjectName: column.text(['被执行人姓名/名称', '被执行人名称', 'iname'], { max: 200 }),
  subjectCode: column.code(
    ['身份证号码/组织机构代码', '统一社会信用代码', 'cardNum', 'uscc'],
    required,
  ),
  caseNumber,
  filedOn: column.date(['立案时间', 'regDate'], { required: true, open: 'reject' }),
  basisDocument: column.text(['执行依据文号', 'gistId'], { max: 200 }),
  basisMaker: column.text(['做出执行依据单位', 'gistUnit'], { max: 200 }),
  obligations: column.text(['生效法律文书确定的义务', 'duty'], { required: true, max: 5_000 }),
  performance: column.choice(
    ['被执行人的履行情况', 'performance'],
    {
      全部未履行: 'NONE',
      未履行: 'NONE',
      部分未履行: 'PARTIAL',
      部分履行: 'PARTIAL',
      全部已履行: 'FULL',
      全部履行: 'FULL',
      已履行: 'FULL',
    },
    required,
  ),
  performedPart: column.text(['已履行部分', 'performedPart'], { max: 2_000 }),
  unperformedPart: column.text(['未履行部分', 'unperformPart', 'unperformedPart'], {
    max: 2_000,
  }),
  grounds: column.text(['失信被执行人行为具体情形', 'disruptTypeName'], {
    required: true,
    max: 500,
  }),
  listedOn: column.date(['发布时间', 'publishDate'], { required: true, open: 'reject' }),
  extensionYears: column.integer(['延长年限', 'extension_years'], {
    max: TERM_EXTENSION.yearsMax,
  }),
  removedOn: column.date(['移出日期', 'removed_on'], { open: 'none' }),
  removalReason: column.choice(['移出原因', 'removal_reason'], {
    履行完毕: 'PERFORMED',
    和解履行完毕: 'SETTLED',
    申请执行人申请删除: 'CREDITOR_REQUEST',
    未发现可供执行财产: 'NO_PROPERTY_FOUND',
    中止执行: 'SUSPENDED',
    不予执行: 'ENFORCEMENT_REFUSED',
    终结执行: 'TERMINATED',
    期限届满: 'TERM_ENDED',
    纳入错误: 'WRONGLY_LISTED',
    其他: 'OTHER',
  }),
  publisher,
  publisherCode,
  underReview,
  retrievedAt,
} as const;

/** The file format of the list of judgment debtors. */
export const judgmentDebtorFile = recordFile({
  name: 'judgment-debtors',
  table: judgmentDebtorEntries,
  changedBy: ['removedOn'],
  columns,
  draft: (cells, reject) => {
    const { listedOn, removedOn, removalReason } = cells;
    const number = readEnforcementNumber(cells.caseNumber, (r) => reject('caseNumber', r));
    if (listedOn < cells.filedOn) return reject('listedOn', 'listed before the case was filed');
    if (removedOn !== undefined && removedOn < listedOn) {
      return reject('removedOn', 'removed before it was listed');
    }
    if (removedOn === undefined && removalReason !== undefined) {
      return reject('removedOn', 'a reason of removal without its day');
    }
    if (cells.performance === 'FULL' && cells.unperformedPart !== undefined) {
      return reject('unperformedPart', 'a part is outstanding, and everything is performed');
    }
    const grounds = readGrounds(cells.grounds, (reason) => reject('grounds', reason));
    const extensionYears = cells.extensionYears ?? 0;
    const term = runTerm(grounds, { listedOn, removedOn, extensionYears }, (reason) =>
      reject('extensionYears', reason),
    );
    return {
      subjectCode: cells.subjectCode,
      values: {
        caseNumber: number.normalized,
        filedOn: cells.filedOn,
        basisDocument: cells.basisDocument,
        basisMaker: cells.basisMaker,
        obligations: cells.obligations,
        performance: cells.performance,
        performedPart: cells.performedPart,
        unperformedPart: cells.unperformedPart,
        grounds,
        listedOn,
        termUntil: term.display.until,
        extensionYears,
        removedOn,
        removalReason,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        documentNumber: number.normalized,
        publishedOn: listedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks:
        removedOn === undefined ? term : { ...term, display: endClock(term.display, removedOn) },
      disclosureClass: removedOn === undefined ? 'PUBLIC' : 'GOVERNMENT',
      state: removalReason === 'WRONGLY_LISTED' ? 'WITHDRAWN' : 'EFFECTIVE',
      stateReason: removalReason === 'WRONGLY_LISTED' ? 'Listed in error.' : undefined,
      dispute: disputeOf(cells.underReview),
      sortDate: listedOn,
    };
  },
});

/** Several grounds stand in one cell behind each other; some of them hold commas of their own. */
function readGrounds(text: string, reject: (reason: string) => never): readonly string[] {
  let rest = text.normalize('NFKC').replace(/[\s,;、。的]/gu, '');
  const found = new Set<string>();
  for (const [words, ground] of SPELLINGS) {
    if (!rest.includes(words)) continue;
    found.add(ground);
    rest = rest.replaceAll(words, '');
  }
  if (found.size === 0 || rest !== '') {
    return reject(`not grounds of listing; known: ${Object.keys(GROUNDS).join(' | ')}`);
  }
  return [...found].sort();
}

const SPELLINGS: readonly (readonly [words: string, ground: string])[] = [
  ...Object.entries(GROUNDS),
  ...Object.values(GROUNDS).map((ground) => [ground, ground] as const),
].map(([words, ground]) => [words.normalize('NFKC').replace(/[\s,;、。的]/gu, ''), ground]);

interface Term {
  readonly listedOn: string;
  readonly removedOn: string | undefined;
  readonly extensionYears: number;
}

/** Runs the clocks by the rules in force on the day of listing, the display for the whole term. */
function runTerm(
  grounds: readonly string[],
  { listedOn, removedOn, extensionYears }: Term,
  reject: (reason: string) => never,
): RecordClocks {
  // The first ground knows no term, whatever else the debtor did besides.
  const table = grounds.includes('ABLE_BUT_REFUSES') ? OPEN_TERM_CLOCKS : FIXED_TERM_CLOCKS;
  const clocks = runClocks(table, listedOn, { LISTED: listedOn, ACT_ENDED: removedOn });
  if (extensionYears === 0) return clocks;
  if (clocks.display.until === null) return reject('an extension of an entry without a fixed term');
  if (grounds.length === 1 && grounds[0] !== 'OBSTRUCTION') {
    return reject('a term is extended for violence or threats, or for several acts');
  }
  const until = addLength(clocks.display.until, { years: extensionYears });
  return { ...clocks, display: { ...clocks.display, until } };
}
