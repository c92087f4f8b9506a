// How a process ends, with real processes: in order, once, in time, and with an exit code that tells
// whether that was wanted.
import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const SCRIPT = join(import.meta.dirname, 'test/test-process.ts');

interface Run {
  readonly child: ChildProcess;
  /** Resolves when the process has told this step. */
  readonly told: (step: string) => Promise<void>;
  /** The steps, the log and the exit code, when it has ended. */
  readonly ended: () => Promise<{ steps: string[]; log: string; code: number | null }>;
}

interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly err?: { readonly stack: string };
}

/** The one line for which a process ends; on a busy machine others stand beside it. */
function fatalOf(log: string): LogLine {
  const lines = log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine);
  const [fatal, ...more] = lines.filter(({ level }) => level === 'fatal');
  assert.ok(fatal, log);
  assert.deepEqual(more, []);
  return fatal;
}

function run(scenario: string, environment: Readonly<Record<string, string>> = {}): Run {
  const child = fork(SCRIPT, [scenario], {
    execArgv: ['--import', '#typescript'],
    env: { ...process.env, LOG_LEVEL: 'info', LOG_FORM: 'json', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  let log = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const drained = [child.stdout, child.stderr].flatMap((stream) =>
    stream ? finished(stream) : [],
  );
  return {
    child,
    async told(step) {
      while (!output.split('\n').includes(step)) {
        assert.equal(child.exitCode, null, `ended before "${step}": ${log}`);
        await sleep(10);
      }
    },
    async ended() {
      const [code] = await exit;
      await Promise.all(drained);
      return { steps: output.trimEnd().split('\n'), log, code };
    },
  };
}

const IN_ORDER = [
  ...['start a', 'start b', 'ready'],
  ...['stop b', 'stopped b', 'stop a', 'stopped a', 'end'],
];

describe('a process', { concurrency: 4 }, () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`stops in reverse order after ${signal}, exit code 0`, async () => {
      const { child, told, ended } = run('serves');
      await told('ready');
      child.kill(signal);
      const { steps, code, log } = await ended();
      assert.deepEqual(steps, IN_ORDER);
      assert.equal(code, 0);
      assert.match(log, new RegExp(`stopping: ${signal}`));
    });
  }

  test('takes a signal that npm repeats for one', async () => {
    const { child, told, ended } = run('serves');
    await told('ready');
    child.kill('SIGINT');
    child.kill('SIGINT');
    await sleep(5);
    child.kill('SIGINT');
    const { steps, code } = await ended();
    assert.deepEqual(steps, IN_ORDER);
    assert.equal(code, 0);
  });

  test('ends at once after a second signal, exit code 1', async () => {
    const { child, told, ended } = run('stopsSlowly');
    await told('ready');
    child.kill('SIGINT');
    await told('stop slow');
    await sleep(1_100);
    child.kill('SIGTERM');
    const { steps, code, log } = await ended();
    assert.deepEqual(steps, ['start a', 'start slow', 'ready', 'stop slow']);
    assert.equal(code, 1);
    assert.match(log, /told twice to stop/);
  });

  test('stops in order when its parent has ended, also after a signal', async () => {
    const alone = run('serves');
    await alone.told('ready');
    alone.child.disconnect();
    const { steps, code, log } = await alone.ended();
    assert.deepEqual([steps, code], [IN_ORDER, 0]);
    assert.match(log, /the parent has ended/);

    const told = run('serves');
    await told.told('ready');
    told.child.kill('SIGTERM');
    told.child.disconnect();
    const after = await told.ended();
    assert.deepEqual([after.steps, after.code], [IN_ORDER, 0]);
  });

  test('stops what it has started when the start fails, exit code 1', async () => {
    const { steps, code, log } = await run('fails').ended();
    assert.deepEqual(
      steps,
      IN_ORDER.filter((step) => step !== 'ready'),
    );
    assert.equal(code, 1);
    const { msg, err } = fatalOf(log);
    assert.deepEqual([msg, err], ['the port is taken', undefined]);
  });

  test('shows what to do where an error says so, and the stack of a defect', async () => {
    const [hint, defect] = await Promise.all([run('hints').ended(), run('breaks').ended()]);
    assert.deepEqual([hint.code, defect.code], [1, 1]);
    assert.equal(fatalOf(hint.log).msg, 'No room. Make room.');
    assert.match(fatalOf(defect.log).err?.stack ?? '', /TypeError: a defect\n.*test-process/s);
  });

  test('ends as failed when something fails later', async () => {
    const { steps, code, log } = await run('failsLater').ended();
    assert.deepEqual(steps, ['start a', 'ready', 'stop a', 'stopped a', 'end']);
    assert.equal(code, 1);
    assert.match(log, /the gateway ended/);
    assert.doesNotMatch(log, /and again/);
  });

  test('stops what is started while it stops', async () => {
    const { child, told, ended } = run('startsSlowly');
    await told('ready');
    child.kill('SIGTERM');
    const { steps, code } = await ended();
    assert.deepEqual(steps.slice(0, 4), ['start a', 'ready', 'stop a', 'stopped a']);
    assert.deepEqual(
      steps.filter((step) => step.endsWith('late')),
      [...['start late', 'stop late', 'stopped late']],
    );
    assert.equal(code, 0);
  });

  test('goes on stopping past what breaks and what is stuck, exit code 1', async () => {
    const { child, told, ended } = run('cannotStop');
    await told('ready');
    child.kill('SIGTERM');
    const { steps, code, log } = await ended();
    assert.deepEqual(steps.slice(4), ['stop stuck', 'stop broken', 'stop a', 'stopped a', 'end']);
    assert.equal(code, 1);
    assert.match(log, /did not stop within 300 ms/);
    assert.match(log, /it broke/);
  });

  test('ends in spite of what nobody stopped', async () => {
    const { child, told, ended } = run('holdsOn');
    await told('ready');
    child.kill('SIGTERM');
    const { code, log } = await ended();
    assert.equal(code, 0);
    assert.match(log, /ending in spite of it/);
  });

  test('does not start with a wrong environment, and names all of it', async () => {
    const { steps, code, log } = await run('serves', {
      LOG_LEVEL: 'loud',
      SUBGRAPH_DATABASE_CONNECTIONS: '0',
      DATABASE_URL_TAX: 'hunter2',
      SUBGRAPH_PORT_NOBODY: '4001',
    }).ended();
    assert.deepEqual(steps, ['end']);
    assert.equal(code, 1);
    for (const name of [
      'LOG_LEVEL',
      'SUBGRAPH_DATABASE_CONNECTIONS',
      'DATABASE_URL_TAX',
      'NOBODY',
    ]) {
      assert.match(log, new RegExp(name));
    }
    assert.doesNotMatch(log, /hunter2/);
  });
});
