// Starts one server process on a data folder and waits until it lets us in, with a deadline. The
// process leads a group of its own: Ctrl-C on the terminal reaches us, and we stop it in order.
import { spawn, type ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { PublicError } from '../../errors.ts';
import type { Binaries } from './binaries.ts';
import { serverEnvironment } from './config.ts';
import type { ClusterPaths } from './data-folder.ts';
import { dataArgument } from './initialise-cluster.ts';
import { takeLease, type Lease } from './lease.ts';
import { clusterName, readPostmasterFile } from './postmaster.ts';
import type { ServerAccount } from './server-account.ts';

/** How a launch ended. `logTail` is what the server wrote last. */
export type LaunchOutcome =
  | { readonly kind: 'ready'; readonly lease: Lease; readonly process: ChildProcess }
  | { readonly kind: 'port-taken' }
  | { readonly kind: 'folder-taken' }
  | { readonly kind: 'failed'; readonly reason: string; readonly logTail: string };

/** Settings of a server: names and values as in postgresql.conf. */
export type ServerSettings = Readonly<Record<string, string | number>>;

/** What is launched, where and how. */
export interface LaunchRequest {
  readonly paths: ClusterPaths;
  readonly binaries: Binaries;
  readonly account: ServerAccount | undefined;
  readonly password: string;
  readonly port: number;
  readonly settings: ServerSettings;
}

/** Longest wait for a server; it may have a crash to recover from first. */
const READY_TIMEOUT_MS = 60_000;

/** Launches a server on a folder whose last one is gone. */
export async function launchServer(request: LaunchRequest): Promise<LaunchOutcome> {
  const { paths, account, port, password } = request;
  const name = clusterName(paths, password);
  const log = await open(paths.serverLog, 'a', 0o600);
  if (account?.ownsFolder) await log.chown(account.uid, account.gid);
  const { size: logStart } = await log.stat();
  let child: ChildProcess;
  try {
    child = spawnServer(request, log.fd);
  } finally {
    await log.close();
  }
  const state: { ended?: string } = {};
  child.on('error', (error) => (state.ended = error.message));
  child.on('exit', (code, signal) => {
    // pg_ctl, on Windows, leaves the server behind when all is well.
    if (process.platform === 'win32' && code === 0) return;
    state.ended ??= `it ended with ${signal ?? `code ${String(code)}`}`;
  });

  let refusal = '';
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (state.ended === undefined && Date.now() < deadline) {
    try {
      const lease = await takeLease({ port, name, password });
      child.unref();
      if (await isOther(child, paths)) {
        await lease.close();
        return { kind: 'folder-taken' };
      }
      return { kind: 'ready', lease, process: child };
    } catch (error) {
      refusal = String(error);
      await sleep(10);
    }
  }
  const logTail = await readEnd(paths.serverLog, logStart);
  if (/could not (bind|create any TCP)/.test(logTail)) return { kind: 'port-taken' };
  if (/lock file .* already exists/.test(logTail)) return { kind: 'folder-taken' };
  if (state.ended === undefined) child.kill('SIGQUIT');
  const reason = state.ended ?? `it let nobody in for ${READY_TIMEOUT_MS / 1000} s (${refusal})`;
  return { kind: 'failed', reason, logTail };
}

/** Of two starts at once on one folder, both may come to want the same port: one gets through to the other. */
async function isOther(child: ChildProcess, paths: ClusterPaths): Promise<boolean> {
  if (process.platform === 'win32') return false;
  return (await readPostmasterFile(paths))?.pid !== child.pid;
}

/** Makes the error of a server that cannot be had. */
export function launchFailure(paths: ClusterPaths, reason: string, logTail: string): PublicError {
  return new PublicError(
    'SERVICE_UNAVAILABLE',
    `The database server on ${paths.directory} did not start: ${reason}\n${logTail}`.trimEnd(),
    { hint: `Its whole log is ${paths.serverLog}.` },
  );
}

/** Reads the last lines of the server's log, from a byte on. */
export async function readEnd(path: string, start = 0): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(start, size - LOG_TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOG_TAIL_BYTES), 0, null, from);
    return buffer.toString('utf8', 0, bytesRead).trimEnd();
  } finally {
    await file.close();
  }
}

const LOG_TAIL_BYTES = 4_096;

function spawnServer(request: LaunchRequest, logFd: number): ChildProcess {
  const { paths, binaries, account } = request;
  const settings = Object.entries(allSettings(request)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const where = ['-D', dataArgument(paths, account !== undefined)];
  const options = {
    cwd: paths.data,
    env: serverEnvironment(),
    stdio: ['ignore', logFd, logFd] as ['ignore', number, number],
    windowsHide: true,
    ...(account && { uid: account.uid, gid: account.gid }),
  };
  if (process.platform === 'win32') {
    // The server refuses an administrator there; pg_ctl takes the rights away first.
    const words = ['start', '-W', ...where, '-o', settings.join(' ')];
    return spawn(binaries.pgControl, words, options);
  }
  return spawn(binaries.postgres, [...where, ...settings], { ...options, detached: true });
}

/** On the command line they stand above anything that is left in the folder's own files. */
function allSettings(request: LaunchRequest): ServerSettings {
  return {
    max_connections: 200,
    shared_buffers: '128MB',
    jit: 'off',
    // Nearly all of it lies in the memory of the system, where a page is read sooner than a process
    // of the server that is there to read it is woken.
    io_method: 'sync',
    // Statements and details of errors hold contents of records, which are never logged.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    ...request.settings,
    timezone: 'UTC',
    log_timezone: 'UTC',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    cluster_name: clusterName(request.paths, request.password),
    port: request.port,
  };
}
