// The three clocks of a record: public display, query availability, deletion. They differ in length
// and in the day they start from, so that a single expiry date would be wrong.

/** The event from which a clock runs. */
export const CLOCK_STARTS = [
  'ACT_ENDED',
  'DETERMINED',
  'DECIDED',
  'SANCTION_COMPLETED',
  'LISTED',
  'RECORD_CREATED',
] as const;

/** One of {@link CLOCK_STARTS}. */
export type ClockStart = (typeof CLOCK_STARTS)[number];

/** The days that clocks start from; a day that is not known is left out or null. */
export type ClockDates = Readonly<Partial<Record<ClockStart, string | null | undefined>>>;

/** A running clock: ISO dates; `until` is the last day, null while no end is known. */
export interface Clock {
  readonly start: ClockStart;
  readonly from: string | null;
  readonly until: string | null;
}

/** The three clocks of one record. */
export interface RecordClocks {
  readonly display: Clock;
  readonly query: Clock;
  readonly deletion: Clock;
}

/** A length in calendar years and months; `open` runs until somebody ends it. */
export type ClockLength = { readonly years?: number; readonly months?: number } | 'open';

/** One rule of a dated rule table: where it stands, since when, and what it says. */
export interface ClockRule {
  readonly start: ClockStart;
  readonly length: ClockLength;
}

/** The rules of one kind of record, in force from a day until the next entry of the table. */
export interface ClockRules {
  /** First day the rules are in force, ISO date. */
  readonly inForce: string;
  /** The legal text, and how sure it is. */
  readonly source: string;
  readonly display: ClockRule;
  readonly query: ClockRule;
  readonly deletion: ClockRule;
}

/**
 * Runs the clocks of one record by the rules in force on a day.
 *
 * @param table entries oldest first; the last one in force on `on` counts, or the first if none was
 * @param on the day the record was decided
 * @param dates the days known of this record; a clock whose day is unknown is open from null
 */
export function runClocks(
  table: readonly [ClockRules, ...ClockRules[]],
  on: string,
  dates: ClockDates,
): RecordClocks {
  let rules = table[0];
  for (const entry of table) if (entry.inForce <= on) rules = entry;
  return {
    display: runClock(rules.display, dates),
    query: runClock(rules.query, dates),
    deletion: runClock(rules.deletion, dates),
  };
}

function runClock({ start, length }: ClockRule, dates: ClockDates): Clock {
  const from = dates[start] ?? null;
  const until = from === null || length === 'open' ? null : addLength(from, length);
  return { start, from, until };
}

/** Ends a clock on a day, if it would run longer: a repair, a removal, a date the file gives. */
export function endClock(clock: Clock, lastDay: string): Clock {
  return clock.until !== null && clock.until <= lastDay ? clock : { ...clock, until: lastDay };
}

/** Adds calendar years and months to an ISO date; 31 January and a month is the end of February. */
export function addLength(
  date: string,
  length: { readonly years?: number; readonly months?: number },
): string {
  const day = Number(date.slice(8));
  const months =
    (Number(date.slice(0, 4)) + (length.years ?? 0)) * 12 +
    (Number(date.slice(5, 7)) - 1 + (length.months ?? 0));
  const toYear = Math.floor(months / 12);
  const toMonth = (months % 12) + 1;
  const toDay = day <= 28 ? day : Math.min(day, daysOf(toYear, toMonth));
  return `${String(toYear).padStart(4, '0')}-${twoDigits(toMonth)}-${twoDigits(toDay)}`;
}

/** Counts the days of a month; computed, since a large import asks for millions. */
function daysOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
