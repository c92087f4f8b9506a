// Databases for tests, on a real server: the one that TEST_DATABASE_URL names, as in a run by
// `npm test`; else a throw-away one that this process starts and that ends with it.
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { createDatabase, dropDatabase } from './embedded/databases.ts';
import { startThrowAwayCluster, THROW_AWAY_SETTING } from './embedded/throw-away-cluster.ts';
import { migrate } from './migrate.ts';
import { readTestDatabaseUrl } from './test-config.ts';

/** The server of a test run. */
export interface TestServer {
  /** A database from which others can be created and dropped. */
  readonly adminUrl: string;
}

/** A database of one test. */
export interface TestDatabase {
  readonly url: string;
  /** Drops it and ends its sessions. On a throw-away server it is put away, and goes with the server. */
  drop(): Promise<void>;
}

/** Gives the server of this run, starting one where there is none. One for each process. */
export function openTestServer(): Promise<TestServer> {
  return openServerOnce();
}

/**
 * Creates a database under a name of its own.
 *
 * @param prefix first part of the name: a letter, then letters, digits and `_`, up to 30; it tells
 *   whose database was left behind on a server that outlives the run
 * @param migrations the folder of those that stand in it; without one it is empty
 */
export async function createTestDatabase(
  prefix: string,
  migrations?: string,
): Promise<TestDatabase> {
  if (!/^[a-z][a-z0-9_]{0,29}$/.test(prefix)) {
    throw new RangeError(`"${prefix}" is no prefix of a database name`);
  }
  const { adminUrl, throwAway } = await openServerOnce();
  const name = `${prefix}_${process.pid}_${randomBytes(4).toString('hex')}`;
  const url = urlOf(adminUrl, name);
  if (throwAway) {
    await copyDatabase(throwAway, name, migrations && (await templateOf(throwAway, migrations)));
    return { url, drop: () => putAway(throwAway, name) };
  }
  await createDatabase(adminUrl, name);
  if (migrations !== undefined) await migrate(url, migrations);
  return { url, drop: () => dropDatabase(adminUrl, name) };
}

interface OpenServer extends TestServer {
  /** Connections for its databases, where the server is thrown away. */
  readonly throwAway: pg.Pool | undefined;
}

const ADMIN_CONNECTIONS_MAX = 4;

/** A process starts one server at most, whichever of its tests asks first. */
let server: Promise<OpenServer> | undefined;

function openServerOnce(): Promise<OpenServer> {
  server ??= openServer();
  return server;
}

async function openServer(): Promise<OpenServer> {
  const adminUrl = readTestDatabaseUrl() ?? (await startThrowAwayCluster()).url('postgres');
  const pool = new pg.Pool({
    connectionString: adminUrl,
    application_name: 'test databases',
    max: ADMIN_CONNECTIONS_MAX,
    idleTimeoutMillis: 0,
    // It does not keep the process alive.
    allowExitOnIdle: true,
  });
  // A connection that breaks while idle is replaced.
  pool.on('error', () => undefined);
  const { rows } = await pool.query<{ readonly setting: string | null }>(
    `select current_setting('${THROW_AWAY_SETTING}', true) as setting`,
  );
  if (rows[0]?.setting === 'on') return { adminUrl, throwAway: pool };
  await pool.end();
  return { adminUrl, throwAway: undefined };
}

function urlOf(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Copies a database, by default an empty one, as files: on such a server half the work of pages. */
async function copyDatabase(
  admin: pg.Pool | pg.PoolClient,
  name: string,
  template = `template0 encoding 'UTF8' locale 'C'`,
): Promise<void> {
  await admin.query(`create database ${name} template ${template} strategy file_copy`);
  await admin.query(`revoke all on database ${name} from public`);
}

/**
 * Ends its sessions and takes its name away. For each file that is made, ext4 looks through those that
 * were removed in the last minutes: where databases of 300 files are dropped, new ones cost many times as much.
 */
async function putAway(admin: pg.Pool, name: string): Promise<void> {
  await admin.query(`alter database ${name} with allow_connections false`);
  await admin.query(
    'select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1',
    [name],
  );
  await admin.query(`alter database ${name} rename to dropped_${name}`);
}

/** By folder of migrations and what it holds: some tests write such a folder. */
const templates = new Map<string, Promise<string>>();

/** Gives a database of the migrations, made by whoever of the run needs it first. */
async function templateOf(admin: pg.Pool, migrations: string): Promise<string> {
  const hash = createHash('sha256').update(migrations);
  for (const file of (await readdir(migrations)).sort()) {
    hash.update(`\0${file}\0`).update(await readFile(join(migrations, file)));
  }
  const name = `template_${hash.digest('hex').slice(0, 32)}`;
  let made = templates.get(name);
  if (made === undefined) {
    made = makeTemplate(admin, name, migrations);
    templates.set(name, made);
  }
  return made;
}

async function makeTemplate(admin: pg.Pool, name: string, migrations: string): Promise<string> {
  const client = await admin.connect();
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      // It has its name when it is whole, whatever happens to this process.
      const draft = `draft_${randomBytes(8).toString('hex')}`;
      await copyDatabase(client, draft);
      const { adminUrl } = await openTestServer();
      await migrate(urlOf(adminUrl, draft), migrations);
      await client.query(`alter database ${draft} rename to ${name}`);
    }
  } finally {
    // The lock goes with its session.
    client.release(true);
  }
  return name;
}
