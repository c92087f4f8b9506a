// The end of a process and of everything it has started: its group, which it leads.
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../../subgraphs/kit/database/embedded/postmaster.ts';

const STOP_MS = 25_000;
const ORPHAN_MS = 1_000;

/**
 * Stops a child that leads a group: one signal, since some processes end at once on a second; after
 * 25 s the whole group is killed.
 */
export async function stopGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || !isGroupAlive(pid)) return;
  child.kill('SIGTERM');
  const deadline = performance.now() + STOP_MS;
  let endedAt = Infinity;
  while (isGroupAlive(pid) && performance.now() < deadline) {
    await sleep(20);
    if (child.exitCode === null && child.signalCode === null) continue;
    endedAt = Math.min(endedAt, performance.now());
    // The child did not pass the signal on to those that it has left behind.
    if (performance.now() > endedAt + ORPHAN_MS) {
      killGroup(pid, 'SIGTERM');
      endedAt = Infinity;
      await sleep(ORPHAN_MS);
    }
  }
  killGroup(pid, 'SIGKILL');
}

function isGroupAlive(pid: number): boolean {
  return isAlive(process.platform === 'win32' ? pid : -pid);
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits for the end of a child; undefined when it has not come in time. */
export async function endOfChild(
  child: ChildProcess,
  timeoutMs: number,
): Promise<number | null | undefined> {
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  if (hasEnded()) return child.exitCode;
  const timer = new AbortController();
  const end = new Promise<true>((settle) => {
    child.once('exit', () => {
      settle(true);
    });
  });
  const isEnded = await Promise.race([
    end,
    sleep(timeoutMs, false, { signal: timer.signal }).catch(() => false),
  ]);
  timer.abort();
  return isEnded ? child.exitCode : undefined;
}
