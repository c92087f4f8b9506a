// Counts passed and failed tests in the TAP report of node:test. The report is read line by line, not
// by its summary, so that a run that was cut short is counted too.
import { resolve } from 'node:path';

/** Counts of a run; skipped tests are in neither. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** Files that ran to their end without a single test; each counts as a failure. */
  readonly emptyFiles: readonly string[];
}

/**
 * Counts the results in a report.
 *
 * @param files the test files of the run, absolute: for a file in which no test ran node:test reports
 *   one passed test, named as the file
 */
export function countTestResults(report: string, files: readonly string[]): TestCounts {
  const emptyFiles: string[] = [];
  let passed = 0;
  let failed = 0;
  const lines = report.split('\n');
  for (const [index, line] of lines.entries()) {
    const match = RESULT.exec(line);
    if (!match || match[4] !== undefined || isSuite(lines, index)) continue;
    const name = resolve((match[3] ?? '').replaceAll('\\#', '#').replaceAll('\\\\', '\\'));
    if (match[2] !== undefined) failed += 1;
    else if (match[1] === '' && files.includes(name)) emptyFiles.push(name);
    else passed += 1;
  }
  return { passed, failed: failed + emptyFiles.length, emptyFiles };
}

/** Indentation, `not `, name, directive. */
const RESULT = /^( *)(not )?ok \d+ - (.*?)( # (?:SKIP|TODO).*)?$/;

/** A suite only repeats what its tests report. */
function isSuite(lines: readonly string[], index: number): boolean {
  for (let next = index + 1; next < lines.length; next += 1) {
    const line = lines[next]?.trim() ?? '';
    if (next === index + 1 && line !== '---') return false;
    if (line === '...') return false;
    if (line === "type: 'suite'") return true;
  }
  return false;
}
