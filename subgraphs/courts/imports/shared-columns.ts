// Columns that the files of the courts share, and how their cells are checked.
import { column } from '../../kit/index.ts';
import { isEnforcement, readCaseNumber, type CaseNumber } from '../case-number.ts';

/** Marks a column that every row must fill. */
export const required = { required: true } as const;

/** The court that publishes. */
export const publisher = column.text(['执行法院', 'courtName', 'court'], {
  required: true,
  max: 200,
});

/** The credit code of the court. */
export const publisherCode = column.code(['法院统一社会信用代码', 'court_uscc']);

/** Number of the enforcement case. */
export const caseNumber = column.text(['案号', 'caseCode', 'case_number'], {
  required: true,
  max: 100,
});

/** Whether the court reviews an objection, a request for correction or for retrial. */
export const underReview = column.boolean(['异议审查中', 'under_review']);

/** When the court last changed the row. */
export const retrievedAt = column.instant(['数据更新时间', 'retrieved_at']);

/** Reads the number of a case of enforcement against a debtor, or refuses the row. */
export function readEnforcementNumber(text: string, reject: (reason: string) => never): CaseNumber {
  const number = readCaseNumber(text);
  if (number === null) return reject('not a case number, which is written (2022)豫0724执恢54号');
  if (!isEnforcement(number)) {
    return reject('not a case of enforcement: its kind must be 执, 执恢 or 执保');
  }
  return number;
}

/** Says how a record is disputed: marked while a review lasts, displayed all the same. */
export function disputeOf(isUnderReview: boolean | undefined): 'UNDER_REVIEW' | 'NONE' {
  return isUnderReview === true ? 'UNDER_REVIEW' : 'NONE';
}
