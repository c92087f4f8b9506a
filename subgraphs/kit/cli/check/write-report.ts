// The report of a check as a person reads it: problems first, then what changes for callers, then who
// sees what.
import { styleText } from 'node:util';
import type {
  AuthorityChange,
  CheckProblem,
  CheckReport,
} from '../../composition/check/check-report.ts';
import { READY_PRINCIPALS } from '../../composition/check/ready-principals.ts';

/** Where the rules are explained. */
const PAGE = 'subgraphs/kit/composition/check/RULES.md';
const FIELDS_MAX = 60;

type Style = 'red' | 'yellow' | 'green' | 'bold' | 'dim';
type Paint = (style: Style, text: string) => string;

/**
 * Writes a report as text.
 *
 * @param stream that it is for: colours only where that is a terminal that wants them
 */
export function writeReport(report: CheckReport, stream: NodeJS.WriteStream): string {
  const paint: Paint = (style, text) => styleText(style, text, { stream });
  const errors = report.problems.filter(({ severity }) => severity === 'error').length;
  const warnings = report.problems.length - errors;
  const parts = [
    errors > 0 ? paint('red', count(errors, 'error')) : paint('green', 'passed'),
    ...(warnings > 0 ? [paint('yellow', count(warnings, 'warning'))] : []),
    ...(report.waived.length > 0 ? [`${report.waived.length} waived`] : []),
  ];
  return [
    `${paint('bold', report.sector)}: ${parts.join(', ')}`,
    ...report.problems.flatMap((problem) => problemLines(problem, paint)),
    ...authorityLines(report.authority, paint),
    ...report.unknown.flatMap((sentence) => ['', paint('dim', `  ${sentence}`)]),
    '',
  ].join('\n');
}

function problemLines(problem: CheckProblem, paint: Paint): readonly string[] {
  const { severity, rule, message, remedy, also } = problem;
  const kind = paint(severity === 'error' ? 'red' : 'yellow', severity);
  const place = placeOf(problem);
  return [
    '',
    `  ${place === null ? '' : `${paint('bold', place)}  `}${kind}  ${rule}`,
    `    ${message}`,
    `    ${remedy}`,
    ...also.map(({ file, line, column }) => paint('dim', `    see ${file}:${line}:${column}`)),
    paint('dim', `    ${PAGE}#${rule}`),
  ];
}

function placeOf({ file, line, column }: CheckProblem): string | null {
  if (file === null) return null;
  return line === null || column === null ? file : `${file}:${line}:${column}`;
}

/** A column for each principal: `+` gains the field, `-` loses it, `.` stays as it was. */
function authorityLines(changes: readonly AuthorityChange[], paint: Paint): readonly string[] {
  if (changes.length === 0) return [];
  const shown = changes.slice(0, FIELDS_MAX);
  const width = Math.max(...shown.map(({ coordinate }) => coordinate.length));
  const classWidth = Math.max(...shown.map((change) => classText(change).length));
  const legend = READY_PRINCIPALS.map((name, at) => `${at + 1} ${name}`).join(', ');
  const heads = READY_PRINCIPALS.map((_, at) => String(at + 1)).join(' ');
  return [
    '',
    `  Who gains (+) and who loses (-) which field, against the published graph:`,
    paint('dim', `  ${legend}`),
    `  ${''.padEnd(width)}  ${''.padEnd(classWidth)}  ${heads}`,
    ...shown.map((change) => {
      const marks = READY_PRINCIPALS.map((name) =>
        change.gains.includes(name) ? '+' : change.loses.includes(name) ? '-' : '.',
      ).join(' ');
      const line = `  ${change.coordinate.padEnd(width)}  ${classText(change).padEnd(classWidth)}  ${marks}`;
      const isWidened = change.kind === 'widened' || change.kind === 'inherited';
      return isWidened ? `${paint('red', line)}  ${change.kind}` : `${line}  ${change.kind}`;
    }),
    ...(changes.length > shown.length
      ? [`  and ${changes.length - shown.length} more; --json has them all`]
      : []),
  ];
}

function classText({ classBefore, classAfter, kind, rows }: AuthorityChange): string {
  if (rows && classBefore === null) {
    return rows.before === null ? rows.after : `${rows.before} to ${rows.after}`;
  }
  const [before, after] = [classBefore ?? 'nobody', classAfter ?? 'nobody'];
  if (kind === 'added') return after;
  if (kind === 'removed') return before;
  return before === after ? before : `${before} to ${after}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
