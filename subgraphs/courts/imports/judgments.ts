// Judgments: what they decided for the subject, without the other parties and the text. One that
// the court did not publish is for the subject and those it authorises.
import { column, recordFile, runClocks } from '../../kit/index.ts';
import { isEnforcement, readCaseNumber, type CaseNumber } from '../case-number.ts';
import { JUDGMENT_CLOCKS } from '../clocks.ts';
import { judgments } from '../records.ts';
import { disputeOf, publisherCode, required, retrievedAt, underReview } from './shared-columns.ts';

// Characters of the kind of case; the first of them that it holds decides: 行赔初 is compensation.
const CASE_TYPES: readonly (readonly [mark: string, caseType: string])[] = [
  ['刑', 'CRIMINAL'],
  ['赔', 'COMPENSATION'],
  ['行', 'ADMINISTRATIVE'],
  ['民', 'CIVIL'],
  ['破', 'BANKRUPTCY'],
  ['强清', 'BANKRUPTCY'],
];

const columns = {
  subjectName: column.text(['当事人名称', 'subject_name'], { max: 200 }),
  subjectCode: column.code(['统一社会信用代码', 'uscc'], required),
  caseNumber: column.text(['案号', 'case_number'], { required: true, max: 100 }),
  documentKind: column.choice(
    ['文书类型', 'document_kind'],
    { 判决书: 'JUDGMENT', 裁定书: 'RULING', 调解书: 'MEDIATION', 决定书: 'DECISION' },
    required,
  ),
  instance: column.choice(
    ['审理程序', 'instance'],
    { 一审: 'FIRST', 二审: 'SECOND', 再审: 'RETRIAL', 再审审查: 'RETRIAL', 其他: 'OTHER' },
    required,
  ),
  cause: column.text(['案由', 'cause'], { required: true, max: 200 }),
  role: column.choice(
    ['诉讼地位', 'role'],
    {
      ...{ 原告: 'PLAINTIFF', 申请人: 'PLAINTIFF' },
      ...{ 被告: 'DEFENDANT', 被申请人: 'DEFENDANT', 被告单位: 'DEFENDANT' },
      ...{ 第三人: 'THIRD_PARTY', 上诉人: 'APPELLANT', 被上诉人: 'APPELLEE' },
      ...{ 再审申请人: 'RETRIAL_APPLICANT', 再审被申请人: 'RETRIAL_RESPONDENT', 其他: 'OTHER' },
    },
    required,
  ),
  outcome: column.choice(
    ['裁判结果', 'outcome'],
    {
      ...{ 支持诉讼请求: 'ALLOWED', 部分支持: 'PARTLY_ALLOWED', 驳回: 'DISMISSED' },
      ...{ 撤诉: 'WITHDRAWN', 调解: 'SETTLED', 维持原判: 'UPHELD', 改判: 'REVERSED' },
      ...{ 发回重审: 'REMANDED', 其他: 'OTHER' },
    },
    required,
  ),
  amountClaimed: column.money(['诉讼标的额(元)', 'claimed_yuan']),
  amountAwarded: column.money(['裁判金额(元)', 'awarded_yuan']),
  decidedOn: column.date(['裁判日期', 'decided_on'], { required: true, open: 'reject' }),
  effectiveOn: column.date(['生效日期', 'effective_on'], { open: 'none' }),
  publishedOn: column.date(['公开日期', 'published_on'], { open: 'none' }),
  publisher: column.text(['审理法院', 'court'], { required: true, max: 200 }),
  publisherCode,
  underReview,
  retrievedAt,
} as const;

/** The file format of judgments. */
export const judgmentFile = recordFile({
  name: 'judgments',
  table: judgments,
  columns,
  draft: (cells, reject) => {
    const { decidedOn, effectiveOn, publishedOn } = cells;
    const number = readTrialNumber(cells.caseNumber, (reason) => reject('caseNumber', reason));
    if (effectiveOn !== undefined && effectiveOn < decidedOn) {
      return reject('effectiveOn', 'in effect before it was decided');
    }
    if (publishedOn !== undefined && publishedOn < decidedOn) {
      return reject('publishedOn', 'published before it was decided');
    }
    return {
      subjectCode: cells.subjectCode,
      values: {
        caseNumber: number.normalized,
        documentKind: cells.documentKind,
        caseType: caseTypeOf(number),
        instance: cells.instance,
        cause: cells.cause,
        role: cells.role,
        outcome: cells.outcome,
        amountClaimed: cells.amountClaimed,
        amountAwarded: cells.amountAwarded,
        effectiveOn,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        documentNumber: number.normalized,
        decidedOn,
        publishedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(JUDGMENT_CLOCKS, decidedOn, { DECIDED: decidedOn }),
      disclosureClass: publishedOn === undefined ? 'AUTHORISED' : 'PUBLIC',
      dispute: disputeOf(cells.underReview),
      sortDate: decidedOn,
    };
  },
});

function readTrialNumber(text: string, reject: (reason: string) => never): CaseNumber {
  const number = readCaseNumber(text);
  if (number === null) return reject('not a case number, which is written (2024)豫0724民初12号');
  if (isEnforcement(number)) return reject('a case of enforcement, which is no judgment');
  return number;
}

function caseTypeOf(number: CaseNumber): string {
  return CASE_TYPES.find(([mark]) => number.kind.includes(mark))?.[1] ?? 'OTHER';
}
