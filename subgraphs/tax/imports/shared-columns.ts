// Columns that the files of the tax administration share.
import { column } from '../../kit/index.ts';

/** Marks a column that every row must fill. */
export const required = { required: true } as const;

/** The subject: a taxpayer number of eighteen characters is its credit code. */
export const subjectCode = column.code(['统一社会信用代码', '纳税人识别号', 'uscc'], required);

/** The subject's name. */
export const subjectName = column.text(['纳税人名称', 'taxpayer_name'], { max: 200 });

/** The tax office that publishes. */
export const publisher = column.text(['主管税务机关', 'authority'], { required: true, max: 200 });

/** The credit code of the office. */
export const publisherCode = column.code(['主管税务机关统一社会信用代码', 'authority_uscc']);

/** When the office last changed the row. */
export const retrievedAt = column.instant(['数据更新时间', 'retrieved_at']);
