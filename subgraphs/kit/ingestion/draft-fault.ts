// What a sector's code can get wrong in a draft. Checked here, since the database would refuse the
// whole file for it, and could not say in which line it stands.
import type { RecordTable } from '../database/record-table.ts';
import type { Clock } from '../lifecycle/clocks.ts';
import type { RecordDraft } from './record-file.ts';

/** Why a draft is no record: a field of it and the reason. */
export interface DraftFault {
  readonly field: string;
  readonly reason: string;
}

/** The reason where a file says that something has no end, and a day is needed. */
export const NO_END = 'is "no end" where a day is needed';

const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,12}(?:Z|[+-][0-9]{2}:[0-9]{2})$/;
const SUBJECT_CODE = /^[0-9A-Z]{18}$/;

/** Finds what is wrong with a draft, apart from the values of the table's own columns. */
export function draftFault(draft: RecordDraft, table: RecordTable): DraftFault | undefined {
  for (const field in draft.values) {
    if (!(field in table.columns)) return { field, reason: 'is no column of the table' };
  }
  const { source, clocks } = draft;
  if (!SUBJECT_CODE.test(draft.subjectCode)) {
    return { field: 'subjectCode', reason: 'is no credit code' };
  }
  if (source.publisher.trim() === '') return { field: 'publisher', reason: 'is empty' };
  if (source.retrievedAt !== undefined && !INSTANT.test(source.retrievedAt)) {
    return { field: 'retrievedAt', reason: 'is not an instant' };
  }
  return (
    dateFault('sortDate', draft.sortDate) ??
    dateFault('decidedOn', source.decidedOn) ??
    dateFault('publishedOn', source.publishedOn) ??
    clockFault('display', clocks.display) ??
    clockFault('query', clocks.query) ??
    clockFault('deletion', clocks.deletion)
  );
}

/** Reads the last day of a clock; one that runs to "no end" is open. */
export function untilOf(clock: Clock): string | null {
  return clock.until === 'OPEN' ? null : clock.until;
}

function clockFault(name: string, clock: Clock): DraftFault | undefined {
  return dateFault(name, clock.from) ?? dateFault(name, untilOf(clock));
}

function dateFault(field: string, date: string | null | undefined): DraftFault | undefined {
  if (date === null || date === undefined || DATE.test(date)) return undefined;
  return { field, reason: date === 'OPEN' ? NO_END : 'is not a date' };
}
