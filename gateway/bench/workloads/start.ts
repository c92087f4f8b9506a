// How long `npm start` takes until the graph answers: with nothing there, and with everything there.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listSectors } from '../../../subgraphs/kit/cli/sectors.ts';
import { ask, bodyOf } from '../graph/ask.ts';
import type { Cell } from '../figures/figures.ts';
import { findFreePorts } from '../processes/free-ports.ts';
import { readReport } from '../graph/graph.ts';
import { startNpm } from '../processes/npm.ts';
import { endOfLog } from '../processes/process-log.ts';
import { median } from '../figures/statistics.ts';
import type { Workload, WorkloadContext } from '../workload.ts';

const COLD_SECONDS_MAX = 15;
const WARM_SECONDS_MAX = 4;
const TIMEOUT_MS = 180_000;
const POLL_MS = 20;

/** Measures the start. */
export const startWorkload: Workload = async (context) => {
  const { starts } = context.options;
  const cold: number[] = [];
  const warm: number[] = [];
  for (let number = 1; number <= starts; number += 1) {
    context.say(`start ${number} of ${starts}, cold`);
    cold.push(await startOnce(context, `cold-${number}`, `start-${number}`));
    // The folder of the cold start just before, stopped in good order.
    context.say(`start ${number} of ${starts}, warm`);
    warm.push(await startOnce(context, `warm-${number}`, `start-${number}`));
  }
  const rowOf = (name: string, seconds: readonly number[]): readonly Cell[] => [
    name,
    median(seconds),
    Math.min(...seconds),
    Math.max(...seconds),
  ];
  return {
    setting: [
      'From the call of `npm start` until it says that the graph answers; then the report was asked ' +
        'for, and answered without an error. Cold: an empty data folder, so that the database server ' +
        'is set up, and the sample files of six sectors are imported. Warm: the same folder again.',
      `${starts} starts of each kind.`,
    ],
    tables: [
      {
        title: 'Starts',
        columns: ['kind', 'median s', 'least s', 'most s'],
        rows: [rowOf('cold', cold), rowOf('warm', warm)],
      },
    ],
    goals: [
      {
        what: 'cold start',
        measured: median(cold),
        unit: 's',
        limit: COLD_SECONDS_MAX,
        kind: 'at most',
      },
      {
        what: 'warm start',
        measured: median(warm),
        unit: 's',
        limit: WARM_SECONDS_MAX,
        kind: 'at most',
      },
    ],
  };
};

/** Starts the graph, asks it once and stops it; returns the seconds until it was ready. */
async function startOnce(
  { folder, scope }: WorkloadContext,
  name: string,
  dataName: string,
): Promise<number> {
  const inner = scope.open();
  const names = listSectors().map((entry) => entry.name.toUpperCase());
  const ports = await findFreePorts(names.length + 1);
  const portOf = (index: number): string => String(ports[index] ?? 0);
  const variables = names.flatMap((sector, index) => [
    [`SUBGRAPH_PORT_${sector}`, portOf(index)],
    [`SUBGRAPH_URL_${sector}`, `http://127.0.0.1:${portOf(index)}/graphql`],
  ]);
  const gatewayPort = portOf(names.length);
  const started = performance.now();
  const { child, logPath, stop } = await startNpm(['start'], {
    name,
    folder,
    scope: inner,
    environment: {
      ...(Object.fromEntries(variables) as Record<string, string>),
      DATA_DIR: join(folder, dataName),
      PORT: gatewayPort,
      LOG_FORM: 'json',
    },
  });
  for (;;) {
    if ((await readFile(logPath, 'utf8')).includes('the graph answers on')) break;
    const elapsedMs = performance.now() - started;
    if (child.exitCode !== null || elapsedMs > TIMEOUT_MS) {
      throw new Error(`npm start did not get ready:\n${await endOfLog(logPath)}`);
    }
    await sleep(POLL_MS);
  }
  const seconds = (performance.now() - started) / 1_000;
  await ask(`http://127.0.0.1:${gatewayPort}/graphql`, bodyOf(await readReport()));
  await stop();
  await inner.close();
  return seconds;
}
