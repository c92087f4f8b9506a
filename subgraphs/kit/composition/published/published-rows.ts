// What is on record of the rows of a sector: their classes and clocks as they were published.
import type { PublishedRows } from '../check/row-disclosure.ts';
import type { JournalEntry } from './journal.ts';

/**
 * Tells what was published of the rows of a sector. Going back to an earlier graph changes nothing of
 * it: that brings back schemas, and no class of a row.
 *
 * @returns null where no entry says anything, as before the record had rows
 */
export function publishedRows(
  journal: readonly JournalEntry[],
  sector: string,
): PublishedRows | null {
  const all = journal.flatMap((entry) =>
    entry.kind === 'published' && entry.sector === sector && entry.rows ? [entry.rows] : [],
  );
  const last = all.at(-1);
  if (!last) return null;
  const known = {
    types: Object.assign({}, ...all.map(({ types }) => types)) as typeof last.types,
    clocks: Object.assign({}, ...all.map(({ clocks }) => clocks)) as typeof last.clocks,
  };
  return { last, known };
}
