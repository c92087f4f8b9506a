// What was opened beside `publish`, by a file that was written by other means: it is accepted in words
// before anything is published on top of it.
import type { CheckReport } from '../../composition/check/check-report.ts';
import { wideningOf } from '../../composition/check/widenings.ts';
import type { JournalEntry } from '../../composition/published/journal.ts';

/** Picks of what nobody has accepted that which is not the doing of the sector itself. */
export function openedBeside(
  notAccepted: JournalEntry['widenings'],
  { authority }: Pick<CheckReport, 'authority'>,
): JournalEntry['widenings'] {
  const own = new Set(
    authority.flatMap((change) => wideningOf(change)).map(({ coordinate }) => coordinate),
  );
  return notAccepted.filter(({ coordinate }) => !own.has(coordinate));
}

/** Makes a report say so, one problem for each field. */
export function withAdopted(
  report: CheckReport,
  widenings: JournalEntry['widenings'],
  isAccepted: boolean,
): CheckReport {
  if (widenings.length === 0) return report;
  const problems = widenings.map(({ coordinate, gains }) => ({
    rule: 'authority',
    severity: isAccepted ? ('warning' as const) : ('error' as const),
    coordinate,
    file: null,
    line: null,
    column: null,
    message:
      `${coordinate} is shown to more callers since the file of the supergraph was written by other ` +
      `means than publish: ${gains.join(', ')}.`,
    remedy: isAccepted
      ? 'The widening is accepted.'
      : 'Close it again in the schema that opened it; or accept it with --accept-widening, with the ' +
        'sector that owns it.',
    sectors: [],
    also: [],
  }));
  const passed = report.passed && isAccepted;
  return { ...report, passed, problems: [...problems, ...report.problems] };
}
