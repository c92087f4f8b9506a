// The server process of a data folder: which one it is, whether it is ours, and how it is stopped.
// A pid proves nothing by itself: it may have been given to another program since.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PublicError } from '../../errors.ts';
import { locateBinaries } from './binaries.ts';
import type { ClusterPaths } from './data-folder.ts';

/** What the server wrote about itself; `port` is absent in its first milliseconds. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number | undefined;
}

/**
 * Reads the server's pid file.
 *
 * @returns undefined where there is none, or none that names a process
 */
export async function readPostmasterFile(paths: ClusterPaths): Promise<PostmasterFile | undefined> {
  const text = await readFile(pidFile(paths), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number.isSafeInteger(port) && port > 0 ? port : undefined };
}

/** Tells whether a process exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Gives the name by which a server of this cluster is known on its command line. Its first part is
 * derived from the password, so it differs between clusters; its second part, from the path, tells a
 * copied folder, which has the same password, from its original.
 */
export function clusterName(paths: ClusterPaths, password: string): string {
  return `${clusterPrefix(password)}-${digest(paths.data)}`;
}

/**
 * Tells whether a process is the server of this folder.
 *
 * @throws PublicError when it is one of this cluster that was started under another path: the folder
 *   was moved or copied under a running server, and which of the two cannot be told
 */
export async function isServing(
  pid: number,
  paths: ClusterPaths,
  password: string,
): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await readCommandLine(pid);
  if (!command.includes(`cluster_name=${clusterPrefix(password)}`)) return false;
  if (command.includes(`cluster_name=${clusterName(paths, password)}`)) return true;
  throw new PublicError(
    'SERVICE_UNAVAILABLE',
    `Process ${pid} serves this cluster from another path than ${paths.data}.`,
    { hint: 'The folder was moved or copied while its server ran: stop that process first.' },
  );
}

/**
 * Makes a pid file harmless that names a process which is not the server. It is not removed: the
 * server still reads from it whether processes of its predecessor hold on to shared memory. Our own
 * pid takes the place, since a server that we start ignores the pid of its parent.
 */
export async function retirePostmasterFile(paths: ClusterPaths, pid: number): Promise<void> {
  if (process.platform === 'win32') {
    // The parent's pid means nothing to a server there, and memory is not shared by key.
    await rm(pidFile(paths), { force: true });
    return;
  }
  // No links are followed: the folder belongs to the server's account, and we may be root.
  const file = await open(pidFile(paths), constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    const text = await file.readFile('utf8');
    if (Number(text.split('\n')[0]) !== pid) return;
    const renewed = text.replace(/^\d+/, String(process.pid));
    await file.truncate(0);
    await file.write(renewed, 0);
  } finally {
    await file.close();
  }
}

/** How a server is told to stop, kindest first, and how long each word may take. */
const SHUTDOWNS = [
  { signal: 'INT', name: 'fast', timeoutMs: 10_000 },
  { signal: 'QUIT', name: 'immediate', timeoutMs: 5_000 },
  { signal: 'KILL', name: 'kill', timeoutMs: 2_000 },
] as const;

/**
 * Stops the server of a folder and waits until it is gone; does nothing when none runs.
 *
 * @param from `immediate` leaves out the orderly shutdown, for data that is thrown away
 * @returns the pid that was stopped
 * @throws Error when it outlives every signal
 */
export async function stopPostmaster(
  paths: ClusterPaths,
  password: string,
  from: 'fast' | 'immediate' = 'fast',
): Promise<number | undefined> {
  const pid = (await readPostmasterFile(paths))?.pid;
  if (pid === undefined) return undefined;
  const serving = (): Promise<boolean> => isServing(pid, paths, password);
  if (!(await serving())) return undefined;
  for (const { signal, timeoutMs } of from === 'fast' ? SHUTDOWNS : SHUTDOWNS.slice(1)) {
    await sendSignal(pid, signal);
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      if (!(await serving())) return pid;
      await sleep(10);
    }
  }
  throw new Error(`the database server (pid ${pid}) of ${paths.data} does not stop`);
}

async function sendSignal(pid: number, signal: 'INT' | 'QUIT' | 'KILL'): Promise<void> {
  if (process.platform === 'win32' && signal !== 'KILL') {
    // Windows has no signals; the server listens for them on a pipe that pg_ctl knows.
    const { pgControl } = await locateBinaries(undefined);
    await promisify(execFile)(pgControl, ['kill', signal, String(pid)], { timeout: 5_000 });
    return;
  }
  try {
    process.kill(pid, `SIG${signal}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The command line, its words separated by one space; empty where it cannot be read. */
async function readCommandLine(pid: number): Promise<string> {
  // Unlike the working directory of a process, its command line is readable without special rights
  // (root in a container lacks them). A process that died but is not yet reaped has none.
  if (process.platform === 'linux') {
    const raw = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return raw.replaceAll('\0', ' ');
  }
  const [program, ...words] =
    process.platform === 'win32'
      ? [
          'powershell.exe',
          '-NoProfile',
          '-Command',
          `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`,
        ]
      : ['ps', '-ww', '-o', 'command=', '-p', String(pid)];
  const run = promisify(execFile)(program, words, { timeout: 5_000, windowsHide: true });
  return run.then(
    ({ stdout }) => stdout,
    () => '',
  );
}

function clusterPrefix(password: string): string {
  return `credit-graph-${digest(`cluster ${password}`)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function pidFile(paths: ClusterPaths): string {
  return join(paths.data, 'postmaster.pid');
}
