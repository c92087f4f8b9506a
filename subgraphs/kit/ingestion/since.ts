// From when on the rows of a feed are news: `--since`, compared with the days and the time by which a
// row says when it has changed.
import { legalDay } from '../values/legal-day.ts';
import { parseInstant } from '../values/instants.ts';
import { ImportError } from './import-error.ts';
import type { RecordDraft, RecordFile } from './record-file.ts';

/** A beginning, in the two forms that a row may state its change in. */
export interface Since {
  /** ISO date: the legal day of the instant. */
  readonly day: string;
  /** ISO 8601 in UTC; of a bare day its first moment in China. */
  readonly instant: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FIRST_MOMENT = 'T00:00:00+08:00';

/**
 * Reads what `--since` says: a day, or an instant with its zone.
 *
 * @throws ImportError for anything else
 */
export function parseSince(text: string): Since {
  const parsed = parseInstant(text);
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text.trim());
  if (parsed.kind === 'error' || !(DAY.test(text) || hasZone)) {
    throw new ImportError(
      'input',
      '--since takes a day (2026-11-01), an instant (2026-11-01T08:00:00+08:00) or "last".',
    );
  }
  return { day: legalDay(new Date(parsed.instant)), instant: parsed.instant };
}

/** Makes a beginning of a legal day. */
export function sinceDay(day: string): Since {
  return { day, instant: new Date(`${day}${FIRST_MOMENT}`).toISOString() };
}

/**
 * Tells whether a row is older: all that it says of its changes lies before. A row that says nothing of
 * them is not: what cannot be told is read.
 */
export function isBefore(
  draft: RecordDraft,
  { changedBy = [] }: RecordFile,
  since: Since,
): boolean {
  const { publishedOn, retrievedAt } = draft.source;
  let isDated = retrievedAt !== undefined;
  if (retrievedAt !== undefined && new Date(retrievedAt) >= new Date(since.instant)) return false;
  if (changedBy === 'updateTime') return isDated;
  for (const day of [publishedOn, ...changedBy.map((field) => draft.values[field])]) {
    if (typeof day !== 'string' || !DAY.test(day)) continue;
    if (day >= since.day) return false;
    isDated = true;
  }
  return isDated;
}
