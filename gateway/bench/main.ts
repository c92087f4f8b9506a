// `npm run bench`: measures the graph on this machine and records the figures. Exit codes: 0 measured,
// whether or not a goal is met; 1 a workload failed; 2 the command line is wrong; 130 stopped.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommanderError } from 'commander';
import type { Figures } from './figures/figures.ts';
import { makeCacheFolder, makeRunFolder } from './folders.ts';
import { describeMachine } from './figures/machine.ts';
import { readCommand, type BenchCommand } from './options.ts';
import { renderMarkdown, renderText } from './figures/render.ts';
import { recordResults } from './figures/results.ts';
import { openScope, type Scope } from './scope.ts';
import type { Workload } from './workload.ts';
import { decisionWorkload } from './workloads/decision.ts';
import { importWorkload } from './workloads/import.ts';
import { reportWorkload } from './workloads/report.ts';
import { searchWorkload } from './workloads/search.ts';
import { startWorkload } from './workloads/start.ts';
import { statementsWorkload } from './workloads/statements.ts';
import { testWorkload } from './workloads/test.ts';
import { wallsWorkload } from './workloads/walls.ts';

const WORKLOADS: Readonly<Record<string, Workload>> = {
  report: reportWorkload,
  statements: statementsWorkload,
  decision: decisionWorkload,
  walls: wallsWorkload,
  import: importWorkload,
  search: searchWorkload,
  start: startWorkload,
  test: testWorkload,
};
const NAMES = Object.keys(WORKLOADS);

/** The tests take longer than everything else, and are run often enough. */
const FULL_RUN = NAMES.filter((name) => name !== 'test');

/** Longest wait for a workload that was stopped to notice it. */
const STOP_MS = 5_000;

const EXIT = { done: 0, failed: 1, usage: 2, stopped: 130 } as const;

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  let command: BenchCommand;
  try {
    command = readCommand(words, NAMES);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    throw error;
  }
  const scope = openScope((error) => {
    say(`could not clean up: ${String(error)}`);
  });
  const stopping = untilStopped();
  let isStopped = false;
  const measuring = measure(command, scope).catch((error: unknown) => {
    // What is measured when somebody stops it fails because its processes go.
    if (!isStopped) say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT.failed;
  });
  const outcome = await Promise.race([measuring, stopping]);
  if (outcome !== EXIT.stopped) {
    await scope.close();
    return outcome;
  }
  isStopped = true;
  say('stopping');
  await scope.close();
  // It may be between two steps; what it opens now is closed at once.
  await Promise.race([measuring, sleep(STOP_MS)]);
  process.exit(EXIT.stopped);
}

/** Runs the workloads one after the other; returns the exit code. */
async function measure(command: BenchCommand, scope: Scope): Promise<number> {
  const { options, isFullSize } = command;
  const names = command.names.length > 0 ? command.names : FULL_RUN;
  const machine = await describeMachine();
  const folder = await makeRunFolder(scope);
  const cacheFolder = await makeCacheFolder();
  const all = new Map<string, Figures>();
  for (const name of names) {
    const workload = WORKLOADS[name];
    if (!workload) throw new Error(`there is no workload ${name}`);
    const dataFolder = join(folder, name);
    const inner = scope.open();
    try {
      const tell = (text: string): void => {
        say(`${name}: ${text}`);
      };
      const figures = await workload({
        options,
        scope: inner,
        folder,
        dataFolder,
        cacheFolder,
        say: tell,
      });
      all.set(name, figures);
      if (!options.json) process.stdout.write(`\n${renderText(name, figures)}\n`);
    } finally {
      await inner.close();
    }
  }
  if (options.json) {
    const workloads = Object.fromEntries(all);
    process.stdout.write(`${JSON.stringify({ machine, options, workloads }, null, 2)}\n`);
  }
  if (isFullSize) {
    const sections = [...all].map(([name, figures]): [string, string] => [
      name,
      renderMarkdown(name, figures, machine),
    ]);
    await recordResults(new Map(sections), NAMES);
  } else {
    say('these are not the sizes of the goals: results.md stays as it is');
  }
  return EXIT.done;
}

/** Resolves with the first signal. Later ones change nothing: npm repeats what the terminal sent. */
function untilStopped(): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        resolve(EXIT.stopped);
      });
    }
  });
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
