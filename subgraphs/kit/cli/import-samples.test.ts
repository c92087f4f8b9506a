import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sector } from '../../tax/sector.ts';
import { migrate } from '../database/migrate.ts';
import { openPool } from '../database/pool.ts';
import { createTestDatabase } from '../database/test-database.ts';
import { createLog } from '../log.ts';
import { importSamples, type SampleChoice } from './import-samples.ts';

test('reads a sample file once, never one that was withdrawn, and none beside other files', async (t) => {
  const database = await createTestDatabase('samples');
  const data = await mkdtemp(join(tmpdir(), 'credit-samples-'));
  const pool = openPool(database.url, {
    name: 'test',
    readOnly: false,
    onIdleError: () => undefined,
  });
  t.after(async () => {
    await pool.end();
    await database.drop();
    await rm(data, { recursive: true });
  });
  await migrate(database.url, join(sector.directory, 'migrations'));
  const samples = join(sector.directory, 'samples');
  const [first, ...others] = (await readdir(samples)).sort();
  assert.ok(first !== undefined && others.length > 1);
  for (const [at, name] of others.entries()) {
    await pool.query(
      `insert into batches (batch_id, file_name, file_hash, format, bytes, state, started_at)
       values ($1, $1, $2, 'any', 1, $3, now())`,
      [name, hash('sha256', await readFile(join(samples, name))), at === 0 ? 'WITHDRAWN' : 'DONE'],
    );
  }
  const read = (choice?: SampleChoice): ReturnType<typeof importSamples> =>
    importSamples(sector, database.url, data, createLog('test', 'silent'), choice);
  await pool.query(
    `insert into batches (batch_id, file_name, file_hash, format, bytes, state, started_at)
     values ('own', 'own', 'own', 'any', 1, 'DONE', now())`,
  );
  assert.equal((await read('alone')).files, 0, 'the database has a file of its own');
  await pool.query(`delete from batches where batch_id = 'own'`);
  const totals = await read('alone');
  assert.equal(totals.files, 1);
  assert.ok(totals.records > 0);
  assert.deepEqual(await read(), { records: 0, rejected: 0, files: 0 });
  const { rows } = await pool.query(`select file_name from batches where state = 'DONE'`);
  assert.deepEqual(
    rows.map((row: { file_name: string }) => row.file_name).sort(),
    [first, ...others.slice(1)].sort(),
  );
});
