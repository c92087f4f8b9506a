// A lock that processes of several machines share through a folder: one holds it, the others wait, and
// what a holder that died has left is taken away.
import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** Who holds a lock. */
export interface LockOwner {
  readonly token: string;
  readonly host: string;
  readonly processId: number;
  /** What for, for those who wait: `publish tax`. */
  readonly purpose: string;
  readonly since: string;
}

/** How a lock is taken. */
export interface LockOptions {
  readonly purpose: string;
  /** Longest wait for another holder, milliseconds. */
  readonly deadlineMs: number;
  /** Hears of the holder that is waited for, once. */
  readonly onWait?: (owner: LockOwner) => void;
}

/** A lock that is held. */
export interface HeldLock {
  /** @throws Error when the lock was lost, as after a sleep of the machine; nothing may be written then */
  readonly assertHeld: () => Promise<void>;
}

const POLL_MS = 100;
/** A holder touches its lock this often. */
const BEAT_MS = 1_000;
/** A lock that was not touched for so long has no holder, wherever it was. */
const STALE_MS = 30_000;

const OWNER = z.object({
  token: z.string(),
  host: z.string(),
  processId: z.number(),
  purpose: z.string(),
  since: z.string(),
});

/**
 * Does something while holding a lock.
 *
 * @param path of the lock file, in a folder that exists
 * @throws Error naming the holder when it did not let go before the deadline
 */
export async function withFileLock<T>(
  path: string,
  options: LockOptions,
  work: (lock: HeldLock) => Promise<T>,
): Promise<T> {
  const owner = await takeLock(path, options);
  const isHeld = async (): Promise<boolean> => (await readOwner(path))?.token === owner.token;
  const beat = setInterval(() => {
    const now = new Date();
    // A lock that is gone is noticed before anything is written.
    utimes(path, now, now).catch(() => undefined);
  }, BEAT_MS);
  try {
    return await work({
      assertHeld: async () => {
        if (await isHeld()) return;
        throw new Error(`The lock ${path} was lost to another process. Start again.`);
      },
    });
  } finally {
    clearInterval(beat);
    if (await isHeld()) await rm(path, { force: true });
  }
}

async function takeLock(path: string, options: LockOptions): Promise<LockOwner> {
  const { purpose, deadlineMs, onWait } = options;
  const owner: LockOwner = {
    token: randomUUID(),
    host: hostname(),
    processId: process.pid,
    purpose,
    since: new Date().toISOString(),
  };
  const untilMs = performance.now() + deadlineMs;
  let waitedFor = '';
  for (;;) {
    if (await tryCreate(path, owner)) return owner;
    const holder = await readOwner(path);
    if (await isStale(path, holder)) {
      await removeStale(path, holder);
      continue;
    }
    if (holder && holder.token !== waitedFor) {
      waitedFor = holder.token;
      onWait?.(holder);
    }
    if (performance.now() > untilMs) throw heldError(path, holder, deadlineMs);
    await sleep(POLL_MS);
  }
}

function heldError(path: string, holder: LockOwner | null, deadlineMs: number): Error {
  const who = holder
    ? `"${holder.purpose}" of process ${holder.processId} on ${holder.host}, since ${holder.since}`
    : 'a holder that cannot be read';
  return new Error(
    `Another command holds the published graphs for more than ${Math.round(deadlineMs / 1000)} s: ` +
      `${who}. Wait for it; if it is not running any more, remove ${path}.`,
  );
}

async function tryCreate(path: string, owner: LockOwner): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(JSON.stringify(owner));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Null where there is none, or it is only being written. */
async function readOwner(path: string): Promise<LockOwner | null> {
  try {
    return OWNER.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) {
      return null;
    }
    throw error;
  }
}

async function isStale(path: string, holder: LockOwner | null): Promise<boolean> {
  const touched = await stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (!touched) return false;
  if (Date.now() - touched.mtimeMs > STALE_MS) return true;
  return holder !== null && holder.host === hostname() && !isRunning(holder.processId);
}

/** One of those who find it stale gets it out of the way; what was meanwhile taken is put back. */
async function removeStale(path: string, stale: LockOwner | null): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readOwner(aside);
  // Its holder looks before it writes, so that even in this moment nobody writes unlocked.
  if (moved?.token === stale?.token) await rm(aside, { force: true });
  else await rename(aside, path);
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}
