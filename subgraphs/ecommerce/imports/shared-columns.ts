// Columns that the files of market regulators and platforms share.
import { column } from '../../kit/index.ts';

/** Marks a column that every row must fill. */
export const required = { required: true } as const;

/** Marks a day that every row must give. */
export const requiredDay = { required: true, open: 'reject' } as const;

/** The subject; an exempt natural person who trades has no credit code, and is no subject. */
export const subjectCode = column.code(['统一社会信用代码', 'uscc'], required);

/** The subject's name; names of operators of households and of staff are never read. */
export const subjectName = column.text(['经营者名称', 'subject_name'], { max: 200 });

/** The platform concerned, by name. */
export const platform = column.text(['平台名称', 'platform'], { max: 200 });

/** The credit code of the platform. */
export const platformCode = column.code(['平台统一社会信用代码', 'platform_uscc']);

/** The service line; see readServiceTelephone. */
export const serviceTelephone = column.text(['客服电话', 'service_telephone'], { max: 100 });

/** Spellings of the states of verification. */
export const VERIFICATIONS = {
  已核验: 'VERIFIED',
  待更新核验: 'RENEWAL_DUE',
  核验未通过: 'FAILED',
} as const;

/** The credit code of whoever publishes. */
export const publisherCode = column.code(['发布机构统一社会信用代码', 'authority_uscc']);

/** When the publisher last changed the row. */
export const retrievedAt = column.instant(['数据更新时间', 'retrieved_at']);
