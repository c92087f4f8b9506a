// Where a record stands on a day, written a second time: from the words of the specification and not
// from the code that is held against it.
import type { Authority, RecordPhase } from '../../../../subgraphs/kit/authority/policy.ts';
import { maySeeRow } from '../../../../subgraphs/kit/authority/policy.ts';
import type { DisclosureClass } from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import type { RecordTable } from '../../../../subgraphs/kit/database/record-table.ts';
import { TODAY, type Row } from './world.ts';

/** Tells the phase of a row on a day, ISO date. */
export function phaseOn(row: Row, day: string): RecordPhase {
  if (hasEnded(row['deletion_until'], day)) return 'DELETED';
  if (row['state'] !== 'EFFECTIVE' || hasEnded(row['query_until'], day)) return 'CLOSED';
  const from = row['display_from'];
  const hasBegun = typeof from !== 'string' || from <= day;
  return hasBegun && !hasEnded(row['display_until'], day) ? 'DISPLAYED' : 'NOT_DISPLAYED';
}

/** Tells whether an authority may see a row on a day. */
export function isShownOn(
  row: Row,
  table: RecordTable,
  authority: Authority,
  day: string,
): boolean {
  return maySeeRow(authority, {
    type: table.type,
    class: row['disclosure_class'] as DisclosureClass,
    phase: phaseOn(row, day),
    ...(table.classOutsideDisplay && { classOutsideDisplay: table.classOutsideDisplay }),
  });
}

/**
 * Tells whether an authority may see a version on any day that can be asked for: today, or one on
 * which it stood. A phase changes on few days only, so those and their neighbours are looked at.
 */
export function isEverShown(row: Row, table: RecordTable, authority: Authority): boolean {
  const turns = ['display_from', 'display_until', 'query_until', 'deletion_until'].map(
    (column) => row[column],
  );
  const days = [row['recorded_at'], row['superseded_at'], ...turns]
    .filter((value): value is string => typeof value === 'string')
    .map((value) => value.slice(0, 10))
    .flatMap((day) => [dayBefore(day), day, dayBefore(day, -1)])
    .filter((day) => day < TODAY);
  return [TODAY, ...days].some((day) => isShownOn(row, table, authority, day));
}

function hasEnded(until: unknown, day: string): boolean {
  return typeof until === 'string' && until < day;
}

const DAY_MS = 86_400_000;

function dayBefore(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}
