// What the faulty sector keeps, in memory: records of two subjects, of every class, with clocks that
// have ended and clocks that will.
import type { DisclosureClass } from '../../authority/disclosure-class.ts';
import type { RecordPhase } from '../../authority/policy.ts';

/** A record as it is kept. */
export interface CustomsRecord {
  readonly type: 'CustomsPenalty' | 'CustomsRating' | 'CustomsInspection';
  readonly id: string;
  readonly code: string;
  readonly class: DisclosureClass;
  readonly state: 'EFFECTIVE' | 'REPAIRED';
  readonly decidedOn: string;
  readonly displayUntil: string;
  readonly queryUntil: string;
  readonly deletionUntil: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The subjects of which there are records. */
export const SUBJECTS = ['91990101MA7K3P2Q8J', '91990102900000014T'] as const;

/** The clock of the records, until a test moves it. */
export const TODAY = new Date('2026-11-23T04:00:00Z');

/** All records, in the order in which they came. */
export const RECORDS: readonly CustomsRecord[] = SUBJECTS.flatMap((code, subject) => [
  ...[2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025].map((year) =>
    record('CustomsPenalty', code, year, { content: `Fine of ${year}`, fileNumber: `F-${year}` }),
  ),
  { ...record('CustomsPenalty', code, 2026, { content: 'Warning' }), state: 'REPAIRED' as const },
  ...[2022, 2023, 2024, 2025].map((year) => ({
    ...record('CustomsRating', code, year, {
      level: subject === 0 ? 'A' : 'B',
      remarks: `Seen in ${year}`,
      score: 80 + (year % 10),
    }),
    class: year === 2024 ? ('AUTHORISED' as const) : ('PUBLIC' as const),
  })),
  ...[2024, 2025].map((year) => ({
    ...record('CustomsInspection', code, year, {
      outcome: 'NO_FINDING',
      goods: ['tea', 'silk'],
      facts: `Found in ${year}`,
    }),
    class: year === 2024 ? ('GOVERNMENT' as const) : ('PUBLIC' as const),
  })),
]);

/** Tells where a record stands on a day. */
export function phaseOf(of: CustomsRecord, today: string): RecordPhase {
  if (of.deletionUntil < today) return 'DELETED';
  if (of.state !== 'EFFECTIVE' || of.queryUntil < today) return 'CLOSED';
  return of.displayUntil < today ? 'NOT_DISPLAYED' : 'DISPLAYED';
}

/** Displayed for three years, asked for during five, kept for seven. */
function record(
  type: CustomsRecord['type'],
  code: string,
  year: number,
  fields: CustomsRecord['fields'],
): CustomsRecord {
  const end = (years: number): string => `${year + years}-12-15`;
  return {
    ...{ type, code, fields, class: 'PUBLIC', state: 'EFFECTIVE' },
    id: `${type.slice(7, 10).toLowerCase()}${year}`,
    decidedOn: `${year}-06-15`,
    displayUntil: end(3),
    queryUntil: end(5),
    deletionUntil: end(7),
  };
}
