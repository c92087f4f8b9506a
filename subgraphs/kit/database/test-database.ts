// Databases for tests, on a real server: the one that TEST_DATABASE_URL names, as in a run by
// `npm test`; else a throw-away one that this process starts and that ends with it.
import { randomBytes } from 'node:crypto';
import { createDatabase, dropDatabase } from './embedded/databases.ts';
import { startThrowAwayCluster } from './embedded/throw-away-cluster.ts';
import { readTestDatabaseUrl } from './test-config.ts';

/** The server of a test run. */
export interface TestServer {
  /** A database from which others can be created and dropped. */
  readonly adminUrl: string;
}

/** An empty database of one test. */
export interface TestDatabase {
  readonly url: string;
  /** Drops it and ends its sessions. */
  drop(): Promise<void>;
}

/** Gives the server of this run, starting one where there is none. One for each process. */
export function openTestServer(): Promise<TestServer> {
  server ??= openServer();
  return server;
}

/**
 * Creates an empty database under a name of its own.
 *
 * @param prefix first part of the name: a letter, then letters, digits and `_`, up to 30; it tells
 *   whose database was left behind on a server that outlives the run
 */
export async function createTestDatabase(prefix: string): Promise<TestDatabase> {
  if (!/^[a-z][a-z0-9_]{0,29}$/.test(prefix)) {
    throw new RangeError(`"${prefix}" is no prefix of a database name`);
  }
  const { adminUrl } = await openTestServer();
  const name = `${prefix}_${process.pid}_${randomBytes(4).toString('hex')}`;
  await createDatabase(adminUrl, name);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => dropDatabase(adminUrl, name) };
}

/** A process starts one server at most, whichever of its tests asks first. */
let server: Promise<TestServer> | undefined;

async function openServer(): Promise<TestServer> {
  const given = readTestDatabaseUrl();
  if (given !== undefined) return { adminUrl: given };
  const cluster = await startThrowAwayCluster();
  return { adminUrl: cluster.url('postgres') };
}
