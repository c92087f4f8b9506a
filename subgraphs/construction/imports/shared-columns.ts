// Columns that several files of the construction administration share.
import { column } from '../../kit/index.ts';

/** Marks a column that every row must fill. */
export const required = { required: true } as const;

/** A day that every row must have. */
export const dayRequired = { required: true, open: 'reject' } as const;

/** A day that may be missing; "no end" says no more than nothing. */
export const dayOptional = { open: 'none' } as const;

/** Who publishes the row, whether it stands, and when it was last changed. */
export const sourceColumns = {
  publisher: column.text(['发布单位', '数据来源部门', 'publisher'], { required: true, max: 200 }),
  publisherCode: column.code(['发布单位统一社会信用代码', 'publisher_uscc']),
  publishedOn: column.date(['发布日期', 'published_on'], dayOptional),
  state: column.choice(['信息状态', 'state'], {
    ...{ 有效: 'EFFECTIVE', 已修复: 'REPAIRED', 已撤销: 'WITHDRAWN' },
    ...{ EFFECTIVE: 'EFFECTIVE', REPAIRED: 'REPAIRED', WITHDRAWN: 'WITHDRAWN' },
  } as const),
  stateReason: column.text(['撤销原因', 'state_reason'], { max: 2_000 }),
  retrievedAt: column.instant(['采集时间', 'retrieved_at']),
} as const;

/** The subject of a record about conduct or qualification. */
export const subjectColumns = {
  subjectCode: column.code(['统一社会信用代码', 'uscc'], required),
  subjectName: column.text(['企业名称', 'enterprise_name'], { max: 200 }),
} as const;

/** The project that a row belongs to, and whether it is classified. */
export const projectColumns = {
  builderCode: column.code(['建设单位统一社会信用代码', 'builder_uscc'], required),
  projectNumber: column.text(['项目编号', 'project_number'], { required: true, max: 64 }),
  isClassified: column.boolean(['是否涉密工程', 'classified']),
} as const;

/** Spellings of the levels of government. */
export const LEVELS = {
  ...{ 部级: 'MINISTRY', 国家级: 'MINISTRY', 省级: 'PROVINCE', 地市级: 'CITY', 市级: 'CITY' },
  ...{ 区县级: 'COUNTY', 县级: 'COUNTY' },
  ...{ MINISTRY: 'MINISTRY', PROVINCE: 'PROVINCE', CITY: 'CITY', COUNTY: 'COUNTY' },
} as const;

/** Spellings of the roles in a project. */
export const ROLES = {
  ...{ 勘察: 'SURVEY', 设计: 'DESIGN', 施工: 'BUILD', 工程总承包: 'GENERAL_CONTRACT' },
  ...{ 监理: 'SUPERVISE', 质量检测: 'TEST', 检测: 'TEST', 施工图审查: 'REVIEW' },
  ...{ 招标代理: 'TENDER_AGENCY', 造价咨询: 'COST' },
  ...{ SURVEY: 'SURVEY', DESIGN: 'DESIGN', BUILD: 'BUILD', GENERAL_CONTRACT: 'GENERAL_CONTRACT' },
  ...{ SUPERVISE: 'SUPERVISE', TEST: 'TEST', REVIEW: 'REVIEW', TENDER_AGENCY: 'TENDER_AGENCY' },
  ...{ COST: 'COST' },
} as const;

/** Spellings of what a tender or contract is for. */
export const CONTRACT_KINDS = {
  ...{ 勘察: 'SURVEY', 设计: 'DESIGN', 施工: 'BUILD', 监理: 'SUPERVISE' },
  ...{ 工程总承包: 'GENERAL_CONTRACT', 其他: 'OTHER' },
  ...{ SURVEY: 'SURVEY', DESIGN: 'DESIGN', BUILD: 'BUILD', SUPERVISE: 'SUPERVISE' },
  ...{ GENERAL_CONTRACT: 'GENERAL_CONTRACT', OTHER: 'OTHER' },
} as const;
