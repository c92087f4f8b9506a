// A PostgreSQL server of our own in a folder, for development and tests: started, shared with other
// processes on the same folder, and stopped when the last of them is done with it.
import type { ChildProcess } from 'node:child_process';
import { stat, truncate } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { PublicError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { locateBinaries } from './binaries.ts';
import { claimDataFolder, clusterPaths, type ClusterPaths } from './data-folder.ts';
import { initialiseCluster } from './initialise-cluster.ts';
import { launchServer, readEnd, type ServerSettings } from './launch-server.ts';
import { databaseUrlAt, takeLease, type Lease, type ServerAddress } from './lease.ts';
import {
  isAlive,
  isServing,
  readPostmasterFile,
  retirePostmasterFile,
  stopPostmaster,
} from './postmaster.ts';
import { createDatabase, dropDatabase } from './databases.ts';
import { chooseServerAccount } from './server-account.ts';

/** What a cluster is started with. */
export interface ClusterOptions {
  /** The data folder; created where it is missing, refused where it holds other things. */
  readonly directory: string;
  readonly log?: Logger;
  /** Port to listen on if it is free; else, and for 0, any free one. Default 54318. */
  readonly port?: number;
  /** Further settings of the server, as in postgresql.conf; without effect on one that runs. */
  readonly settings?: ServerSettings;
}

/** A running server. */
export interface Cluster {
  /** Port on 127.0.0.1. */
  readonly port: number;
  /** Whether it was running already: left by a killed process, or in use by another. */
  readonly adopted: boolean;
  /** Gives the URL of a database for the superuser; it holds the password. */
  url(database: string): string;
  /** Creates a database where it is missing: UTF-8, collation C. */
  ensureDatabase(name: string): Promise<void>;
  /** Drops a database if it exists, and ends its sessions. */
  dropDatabase(name: string): Promise<void>;
  /** Stops the server unless another process uses it. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts the server of a data folder, or takes part in the one that runs there.
 *
 * @throws PublicError when it cannot start; the message ends with the end of the server's log
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const started = performance.now();
  const account = await chooseServerAccount(options.directory);
  const binaries = await locateBinaries(account);
  await claimDataFolder(options.directory, account);
  const paths = await clusterPaths(options.directory);
  const durable = options.settings?.['fsync'] !== 'off';
  const password = await initialiseCluster(paths, binaries, account, durable).catch(
    (error: unknown) => {
      throw explainAccess(error, paths);
    },
  );
  await shortenLog(paths.serverLog);

  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    let running = await adopt(paths, password);
    if (running) return openCluster(options, paths, running, true, started);
    const port = await choosePort(attempt === 0 ? (options.port ?? DEFAULT_PORT) : 0);
    const settings = options.settings ?? {};
    const outcome = await launchServer({ paths, binaries, account, password, port, settings });
    switch (outcome.kind) {
      case 'ready':
        reportCrash(outcome.process, paths, options.log);
        running = { lease: outcome.lease, address: { port, password } };
        return openCluster(options, paths, running, false, started);
      case 'failed':
        throw startFailure(paths, outcome.reason, outcome.logTail);
      case 'folder-taken':
      case 'port-taken':
        await sleep(50);
    }
  }
  throw startFailure(paths, `${ATTEMPTS} attempts failed`, await readEnd(paths.serverLog));
}

const ATTEMPTS = 6;

/** Outside the usual 5432, so that a server of the host is not in the way. */
const DEFAULT_PORT = 54_318;

/** Longest wait for a running server: one that answers may be recovering from a crash. */
const SILENT_TIMEOUT_MS = 10_000;
const ANSWERING_TIMEOUT_MS = 60_000;

const LOG_BYTES_MAX = 4 * 1024 * 1024;

interface Running {
  readonly lease: Lease;
  readonly address: ServerAddress;
}

/** Joins the server that a pid file names; stops it when it is ours and deaf. */
async function adopt(paths: ClusterPaths, password: string): Promise<Running | undefined> {
  const since = Date.now();
  for (;;) {
    const file = await readPostmasterFile(paths);
    if (!file || !isAlive(file.pid)) return undefined;
    if (!(await isServing(file.pid, paths, password))) {
      await retirePostmasterFile(paths, file.pid);
      return undefined;
    }
    let refusal: unknown;
    if (file.port !== undefined) {
      const address = { port: file.port, password };
      try {
        return { lease: await takeLease(address), address };
      } catch (error) {
        refusal = error;
      }
    }
    const waitedMs = Date.now() - since;
    if (refusal instanceof pg.DatabaseError) {
      if (waitedMs > ANSWERING_TIMEOUT_MS) throw startFailure(paths, refusal.message, '');
    } else if (waitedMs > SILENT_TIMEOUT_MS) {
      await stopPostmaster(paths, password);
      return undefined;
    }
    await sleep(20);
  }
}

function openCluster(
  options: ClusterOptions,
  paths: ClusterPaths,
  running: Running,
  adopted: boolean,
  started: number,
): Cluster {
  const { address } = running;
  const { port } = address;
  const startMs = Math.round(performance.now() - started);
  options.log?.info({ port, adopted, startMs }, 'database server ready');
  let stopping: Promise<void> | undefined;
  const url = (database: string): string => databaseUrlAt(address, database);
  return {
    port,
    adopted,
    url,
    ensureDatabase: (name) => createDatabase(url('postgres'), name),
    dropDatabase: (name) => dropDatabase(url('postgres'), name),
    stop: () => (stopping ??= stopUnlessShared(paths, running, options.log)),
  };
}

async function stopUnlessShared(
  paths: ClusterPaths,
  { lease, address }: Running,
  log: Logger | undefined,
): Promise<void> {
  let last = lease;
  let outcome = await lease.release();
  if (outcome === 'lost') {
    // The server broke the connection (it recovers from a crashed session so) or is gone.
    const renewed = await takeLease(address).catch(() => undefined);
    if (renewed) {
      await lease.close();
      last = renewed;
      outcome = await renewed.release();
    }
  }
  if (outcome === 'shared') {
    log?.info({ port: address.port }, 'database server left to the others that use it');
  } else {
    await stopPostmaster(paths, address.password);
  }
  await last.close();
}

/** A free port can be taken by another before the server has it; the caller tries again then. */
async function choosePort(preferred: number): Promise<number> {
  return (await probePort(preferred)) ?? (await probePort(0)) ?? preferred;
}

function probePort(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: found } = server.address() as AddressInfo;
      server.close(() => {
        resolve(found);
      });
    });
  });
}

function reportCrash(server: ChildProcess, paths: ClusterPaths, log: Logger | undefined): void {
  server.once('exit', (code, signal) => {
    if (code === 0) return;
    log?.error({ code, signal, serverLog: paths.serverLog }, 'database server ended by itself');
  });
}

async function shortenLog(path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_BYTES_MAX) await truncate(path);
}

function startFailure(paths: ClusterPaths, reason: string, logTail: string): PublicError {
  return new PublicError(
    'SERVICE_UNAVAILABLE',
    `The database server on ${paths.directory} did not start: ${reason}\n${logTail}`.trimEnd(),
    { hint: `Its whole log is ${paths.serverLog}.` },
  );
}

function explainAccess(error: unknown, paths: ClusterPaths): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EACCES' && code !== 'EPERM') return error;
  return new PublicError(
    'SERVICE_UNAVAILABLE',
    `The data folder ${paths.directory} belongs to another account.`,
    { hint: 'It was made by root or another user: run as that one, or set DATA_DIR.' },
  );
}
