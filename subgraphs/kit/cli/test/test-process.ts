// A process for the tests of process.ts: does what its argument says, and tells each step on
// standard output.
import { setTimeout as sleep } from 'node:timers/promises';
import { PublicError } from '../../errors.ts';
import { runProcess, type Running, type Work } from '../process.ts';

const tell = (step: string): void => {
  process.stdout.write(`${step}\n`);
};

function start(running: Running, name: string, stopping?: () => Promise<void>): void {
  tell(`start ${name}`);
  running.onStop(async () => {
    tell(`stop ${name}`);
    await stopping?.();
    tell(`stopped ${name}`);
  });
}

/** Keeps the process alive, as a server would, until it is stopped. */
function serve(running: Running, name: string): void {
  const timer = setInterval(() => undefined, 1_000);
  start(running, name, () => {
    clearInterval(timer);
    return Promise.resolve();
  });
}

const forever = (): Promise<never> => new Promise(() => undefined);

const WORK: Readonly<Record<string, Work>> = {
  serves: (running) => {
    serve(running, 'a');
    serve(running, 'b');
    return Promise.resolve();
  },
  async fails(running) {
    serve(running, 'a');
    serve(running, 'b');
    await sleep(10);
    throw new Error('the port is taken');
  },
  hints(running) {
    serve(running, 'a');
    throw new PublicError('SERVICE_UNAVAILABLE', 'No room.', { hint: 'Make room.' });
  },
  async breaks() {
    await sleep(1);
    throw new TypeError('a defect');
  },
  failsLater: (running) => {
    serve(running, 'a');
    setTimeout(() => {
      running.fail(new Error('the gateway ended'));
      running.fail(new Error('and again'));
    }, 50);
    return Promise.resolve();
  },
  async startsSlowly(running) {
    serve(running, 'a');
    tell('ready');
    while (!running.isStopping()) await sleep(5);
    await sleep(50);
    serve(running, 'late');
  },
  cannotStop: (running) => {
    serve(running, 'a');
    start(running, 'broken', () => Promise.reject(new Error('it broke')));
    start(running, 'stuck', forever);
    return Promise.resolve();
  },
  holdsOn: (running) => {
    setInterval(() => undefined, 1_000);
    start(running, 'a');
    return Promise.resolve();
  },
  stopsSlowly: (running) => {
    serve(running, 'a');
    start(running, 'slow', () => sleep(60_000));
    return Promise.resolve();
  },
};

const scenario = process.argv[2] ?? '';
await runProcess(
  'test',
  async (running, config, log) => {
    await WORK[scenario]?.(running, config, log);
    tell('ready');
  },
  scenario === 'stopsSlowly' ? undefined : { stopMs: 300, workMs: 2_000, exitMs: 300 },
);
tell('end');
