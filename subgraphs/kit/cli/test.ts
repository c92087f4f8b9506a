// `npm test [-- files, folders, patterns, --test-... flags]`: runs the tests with node:test against
// one real PostgreSQL, its own and thrown away unless TEST_DATABASE_URL names another, with `--checks`
// and no file named those of the code beside them, and says as its last line how many passed and failed.
import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { availableParallelism, constants } from 'node:os';
import { relative } from 'node:path';
import type { Readable } from 'node:stream';
import { startThrowAwayCluster } from '../database/embedded/throw-away-cluster.ts';
import { readTestDatabaseUrl, testEnvironment } from '../database/test-config.ts';
import { PROJECT_DIRECTORY } from './config.ts';
import { countTestResults, type TestCounts } from './run-tests/count-test-results.ts';
import { findTestFiles } from './run-tests/find-test-files.ts';
import { groupTestFiles } from './run-tests/group-test-files.ts';
import { runChecks } from './run-tests/run-checks.ts';
import { writeEntries } from './run-tests/write-entries.ts';

const CHECKS_FLAG = '--checks';

/** Longest that the test files of one group may take. */
const FILE_TIMEOUT_MS = 1_800_000;

/** Longest wait for the runner after it was told to stop. */
const STOP_TIMEOUT_MS = 10_000;

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interruption.abort(signal);
    });
  }
  const flags = words.filter((word) => word.startsWith('--test-'));
  const patterns = words.filter((word) => !flags.includes(word) && word !== CHECKS_FLAG);
  const withChecks = words.includes(CHECKS_FLAG) && patterns.length === 0;
  const files = await findTestFiles(PROJECT_DIRECTORY, patterns).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    return [];
  });
  if (files.length === 0) return report({ passed: 0, failed: 0, emptyFiles: [] }, 1);

  const checks = withChecks ? runChecks(interruption.signal) : Promise.resolve(true);
  const given = readTestDatabaseUrl();
  const cluster = given === undefined ? await startThrowAwayCluster() : undefined;
  try {
    const url = given ?? cluster?.url('postgres') ?? '';
    const { exitCode, counts } = await runTests(files, flags, url, interruption.signal);
    const interrupted = interruption.signal.aborted
      ? 128 + constants.signals[interruption.signal.reason as NodeJS.Signals]
      : 0;
    const failedChecks = (await checks) ? 0 : 1;
    const all = { ...counts, failed: counts.failed + failedChecks };
    return report(all, interrupted || exitCode || failedChecks);
  } finally {
    await cluster?.stop();
  }
}

/** Says what came of the run and gives the exit code: never 0 without a test that passed. */
function report(counts: TestCounts, exitCode: number): number {
  const { passed, failed, emptyFiles } = counts;
  for (const file of emptyFiles) {
    process.stderr.write(`No test ran in ${relative(PROJECT_DIRECTORY, file)}.\n`);
  }
  if (passed + failed === 0) process.stderr.write('No test ran.\n');
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return passed > 0 && failed === 0 ? exitCode : exitCode || 1;
}

/** Runs the files under one node:test runner; people read its screen, we read its TAP report. */
async function runTests(
  files: readonly string[],
  flags: readonly string[],
  url: string,
  interruption: AbortSignal,
): Promise<{ readonly exitCode: number; readonly counts: TestCounts }> {
  if (interruption.aborted) {
    return { exitCode: 1, counts: { passed: 0, failed: 0, emptyFiles: [] } };
  }
  const entries = await writeEntries(groupTestFiles(PROJECT_DIRECTORY, files));
  try {
    const runner = startRunner(entries.files, flags, url);
    let text = '';
    runner.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const exitCode = await waitForExit(runner, interruption);
    // A runner that cannot start says why in the place of its report.
    if (!text.includes('TAP version')) process.stderr.write(text);
    return { exitCode, counts: countTestResults(text, files, entries.files) };
  } finally {
    await entries.remove();
  }
}

function startRunner(
  entries: readonly string[],
  flags: readonly string[],
  url: string,
): ChildProcessByStdio<null, null, Readable> {
  const loader = import.meta.resolve('#typescript');
  return spawn(
    process.execPath,
    [
      ...['--import', loader, '--test'],
      ...[`--test-concurrency=${Math.max(2, availableParallelism())}`],
      ...[`--test-timeout=${FILE_TIMEOUT_MS}`],
      ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
      ...['--test-reporter=tap', '--test-reporter-destination=stderr'],
      ...flags,
      ...entries,
    ],
    { cwd: PROJECT_DIRECTORY, env: testEnvironment(url), stdio: ['ignore', 'inherit', 'pipe'] },
  );
}

function waitForExit(runner: ChildProcess, interruption: AbortSignal): Promise<number> {
  interruption.addEventListener('abort', () => {
    runner.kill(interruption.reason as NodeJS.Signals);
    setTimeout(() => runner.kill('SIGKILL'), STOP_TIMEOUT_MS).unref();
  });
  return new Promise((resolve, reject) => {
    runner.once('error', reject);
    runner.once('close', (code, signal) => {
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    });
  });
}
