// The class of a row: the strictest of what its table, its draft and its subject ask for.
import { stricterClass, type DisclosureClass } from '../authority/disclosure-class.ts';
import type { RecordTable } from '../database/record-table.ts';
import { categoryOf } from '../values/credit-code.ts';
import type { RecordDraft } from './record-file.ts';

/**
 * Classes a row. What is kept on an individual household is never PUBLIC: the household is a natural
 * person's, whose public credit data is not published (Zhejiang 15, Shandong 20), and its operator's
 * name and dwelling stand in the register itself.
 */
export function classOfRow(table: RecordTable, draft: RecordDraft): DisclosureClass {
  const asked = stricterClass(table.class, draft.disclosureClass ?? 'PUBLIC');
  const isHousehold = categoryOf(draft.subjectCode) === 'INDIVIDUAL_HOUSEHOLD';
  return isHousehold ? stricterClass(asked, 'REGISTERED') : asked;
}
