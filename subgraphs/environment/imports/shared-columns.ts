// Columns that the files of environmental authorities share.
import { column } from '../../kit/index.ts';

/** Marks a column that every row must fill. */
export const required = { required: true } as const;

/** The subject. */
export const subjectCode = column.code(['统一社会信用代码', 'uscc'], required);

/** The subject's name; names of representatives and of staff are never read. */
export const subjectName = column.text(['企业名称', '单位名称', 'subject_name'], { max: 200 });

/** The credit code of the authority that publishes. */
export const publisherCode = column.code(['发布机关统一社会信用代码', 'authority_uscc']);

/** When the authority last changed the row. */
export const retrievedAt = column.instant(['数据更新时间', 'retrieved_at']);

/** Reads a day that must be there, with its official heading first. */
export const requiredDay = { required: true, open: 'reject' } as const;
