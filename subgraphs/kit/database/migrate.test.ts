import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { migrate, migrateDown, migrationStatus } from './migrate.ts';
import { openPool } from './pool.ts';
import { createTestDatabase } from './test-database.ts';

const directory = join(import.meta.dirname, '../../tax/migrations');
const MIGRATIONS = ['20260101_records', '20261128_withdrawals', '20261129_validity_and_address'];

test('applies once when several processes start at the same time', async () => {
  const database = await createTestDatabase('migrate');
  try {
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, directory)));
    assert.deepEqual(applied.flat(), MIGRATIONS);
    const status = await migrationStatus(database.url, directory);
    assert.deepEqual(status, { applied: MIGRATIONS, pending: [] });
  } finally {
    await database.drop();
  }
});

test('goes on after a process that was killed while it migrated', async () => {
  const database = await createTestDatabase('migrate');
  const pool = openPool(database.url, {
    name: 'test',
    readOnly: false,
    onIdleError: () => undefined,
  });
  try {
    await migrate(database.url, directory);
    // What such a process leaves of knex's bookkeeping.
    await pool.query('update knex_migrations_lock set is_locked = 1');
    assert.deepEqual(await migrate(database.url, directory), []);
    assert.equal((await migrateDown(database.url, directory)).length, MIGRATIONS.length);
  } finally {
    await pool.end();
    await database.drop();
  }
});

test('takes back what it applied, and applies it again', async () => {
  const database = await createTestDatabase('migrate');
  try {
    await migrate(database.url, directory);
    assert.equal((await migrateDown(database.url, directory)).length, MIGRATIONS.length);
    assert.equal((await migrate(database.url, directory)).length, MIGRATIONS.length);
  } finally {
    await database.drop();
  }
});

test('leads every primary key and unique index with the subject', async () => {
  const database = await createTestDatabase('migrate');
  const pool = openPool(database.url, { name: 'test', onIdleError: () => undefined });
  try {
    await migrate(database.url, directory);
    const { rows } = await pool.query<{ table: string; first: string }>(
      `select c.relname as table, a.attname as first
         from pg_index i join pg_class c on c.oid = i.indrelid
         join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indisunique and c.relnamespace = 'public'::regnamespace
          and c.relname not like 'knex%'
          and c.relname not in ('batches', 'withdrawals', 'migration_turnstile')`,
    );
    assert.equal(rows.length, 10, 'a primary key and a current row for each of five tables');
    for (const row of rows) assert.equal(row.first, 'subject_code', row.table);
  } finally {
    await pool.end();
    await database.drop();
  }
});
