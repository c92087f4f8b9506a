// The gateway as a process of its own, started and stopped beside the subgraphs.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Logger } from '../log.ts';
import { childEnvironment, PROJECT_DIRECTORY } from './config.ts';
import type { Running } from './process.ts';

const READY_MS = 180_000;
const PROBE_MS = 10_000;
const PROBE_PAUSE_MS = 50;
const STOP_MS = 20_000;

/**
 * Starts the gateway; resolves with the address of its graph once it listens. Its end before ours is
 * a failure.
 *
 * @param environment variables beside those of this process
 */
export function startGatewayProcess(
  running: Running,
  environment: Readonly<Record<string, string>>,
  log: Logger,
): Promise<string> {
  const child = fork(join(PROJECT_DIRECTORY, 'gateway/main.ts'), {
    execArgv: process.execArgv,
    env: childEnvironment(environment),
    // A process group of its own: Ctrl-C reaches it through us, in order.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  running.onStop(() => stopChild(child, log));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The gateway did not start within ${READY_MS / 1000} s.`));
    }, READY_MS);
    child.once('message', (message: { readonly url: string }) => {
      clearTimeout(timer);
      resolve(message.url);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      const error = new Error(
        `The gateway ended with exit code ${String(code)}; its log says why.`,
      );
      reject(error);
      running.fail(error);
    });
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
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => {
    log.warn('the gateway did not stop in time: it is ended');
    child.kill('SIGKILL');
  }, STOP_MS);
  await ended;
  clearTimeout(timer);
}
