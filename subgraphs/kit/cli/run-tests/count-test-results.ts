// Counts passed and failed tests in the TAP report of node:test. The report is read line by line, not
// by its summary, so that a run that was cut short is counted too.
import { resolve } from 'node:path';
import { PROJECT_DIRECTORY } from '../config.ts';

/** Counts of a run; skipped tests are in neither. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** Files of which no test was reported; each counts as a failure. */
  readonly emptyFiles: readonly string[];
}

/** What was reported inside of a suite so far. */
interface Inside {
  results: number;
  failures: number;
}

/**
 * Counts the results in a report.
 *
 * @param files the test files of the run, absolute; the report has a suite named as each
 * @param entries what node:test was given: it reports each as a passed test where it holds no suite,
 *   and as a failed one where its process failed
 */
export function countTestResults(
  report: string,
  files: readonly string[],
  entries: readonly string[],
): TestCounts {
  const missing = new Set(files);
  const open: Inside[] = [];
  let passed = 0;
  let failed = 0;
  const lines = report.split('\n');
  for (const [index, line] of lines.entries()) {
    const match = RESULT.exec(line);
    if (!match) continue;
    const [, indentation = '', not, escaped = '', directive] = match;
    const depth = indentation.length / 4;
    const inside = (open[depth + 1] ??= { results: 0, failures: 0 });
    open.length = depth + 1;
    const around = (open[depth] ??= { results: 0, failures: 0 });
    around.results += 1;
    const name = resolve(
      PROJECT_DIRECTORY,
      escaped.replaceAll('\\#', '#').replaceAll('\\\\', '\\'),
    );
    const isFailure = not !== undefined && directive === undefined;
    // A suite repeats what its tests report, unless it failed of itself.
    const isRepeated = isSuite(lines, index) && (!isFailure || inside.failures > 0);
    if (isFailure) {
      around.failures += 1;
      if (!isRepeated) failed += 1;
    } else if (!isRepeated && directive === undefined && !(depth === 0 && entries.includes(name))) {
      passed += 1;
    }
    if (depth === 0 && (inside.results > 0 || isFailure)) missing.delete(name);
  }
  const emptyFiles = [...missing];
  return { passed, failed: failed + emptyFiles.length, emptyFiles };
}

/** Indentation, `not `, name, directive. */
const RESULT = /^( *)(not )?ok \d+ - (.*?)( # (?:SKIP|TODO).*)?$/;

function isSuite(lines: readonly string[], index: number): boolean {
  for (let next = index + 1; next < lines.length; next += 1) {
    const line = lines[next]?.trim() ?? '';
    if (next === index + 1 && line !== '---') return false;
    if (line === '...') return false;
    if (line === "type: 'suite'") return true;
  }
  return false;
}
