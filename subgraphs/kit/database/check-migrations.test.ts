// Migrations are tried before they are released: on an empty database, and from the last release. One
// real server; each try makes databases of its own.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  checkMigrations,
  readMigrationChecksums,
  type MigrationProblem,
} from './check-migrations.ts';
import { fillTables } from './fill-tables.ts';
import { migrate, withTurn } from './migrate.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

const FIRST = '20260101_records.ts';
const SECOND = '20260201_fines.ts';

let root: string;
let made: TestDatabase[] = [];

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'credit-migrations-'));
});
after(() => rm(root, { recursive: true }));

const migration = (sql: string): string => `
  export const up = (knex) => knex.raw(${JSON.stringify(sql)});
  export const down = () => Promise.resolve();
`;

/** Modules are kept by their path, so that each try has a folder of its own. */
async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(root, 'm-'));
  for (const [name, sql] of Object.entries(files))
    await writeFile(join(folder, name), migration(sql));
  return folder;
}

async function tryOut(
  files: Readonly<Record<string, string>>,
  released: ReadonlyMap<string, string> = new Map(),
): Promise<readonly MigrationProblem[]> {
  made = [];
  const dropped: string[] = [];
  const problems = await checkMigrations({
    directory: await folderOf(files),
    released,
    tables: [
      {
        type: 'Permit',
        table: 'permits',
        class: 'PUBLIC',
        key: ['number'],
        columns: { number: { sql: 'number', kind: 'text' }, fee: { sql: 'fee', kind: 'money' } },
      },
    ],
    async createDatabase() {
      const database = await createTestDatabase('check');
      made.push(database);
      return {
        url: database.url,
        async drop() {
          dropped.push(database.url);
          await database.drop();
        },
      };
    },
  });
  assert.deepEqual(
    dropped,
    made.map(({ url }) => url),
    'every database is dropped',
  );
  return problems;
}

const TABLE =
  'create table permits (subject_code text, number text, fee_minor bigint, fee_currency text)';
const checksums = async (files: Readonly<Record<string, string>>) =>
  readMigrationChecksums(await folderOf(files));

test('passes migrations that apply and make what is read, on one database where all are new', async () => {
  assert.deepEqual(await tryOut({ [FIRST]: TABLE }), []);
  assert.equal(made.length, 1);
});

test('names the migration that does not apply, with the reason', async () => {
  const [problem, ...more] = await tryOut({
    [FIRST]: TABLE,
    [SECOND]: 'alter table fines add x int',
  });
  assert.deepEqual(more, []);
  assert.equal(problem?.file, SECOND);
  assert.match(problem.message, /does not apply to an empty database: .*"fines" does not exist/);
});

test('names the columns that are read and not made', async () => {
  const [problem] = await tryOut({ [FIRST]: TABLE.replace(', fee_currency text', '') });
  assert.match(problem?.message ?? '', /Permit is read from .* fee_currency of permits/);
});

test('refuses what was released and is changed or gone, and what comes before it', async () => {
  const released = await checksums({ [FIRST]: TABLE, [SECOND]: 'select 1' });
  const found = await tryOut({ [FIRST]: `${TABLE};`, '20260115_between.ts': 'select 1' }, released);
  assert.deepEqual(
    found.map(({ file, message }) => [file, message.replace(/^\S+ /, '')]),
    [
      [FIRST, 'was released and is changed.'],
      [SECOND, 'was released and is gone.'],
      ['20260115_between.ts', `is new and stands before ${SECOND}, which was released.`],
    ],
  );
  assert.equal(made.length, 0);
});

test('applies the new ones to a database of the last release that holds rows', async () => {
  const released = await checksums({ [FIRST]: TABLE });
  const on = (sql: string): Promise<readonly MigrationProblem[]> =>
    tryOut({ [FIRST]: TABLE, [SECOND]: sql }, released);
  assert.deepEqual(await on('alter table permits add place text'), []);
  assert.equal(made.length, 2);
  for (const sql of [
    'alter table permits add place text not null',
    'alter table permits alter number set not null',
  ]) {
    const [problem] = await on(sql);
    assert.match(
      problem?.message ?? '',
      /does not apply to a database of the last release that holds rows/,
    );
  }
  assert.deepEqual(await tryOut({ [FIRST]: TABLE }, released), []);
  assert.equal(made.length, 1, 'where none is new an empty database is enough');
});

test('fills the tables of every sector that is here', async () => {
  const subgraphs = join(import.meta.dirname, '..', '..');
  for (const name of readdirSync(subgraphs)) {
    const directory = join(subgraphs, name, 'migrations');
    if (!existsSync(directory)) continue;
    const database = await createTestDatabase('fill');
    try {
      await migrate(database.url, directory);
      assert.deepEqual(await withTurn(database.url, fillTables), [], name);
    } finally {
      await database.drop();
    }
  }
});

test('refuses a name without a day', async () => {
  const [problem] = await tryOut({ 'fines.ts': TABLE });
  assert.match(problem?.message ?? '', /fines\.ts is no name of a migration/);
});
