// The class of a row: the strictest of what its table, its draft and the subjects in it ask for.
import { stricterClass, type DisclosureClass } from '../authority/disclosure-class.ts';
import type { RecordTable } from '../database/record-table.ts';
import { categoryOf } from '../values/credit-code.ts';
import type { RecordDraft } from './record-file.ts';

/**
 * Classes a row. What is kept on an individual household is never PUBLIC: the household is a natural
 * person's, whose public credit data is not published (Zhejiang 15, Shandong 20), and its operator's
 * name and dwelling stand in the register itself. It makes no difference whether the household is the
 * subject of the row or stands in it as another party.
 */
export function classOfRow(table: RecordTable, draft: RecordDraft): DisclosureClass {
  const asked = stricterClass(table.class, draft.disclosureClass ?? 'PUBLIC');
  const isAboutHousehold = isHousehold(draft.subjectCode) || namesHousehold(draft.values);
  return isAboutHousehold ? stricterClass(asked, 'REGISTERED') : asked;
}

/** Looks for the code of a household among values, nested ones as well. */
function namesHousehold(value: unknown): boolean {
  if (typeof value === 'string') return isHousehold(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(namesHousehold);
}

function isHousehold(text: string): boolean {
  return text.length === 18 && text.startsWith('92') && categoryOf(text) === 'INDIVIDUAL_HOUSEHOLD';
}
