// Tries the migrations of a sector before they are released: on an empty database, and from where the
// last release left the sector's own.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { fillTables } from './fill-tables.ts';
import { migrationSource, withTurn } from './migrate.ts';
import { sqlColumnsOf, type RecordTable } from './record-table.ts';

/** What is wrong with a migration. */
export interface MigrationProblem {
  /** File name; null where it is about all of them. */
  readonly file: string | null;
  readonly message: string;
  readonly remedy: string;
}

/** A database for a try, which is dropped afterwards. */
export interface TrialDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** What is tried. */
export interface MigrationTrial {
  /** Folder of the migrations. */
  readonly directory: string;
  /** Checksum of each released migration by file name; empty where nothing was released. */
  readonly released: ReadonlyMap<string, string>;
  /** The record tables that the sector reads. */
  readonly tables: readonly RecordTable[];
  readonly createDatabase: () => Promise<TrialDatabase>;
}

const FILE = /^\d{8}(\d{4,6})?_[a-z0-9_]+\.ts$/;

/** Gives the SHA-256 of each migration in a folder by its file name, oldest first. */
export async function readMigrationChecksums(
  directory: string,
): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.ts')).sort();
  const hashes = names.map(async (name) => {
    const text = await readFile(join(directory, name));
    return [name, createHash('sha256').update(text).digest('hex')] as const;
  });
  return new Map(await Promise.all(hashes));
}

/**
 * Tries migrations.
 *
 * - None that was released is gone or changed, and none that is new stands before one of them: the
 *   databases of the release would not come to the same.
 * - All of them apply to an empty database, and make the columns that the sector reads.
 * - The new ones apply to a database of the last release that holds rows, as a column that may not be
 *   null and has no default does not.
 */
export async function checkMigrations(trial: MigrationTrial): Promise<readonly MigrationProblem[]> {
  const present = await readMigrationChecksums(trial.directory);
  const problems = problemsOfFiles(present, trial.released);
  if (problems.length > 0) return problems;
  const released = [...trial.released.keys()].map(nameOfFile).sort();
  const added = [...present.keys()].map(nameOfFile).filter((name) => !released.includes(name));
  const onEmpty = await tryOn(trial, [], [...released, ...added]);
  if (onEmpty.length > 0 || released.length === 0 || added.length === 0) return onEmpty;
  return tryOn(trial, released, added);
}

function nameOfFile(file: string): string {
  return file.replace(/\.ts$/, '');
}

function problemsOfFiles(
  present: ReadonlyMap<string, string>,
  released: ReadonlyMap<string, string>,
): readonly MigrationProblem[] {
  const last = [...released.keys()].sort().at(-1) ?? '';
  const remedy = 'Restore it as it was released, and write what is to change as a new migration.';
  const ofReleased = [...released].flatMap(([file, checksum]): MigrationProblem[] => {
    const now = present.get(file);
    if (now === checksum) return [];
    const what = now === undefined ? 'gone' : 'changed';
    return [{ file, message: `${file} was released and is ${what}.`, remedy }];
  });
  const ofNew = [...present.keys()].flatMap((file): MigrationProblem[] => {
    if (released.has(file)) return [];
    if (!FILE.test(file)) {
      const message = `${file} is no name of a migration.`;
      return [{ file, message, remedy: 'Name it by day and purpose: 20260131_add_fines.ts.' }];
    }
    if (file > last) return [];
    const message = `${file} is new and stands before ${last}, which was released.`;
    return [{ file, message, remedy: 'Name it by a later day: migrations apply in that order.' }];
  });
  return [...ofReleased, ...ofNew];
}

/** Applies migrations, fills the tables that they make, and applies the others. */
async function tryOn(
  { directory, tables, createDatabase }: MigrationTrial,
  first: readonly string[],
  then: readonly string[],
): Promise<readonly MigrationProblem[]> {
  const database = await createDatabase();
  try {
    return await withTurn(database.url, async (knex) => {
      const steps = [...first, ...then];
      for (const [at, name] of steps.entries()) {
        if (at > 0 && at === first.length) await fillTables(knex);
        const failure = await applyLast(knex, directory, steps.slice(0, at + 1));
        if (failure !== null) return [problemOf(name, failure, first.length > 0)];
      }
      return await missingColumns(knex, tables);
    });
  } finally {
    await database.drop();
  }
}

async function applyLast(
  knex: Knex,
  directory: string,
  names: readonly string[],
): Promise<string | null> {
  const migrations = [...names];
  const source = {
    ...migrationSource(directory),
    getMigrations: () => Promise.resolve(migrations),
  };
  try {
    await knex.migrate.up({ migrationSource: source });
    return null;
  } catch (error) {
    // What a migration throws is its author's to read: SQL, its refusal, or a module that is none.
    return error instanceof Error ? error.message : String(error);
  }
}

function problemOf(name: string, failure: string, isFilled: boolean): MigrationProblem {
  const where = isFilled ? 'a database of the last release that holds rows' : 'an empty database';
  return {
    file: `${name}.ts`,
    message: `${name}.ts does not apply to ${where}: ${failure}`,
    remedy: 'Mend the migration; none that was released may be changed.',
  };
}

async function missingColumns(
  knex: Knex,
  tables: readonly RecordTable[],
): Promise<readonly MigrationProblem[]> {
  const { rows } = await knex.raw<{ rows: { readonly name: string }[] }>(`
    select table_name || '.' || column_name as name
      from information_schema.columns where table_schema = 'public'`);
  const present = new Set(rows.map(({ name }) => name));
  return tables.flatMap(({ type, table, columns }): MigrationProblem[] => {
    const wanted = ['subject_code', ...Object.values(columns).flatMap(sqlColumnsOf)];
    const missing = wanted.filter((column) => !present.has(`${table}.${column}`));
    if (missing.length === 0) return [];
    return [
      {
        file: null,
        message: `${type} is read from columns that no migration makes: ${missing.join(', ')} of ${table}.`,
        remedy: 'Add a migration that makes them, or mend their names in records.ts.',
      },
    ];
  });
}
