// What was opened beside `publish`, by a file that was written by other means: it is accepted in words
// before anything is published on top of it.
import type { CheckReport } from '../../composition/check/check-report.ts';
import type { Widening } from '../../composition/check/widenings.ts';
import type { PublishedGraph } from '../../composition/published/graph-store.ts';
import type { JournalEntry } from '../../composition/published/journal.ts';
import type { HeldRecord } from '../../composition/published/published-graphs.ts';

/** Finds what of it would stand in the next graph, beside what the sector itself opens by it. */
export async function adoptedWidenings(
  { notAccepted }: Pick<HeldRecord, 'notAccepted'>,
  next: PublishedGraph,
  own: readonly Widening[],
): Promise<JournalEntry['widenings']> {
  const known = new Set(own.map(({ coordinate }) => coordinate));
  return (await notAccepted(next)).filter(({ coordinate }) => !known.has(coordinate));
}

/** Makes a report say so, one error for each field. */
export function withAdopted(
  report: CheckReport,
  widenings: JournalEntry['widenings'],
): CheckReport {
  const problems = widenings.map(({ coordinate, gains }) => ({
    rule: 'authority',
    severity: 'error' as const,
    coordinate,
    file: null,
    line: null,
    column: null,
    message:
      `${coordinate} is shown to more callers since the file of the supergraph was written by other ` +
      `means than publish: ${gains.join(', ')}.`,
    remedy:
      'Close it again in the schema that opened it; or accept it with --accept-widening, with the ' +
      'sector that owns it.',
    sectors: [],
    also: [],
  }));
  return { ...report, passed: false, problems: [...problems, ...report.problems] };
}
