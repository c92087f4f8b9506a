// Brings a database to the newest shape its sector knows. Safe when two processes start at once:
// knex takes a lock row, the second waits and finds nothing left to do.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import knex, { type Knex } from 'knex';

/** Which migrations stand in a database and which wait. */
export interface MigrationStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

interface MigrationModule {
  readonly up: (knex: Knex) => Promise<void>;
  readonly down: (knex: Knex) => Promise<void>;
}

const LOCK_ATTEMPTS_MAX = 60;
const LOCK_WAIT_MS = 500;

/** Applies what is missing; returns the names applied, oldest first. */
export async function migrate(url: string, directory: string): Promise<readonly string[]> {
  return withKnex(url, async (database) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const [, applied] = (await database.migrate.latest({
          migrationSource: migrationSource(directory),
        })) as [number, string[]];
        return applied;
      } catch (error) {
        if (!isRace(error) || attempt >= LOCK_ATTEMPTS_MAX) throw error;
        await new Promise((resolve) => setTimeout(resolve, LOCK_WAIT_MS));
      }
    }
  });
}

/** Takes back the newest batch of migrations; for development only. */
export async function migrateDown(url: string, directory: string): Promise<readonly string[]> {
  return withKnex(url, async (database) => {
    const [, undone] = (await database.migrate.rollback({
      migrationSource: migrationSource(directory),
    })) as [number, string[]];
    return undone;
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

async function withKnex<T>(url: string, work: (database: Knex) => Promise<T>): Promise<T> {
  const database = knex({
    client: 'pg',
    connection: { connectionString: url, connectionTimeoutMillis: 10_000 },
    pool: { min: 0, max: 2 },
  });
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

/** Reads a folder of `.ts` files; names carry no extension, so that a build may change it. */
function migrationSource(directory: string): Knex.MigrationSource<string> {
  return {
    async getMigrations() {
      const names = await readdir(directory);
      return names
        .filter((name) => name.endsWith('.ts'))
        .map((name) => name.slice(0, -'.ts'.length))
        .sort();
    },
    getMigrationName: (name) => name,
    async getMigration(name) {
      const url = pathToFileURL(join(directory, `${name}.ts`)).href;
      const { up, down } = (await import(url)) as MigrationModule;
      return { up, down };
    },
  };
}

/** Another process holds the lock, or makes the bookkeeping tables in the same moment. */
function isRace(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  return (
    error.name === 'MigrationLocked' || code === '23505' || code === '42P07' || code === '42710'
  );
}
