// The checks of the code (`npm run lint`: layout, types, rules, imports) beside the tests: each takes
// one core for a while, and the machine has more than one.
import { spawn } from 'node:child_process';
import { PROJECT_DIRECTORY } from '../config.ts';

/** Longest that the checks may take together. */
const TIMEOUT_MS = 1_800_000;

/**
 * Runs the checks; writes what they say in one piece when they have ended.
 *
 * @returns whether all of them passed
 */
export function runChecks(interruption: AbortSignal): Promise<boolean> {
  const isPosix = process.platform !== 'win32';
  const child = spawn('npm run --silent lint', {
    cwd: PROJECT_DIRECTORY,
    // npm is a script on some systems.
    shell: true,
    // A group of its own, so that all of it can be ended.
    detached: isPosix,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  }
  const end = (): void => {
    if (child.exitCode !== null || child.pid === undefined) return;
    if (isPosix) process.kill(-child.pid, 'SIGTERM');
    else child.kill();
  };
  const timer = setTimeout(end, TIMEOUT_MS);
  interruption.addEventListener('abort', end);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      interruption.removeEventListener('abort', end);
      const verdict = code === 0 ? 'passed' : `failed (exit code ${String(code)})`;
      process.stdout.write(`${said}The checks of the code (npm run lint) ${verdict}.\n`);
      resolve(code === 0);
    });
  });
}
