// The parties of a stage: a pair of columns for each role, name and credit code. Persons in charge,
// whom the platform's files list beside them, have no column and are never read.
import { column } from '../../kit/index.ts';

/** A party as the table stores it. */
export interface Party {
  readonly role: string;
  readonly name: string;
  readonly code: string | null;
}

const max200 = { max: 200 } as const;

/** The columns, all optional: each stage has roles of its own. */
export const partyColumns = {
  surveyName: column.text(['勘察单位名称', 'survey_name'], max200),
  surveyCode: column.code(['勘察单位统一社会信用代码', 'survey_uscc']),
  designName: column.text(['设计单位名称', 'design_name'], max200),
  designCode: column.code(['设计单位统一社会信用代码', 'design_uscc']),
  buildName: column.text(['施工单位名称', 'build_name'], max200),
  buildCode: column.code(['施工单位统一社会信用代码', 'build_uscc']),
  generalName: column.text(['工程总承包单位名称', 'general_contract_name'], max200),
  generalCode: column.code(['工程总承包单位统一社会信用代码', 'general_contract_uscc']),
  superviseName: column.text(['监理单位名称', 'supervise_name'], max200),
  superviseCode: column.code(['监理单位统一社会信用代码', 'supervise_uscc']),
  testName: column.text(['检测单位名称', 'test_name'], max200),
  testCode: column.code(['检测单位统一社会信用代码', 'test_uscc']),
  reviewName: column.text(['施工图审查机构名称', 'review_name'], max200),
  reviewCode: column.code(['施工图审查机构统一社会信用代码', 'review_uscc']),
  agencyName: column.text(['招标代理机构名称', 'tender_agency_name'], max200),
  agencyCode: column.code(['招标代理机构统一社会信用代码', 'tender_agency_uscc']),
} as const;

type PartyCells = Readonly<Partial<Record<keyof typeof partyColumns, string | undefined>>>;

const ROLES_OF_COLUMNS = [
  ['SURVEY', 'surveyName', 'surveyCode'],
  ['DESIGN', 'designName', 'designCode'],
  ['GENERAL_CONTRACT', 'generalName', 'generalCode'],
  ['BUILD', 'buildName', 'buildCode'],
  ['SUPERVISE', 'superviseName', 'superviseCode'],
  ['TEST', 'testName', 'testCode'],
  ['REVIEW', 'reviewName', 'reviewCode'],
  ['TENDER_AGENCY', 'agencyName', 'agencyCode'],
] as const;

/** Reads the parties of a row; a code without a name is refused. */
export function readParties(
  cells: PartyCells,
  reject: (column: keyof typeof partyColumns, reason: string) => never,
): readonly Party[] {
  return ROLES_OF_COLUMNS.flatMap(([role, nameColumn, codeColumn]) => {
    const name = cells[nameColumn];
    const code = cells[codeColumn] ?? null;
    if (name === undefined) {
      return code === null ? [] : reject(nameColumn, 'a credit code without the name of its party');
    }
    return [{ role, name, code }];
  });
}
