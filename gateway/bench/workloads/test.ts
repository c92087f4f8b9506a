// How long `npm test` takes; only when it is asked for by name.
import type { Workload } from '../workload.ts';
import { startNpm } from '../processes/npm.ts';
import { endOfChild } from '../processes/process-group.ts';
import { endOfLog } from '../processes/process-log.ts';

const TIMEOUT_MS = 30 * 60_000;
const SECONDS_MAX = 360;

/** Measures the tests. */
export const testWorkload: Workload = async ({ folder, scope, say }) => {
  say('running npm test');
  const started = performance.now();
  const { child, logPath } = await startNpm(['test'], { name: 'npm-test', folder, scope });
  const exitCode = await endOfChild(child, TIMEOUT_MS);
  const seconds = (performance.now() - started) / 1_000;
  if (exitCode !== 0) {
    throw new Error(`npm test ended with ${String(exitCode)}:\n${await endOfLog(logPath)}`);
  }
  return {
    setting: ['`npm test`: layout, lint, types, imports and every test.'],
    tables: [{ title: 'Tests', columns: ['what', 'seconds'], rows: [['npm test', seconds]] }],
    goals: [
      { what: 'npm test', measured: seconds, unit: 's', limit: SECONDS_MAX, kind: 'at most' },
    ],
  };
};
