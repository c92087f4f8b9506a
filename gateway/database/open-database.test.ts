import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrateDown, migrationStatus } from '../../subgraphs/kit/database/migrate.ts';
import { openPool } from '../../subgraphs/kit/database/pool.ts';
import { createTestDatabase } from '../../subgraphs/kit/database/test-database.ts';
import { createLog } from '../../subgraphs/kit/log.ts';
import { openDatabase } from './open-database.ts';

const log = createLog('test', 'silent');

test('keeps each supergraph with the first time it was served', async (t) => {
  const own = await createTestDatabase('gateway');
  const database = await openDatabase(own.url, log);
  const pool = openPool(own.url, { name: 'test', onIdleError: () => undefined });
  t.after(async () => {
    await pool.end();
    await database.close();
    await own.drop();
  });
  const read = async (): Promise<unknown[]> =>
    (await pool.query<object>('select * from supergraph_generations order by generation')).rows;

  await database.recordGeneration('aa', 'type A');
  const [first] = await read();
  await database.recordGeneration('aa', 'type A');
  await database.recordGeneration('bb', 'type B');
  const rows = await read();
  assert.equal(rows.length, 2);
  assert.deepEqual(rows[0], first);
  assert.equal(await database.isAnswering(), true);
});

test('says that a database is gone instead of failing', async () => {
  const own = await createTestDatabase('gateway');
  const database = await openDatabase(own.url, log);
  await own.drop();
  assert.equal(await database.isAnswering(), false);
  await database.close();
});

test('takes its migration back', async (t) => {
  const own = await createTestDatabase('gateway');
  t.after(() => own.drop());
  await (await openDatabase(own.url, log)).close();
  const directory = `${import.meta.dirname}/migrations`;
  await migrateDown(own.url, directory);
  assert.deepEqual((await migrationStatus(own.url, directory)).applied, []);
});
