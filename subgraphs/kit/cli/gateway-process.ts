// The gateway as a process of its own, started and stopped beside the subgraphs.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Logger } from '../log.ts';
import type { Running } from './process.ts';

const READY_MS = 180_000;
const PROBE_MS = 10_000;
const PROBE_PAUSE_MS = 50;
const STOP_MS = 20_000;

/** Has the gateway wait for its variables, when it has read its code; gateway/main.ts reads it. */
const TOLD_BY_PARENT = '--told-by-parent';

/**
 * Begins a gateway that reads its code, which takes a while, and then waits for what
 * {@link startGatewayProcess} tells it. It ends with this process.
 */
export function forkGateway(): ChildProcess {
  return fork(join(import.meta.dirname, '../../../gateway/main.ts'), [TOLD_BY_PARENT], {
    execArgv: process.execArgv,
    // A process group of its own: Ctrl-C reaches it through us, in order.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/**
 * Starts the gateway; resolves with the address of its graph once it listens. Its end before ours is
 * a failure.
 *
 * @param environment variables beside those of this process
 * @param child one that was begun before
 */
export function startGatewayProcess(
  running: Running,
  environment: Readonly<Record<string, string>>,
  log: Logger,
  child: ChildProcess = forkGateway(),
): Promise<string> {
  running.onStop(() => stopChild(child, log));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The gateway did not start within ${READY_MS / 1000} s.`));
    }, READY_MS);
    child.once('message', (message: { readonly url: string }) => {
      clearTimeout(timer);
      resolve(message.url);
    });
    const onExit = (): void => {
      clearTimeout(timer);
      const end = child.signalCode ?? `exit code ${String(child.exitCode)}`;
      const error = new Error(`The gateway ended with ${end}; its log says why.`);
      reject(error);
      running.fail(error);
    };
    child.once('exit', onExit);
    if (hasEnded(child)) onExit();
    else {
      child.send({ kind: 'environment', variables: environment }, (error) => {
        // Its end says more, and comes to `exit`.
        if (error) log.debug({ err: error }, 'the gateway could not be told its variables');
      });
    }
  });
}

/** Waits until the gateway has asked the graph a question of its own and got the answer. */
export async function waitUntilReady(running: Running, url: string): Promise<void> {
  const address = new URL('/health/ready', url);
  const deadline = performance.now() + READY_MS;
  while (!running.isStopping()) {
    const response = await fetch(address, { signal: AbortSignal.timeout(PROBE_MS) });
    if (response.ok) return;
    if (performance.now() > deadline) throw new Error('The graph did not answer in time.');
    await new Promise((resolve) => setTimeout(resolve, PROBE_PAUSE_MS));
  }
}

async function stopChild(child: ChildProcess, log: Logger): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => {
    log.warn('the gateway did not stop in time: it is ended');
    child.kill('SIGKILL');
  }, STOP_MS);
  await ended;
  clearTimeout(timer);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
