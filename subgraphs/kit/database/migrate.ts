// Brings a database to the newest shape its sector knows. Safe when several processes start at once:
// one of them holds a locked row while it works, the others wait for it and find nothing left to do.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { COMMAND_CONNECT_TIMEOUT_MS } from './pool.ts';

/** Which migrations stand in a database and which wait. */
export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

interface MigrationModule {
  readonly up: (knex: Knex) => Promise<void>;
  readonly down: (knex: Knex) => Promise<void>;
}

/** Longest wait for another process that migrates the same database. */
const TURN_TIMEOUT_MS = 120_000;
const TURNSTILE = 'migration_turnstile';

/** Applies what is missing; returns the names applied, oldest first. */
export async function migrate(url: string, directory: string): Promise<readonly string[]> {
  if (await isUpToDate(url, directory)) return [];
  return withTurn(url, async (database) => {
    const [, applied] = (await database.migrate.latest({
      migrationSource: migrationSource(directory),
    })) as [number, string[]];
    return applied;
  });
}

/** Takes back the newest batch of migrations; for development only. */
export async function migrateDown(url: string, directory: string): Promise<readonly string[]> {
  return withTurn(url, async (database) => {
    const [, undone] = (await database.migrate.rollback({
      migrationSource: migrationSource(directory),
    })) as [number, string[]];
    return undone;
  });
}

/** Takes back the newest migration alone; for development only. Returns its name, null for none. */
export async function migrateDownOne(url: string, directory: string): Promise<string | null> {
  return withTurn(url, async (database) => {
    const [, undone] = (await database.migrate.down({
      migrationSource: migrationSource(directory),
    })) as [number, string[]];
    return undone[0] ?? null;
  });
}

/** Reads which migrations stand and which wait. */
export async function migrationStatus(url: string, directory: string): Promise<MigrationStatus> {
  return withKnex(url, async (database) => {
    const [applied, pending] = (await database.migrate.list({
      migrationSource: migrationSource(directory),
    })) as [{ name: string }[], string[]];
    return { applied: applied.map((row) => row.name), pending };
  });
}

/**
 * Works while no other process does. The lock is a row's: it goes with its connection however a
 * process ends, while the mark that knex sets in a table stays after a killed one, and two processes
 * that make that table at once can both miss it.
 */
export async function withTurn<T>(url: string, work: (database: Knex) => Promise<T>): Promise<T> {
  const holder = new pg.Client({
    connectionString: url,
    application_name: 'migration',
    connectionTimeoutMillis: COMMAND_CONNECT_TIMEOUT_MS,
    // The holder rests while another connection works.
    idle_in_transaction_session_timeout: 0,
  });
  let broken: Error | null = null;
  holder.on('error', (error) => {
    broken = error;
  });
  await holder.connect();
  try {
    await makeTurnstile(holder);
    await holder.query(`begin`);
    await holder.query(`set local lock_timeout = ${TURN_TIMEOUT_MS}`);
    await holder.query(`select 1 from ${TURNSTILE} for update`);
    return await withKnex(url, async (database) => {
      // Nobody else is at work, so a mark that stands was left by a process that was killed.
      await database.migrate.forceFreeMigrationsLock();
      const result = await work(database);
      if (broken) throw new Error('the lock of the migration was lost', { cause: broken });
      return result;
    });
  } finally {
    await holder.end();
  }
}

/**
 * Tells whether every migration of the folder stands, and no other: then there is nothing to wait for.
 * One that another process is applying stands when it is done, and not before.
 */
async function isUpToDate(url: string, directory: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'migration',
    connectionTimeoutMillis: COMMAND_CONNECT_TIMEOUT_MS,
    query_timeout: 60_000,
  });
  // A connection that breaks fails the query that waits for it, and would end the process as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows: found } = await client.query<{ there: boolean }>(
      `select to_regclass('knex_migrations') is not null as there`,
    );
    if (found[0]?.there !== true) return false;
    const { rows } = await client.query<{ name: string }>('select name from knex_migrations');
    const names = await migrationNames(directory);
    return rows.length === names.length && rows.every(({ name }) => names.includes(name));
  } finally {
    await client.end();
  }
}

async function makeTurnstile(client: pg.Client): Promise<void> {
  try {
    await client.query(
      `create table if not exists ${TURNSTILE} (place integer primary key check (place = 1))`,
    );
  } catch (error) {
    // Two processes that create it in the same moment: one of them finds it in the catalogue.
    const code = error instanceof pg.DatabaseError ? error.code : undefined;
    if (code !== '23505' && code !== '42P07' && code !== '42710') throw error;
  }
  await client.query(`insert into ${TURNSTILE} values (1) on conflict do nothing`);
}

async function withKnex<T>(url: string, work: (database: Knex) => Promise<T>): Promise<T> {
  const database = knex({
    client: 'pg',
    connection: { connectionString: url, connectionTimeoutMillis: COMMAND_CONNECT_TIMEOUT_MS },
    pool: { min: 0, max: 2 },
  });
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

async function migrationNames(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
}

/** Reads a folder of `.ts` files; names carry no extension, so that a build may change it. */
export function migrationSource(directory: string): Knex.MigrationSource<string> {
  return {
    getMigrations: () => migrationNames(directory),
    getMigrationName: (name) => name,
    async getMigration(name) {
      const url = pathToFileURL(join(directory, `${name}.ts`)).href;
      const { up, down } = (await import(url)) as MigrationModule;
      return { up, down };
    },
  };
}
