// A PostgreSQL server of our own in a folder, for development and tests: started, shared with other
// processes on the same folder, and stopped when the last of them is done with it.
import type { ChildProcess } from 'node:child_process';
import { stat, truncate } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../log.ts';
import { adoptServer } from './adopt-server.ts';
import { locateBinaries, type Binaries } from './binaries.ts';
import {
  claimDataFolder,
  clusterPaths,
  explainDataFolder,
  type ClusterPaths,
} from './data-folder.ts';
import { createDatabase, dropDatabase } from './databases.ts';
import { initialiseCluster } from './initialise-cluster.ts';
import { launchFailure, launchServer, readEnd, type ServerSettings } from './launch-server.ts';
import { databaseUrlAt, takeLease, type Lease } from './lease.ts';
import { stopPostmaster } from './postmaster.ts';
import { chooseServerAccount, type ServerAccount } from './server-account.ts';

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
  /** Tells the process ids of the others that use it now. */
  others(): Promise<readonly number[]>;
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
  const { directory, log, settings = {} } = options;
  const started = performance.now();
  const account = await chooseServerAccount(directory);
  const binaries = await locateBinaries(account);
  const { paths, password } = await prepareFolder(directory, binaries, account, settings);
  await shortenLog(paths.serverLog);

  const open = (lease: Lease, adopted: boolean): Cluster => {
    const { port } = lease.address;
    const startMs = Math.round(performance.now() - started);
    log?.info({ port, adopted, startMs }, 'database server ready');
    return openCluster(paths, lease, adopted, log);
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const lease = await adoptServer(paths, password);
    if (lease) return open(lease, true);
    const port = await choosePort(attempt === 0 ? (options.port ?? DEFAULT_PORT) : 0);
    const outcome = await launchServer({ paths, binaries, account, password, port, settings });
    switch (outcome.kind) {
      case 'ready':
        reportCrash(outcome.process, paths, log);
        return open(outcome.lease, false);
      case 'failed':
        throw launchFailure(paths, outcome.reason, outcome.logTail);
      case 'folder-taken':
      case 'port-taken':
        await sleep(50);
    }
  }
  throw launchFailure(paths, `${ATTEMPTS} attempts failed`, await readEnd(paths.serverLog));
}

const ATTEMPTS = 6;

/** Outside the usual 5432, so that a server of the host is not in the way. */
const DEFAULT_PORT = 54_318;

const LOG_BYTES_MAX = 4 * 1024 * 1024;

async function prepareFolder(
  directory: string,
  binaries: Binaries,
  account: ServerAccount | undefined,
  settings: ServerSettings,
): Promise<{ readonly paths: ClusterPaths; readonly password: string }> {
  try {
    await claimDataFolder(directory, account);
    const paths = await clusterPaths(directory);
    const durable = settings['fsync'] !== 'off';
    const password = await initialiseCluster(paths, binaries, account, durable);
    return { paths, password };
  } catch (error) {
    throw explainDataFolder(error, directory);
  }
}

function openCluster(
  paths: ClusterPaths,
  lease: Lease,
  adopted: boolean,
  log: Logger | undefined,
): Cluster {
  const { address } = lease;
  let stopping: Promise<void> | undefined;
  const url = (database: string): string => databaseUrlAt(address, database);
  return {
    port: address.port,
    adopted,
    others: () => lease.others(),
    url,
    ensureDatabase: (name) => createDatabase(url('postgres'), name),
    dropDatabase: (name) => dropDatabase(url('postgres'), name),
    stop: () => (stopping ??= stopUnlessShared(paths, lease, log)),
  };
}

async function stopUnlessShared(
  paths: ClusterPaths,
  lease: Lease,
  log: Logger | undefined,
): Promise<void> {
  const { address } = lease;
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
