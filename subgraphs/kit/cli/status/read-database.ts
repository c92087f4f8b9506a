// What stands in the database of a sector, read by its owner; nothing is changed, not even made ready.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { isAccessGranted } from '../../database/grant-access.ts';
import { COMMAND_CONNECT_TIMEOUT_MS, openPool, type Pool } from '../../database/pool.ts';
import { isUnavailable } from '../../database/statement.ts';
import { accessOfSector } from '../../server/sector-access.ts';
import type { Sector } from '../../server/sector.ts';
import { legalDay } from '../../values/legal-day.ts';
import { COUNTED_ROWS_MAX, countRows } from './count-rows.ts';
import type {
  DatabaseState,
  DisplayState,
  ImportState,
  OpenDatabaseState,
  RecordTypeState,
} from './sector-state.ts';

const STATEMENT_TIMEOUT_MS = 60_000;
const NO_SUCH_DATABASE = '3D000';

/**
 * Reads the state of a sector's database.
 *
 * @param url of the owner
 * @param secret of the readers
 * @param rowsMax rows of a table up to which it is counted
 */
export async function readDatabase(
  sector: Sector,
  url: string,
  secret: string,
  now = new Date(),
  rowsMax = COUNTED_ROWS_MAX,
): Promise<DatabaseState> {
  const pool = openPool(url, {
    name: `${sector.name} status`,
    connectionsMax: 2,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    connectTimeoutMs: COMMAND_CONNECT_TIMEOUT_MS,
    // What breaks while idle is met again by the next statement.
    onIdleError: () => undefined,
  });
  try {
    const grant = { ...accessOfSector(sector), secret };
    return {
      kind: 'open',
      ...(await readMigrations(pool, join(sector.directory, 'migrations'))),
      readersCurrent: await isAccessGranted(url, grant),
      ...(await readContent(pool, sector, legalDay(now), rowsMax)),
    };
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === NO_SUCH_DATABASE) {
      return { kind: 'missing' };
    }
    if (!isUnavailable(error)) throw error;
    return { kind: 'unreachable', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await pool.end();
  }
}

type Migrations = Pick<OpenDatabaseState, 'migrationsPending' | 'migrationsUnknown'>;

/** Reads the list that knex keeps; asking knex would make that list where it is missing. */
async function readMigrations(pool: Pool, directory: string): Promise<Migrations> {
  const known = (await readdir(directory))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
  const isThere = await existing(pool, ['knex_migrations']);
  const applied = isThere.has('knex_migrations')
    ? (await pool.query<{ name: string }>('select name from knex_migrations order by id')).rows.map(
        (row) => row.name,
      )
    : [];
  return {
    migrationsPending: known.filter((name) => !applied.includes(name)),
    migrationsUnknown: applied.filter((name) => !known.includes(name)),
  };
}

type Content = Pick<OpenDatabaseState, 'records' | 'imports' | 'batchesWithdrawn' | 'display'>;

async function readContent(
  pool: Pool,
  sector: Sector,
  today: string,
  rowsMax: number,
): Promise<Content> {
  const isThere = await existing(pool, ['batches', ...sector.tables.map(({ table }) => table)]);
  const tables = sector.tables.filter(({ table }) => isThere.has(table));
  const records: RecordTypeState[] = [];
  const displays: DisplayState[] = [];
  for (const { type, table } of tables) {
    const { current, versions, ...display } = await countRows(pool, table, today, rowsMax);
    records.push({ type, current, versions, isEstimate: display.isEstimate });
    displays.push(display);
  }
  const hasBatches = isThere.has('batches');
  return {
    records,
    imports: hasBatches ? await readImports(pool) : [],
    batchesWithdrawn: hasBatches ? await countWithdrawn(pool) : 0,
    display: {
      ended: sum(displays.map(({ ended }) => ended)),
      endedFirstOn: earliest(displays.map(({ endedFirstOn }) => endedFirstOn)),
      nextEndsOn: earliest(displays.map(({ nextEndsOn }) => nextEndsOn)),
      deletionDue: sum(displays.map(({ deletionDue }) => deletionDue)),
      isEstimate: displays.some(({ isEstimate }) => isEstimate),
    },
  };
}

/** Tells which of some tables are there. */
async function existing(pool: Pool, tables: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ name: string }>({
    text: `select relname as name from pg_class
           where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
             and relname = any($1)`,
    values: [tables],
  });
  return new Set(rows.map((row) => row.name));
}

async function readImports(pool: Pool): Promise<readonly ImportState[]> {
  const { rows } = await pool.query<ImportState>(
    `select distinct on (format) format, file_name as "fileName", finished_at as at,
       read, inserted, changed, unchanged, rejected
     from batches where state = 'DONE' order by format, finished_at desc`,
  );
  return rows;
}

async function countWithdrawn(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*) as count from batches where state = 'WITHDRAWN'`,
  );
  return rows[0]?.count ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function earliest(days: readonly (string | null)[]): string | null {
  return days.filter((day) => day !== null).sort()[0] ?? null;
}
