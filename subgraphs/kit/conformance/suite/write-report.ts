// The report of a run for people: a tick, a cross or a dash an item, and below it what to do.
import type { ItemReport } from './conformance-item.ts';
import type { ConformanceReport } from './run-conformance.ts';

/** Colours a text; a terminal that wants none gets it as it is. */
export type Paint = (format: 'green' | 'red' | 'yellow' | 'dim', text: string) => string;

const MARKS = {
  PASSED: ['✓', 'green'],
  FAILED: ['✗', 'red'],
  NOT_LOOKED_AT: ['–', 'yellow'],
} as const;

/** Writes one item. */
export function writeItem(report: ItemReport, paint: Paint): string {
  const [mark, colour] = MARKS[report.outcome];
  const lines = [`${paint(colour, mark)} ${report.id}: ${report.title}`];
  for (const { what, remedy } of report.findings) {
    lines.push(`    ${paint('red', what)}`, `      → ${remedy}`);
  }
  if (report.findingsLeftOut > 0) lines.push(`    and ${report.findingsLeftOut} more of this item`);
  if (report.looked.length > 0)
    lines.push(paint('dim', `    looked at ${report.looked.join('; ')}`));
  for (const what of report.notLooked) lines.push(paint('dim', `    not looked at: ${what}`));
  return lines.join('\n');
}

/** Writes what came of the run, in one line. */
export function writeSummary({ sector, items }: ConformanceReport): string {
  const count = (outcome: ItemReport['outcome']): number =>
    items.filter((item) => item.outcome === outcome).length;
  const failed = items.filter((item) => item.outcome === 'FAILED').map(({ id }) => id);
  const skipped = count('NOT_LOOKED_AT');
  return (
    `${sector} ${failed.length === 0 ? 'conforms' : `does not conform: ${failed.join(', ')}`} ` +
    `(${count('PASSED')} passed, ${failed.length} failed` +
    `${skipped > 0 ? `, ${skipped} not looked at` : ''})`
  );
}
