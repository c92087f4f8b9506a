import assert from 'node:assert/strict';
import type { PoolClient } from 'pg';
import { after, afterEach, before, describe, test } from 'node:test';
import { makeCreditCode } from '../values/credit-code.ts';
import { deferIndexes, type Run } from '../database/defer-indexes.ts';
import { CODE, countsOf, csv, openImportBench, type ImportBench } from './test/import-bench.ts';

const runBy =
  (client: PoolClient): Run =>
  async <Row extends object>(text: string, values: unknown[]) =>
    (await client.query<Row>(text, values)).rows;

/** As many as a first batch must have at least. */
const ROWS = 20_000;

describe('a large first batch', () => {
  let bench: ImportBench;
  let indexes: unknown;

  before(async () => {
    bench = await openImportBench();
    indexes = await listIndexes();
  });
  afterEach(() => bench.empty());
  after(() => bench.close());

  const listIndexes = (): Promise<unknown> =>
    bench.rows(
      `select indexdef, (select conname from pg_constraint where conindid = indexname::regclass)
       from pg_indexes where tablename = 'penalties' order by indexname`,
    );
  const largeFile = (): string =>
    csv(
      ...Array.from({ length: ROWS }, (_, index) => {
        const body = index.toString().padStart(8, '0');
        return `${makeCreditCode('9', '1', '990101', body)},2024-${index},事实,2024-01-05`;
      }),
    );

  test('finds all indexes and keys again when it is in', async () => {
    assert.ok((indexes as unknown[]).length >= 4);
    assert.deepEqual(countsOf(await bench.importText(largeFile())), [ROWS, ROWS, 0, 0, 0]);
    assert.deepEqual(await listIndexes(), indexes);
    // They hold what came in: a record of the batch is found and known again.
    const again = await bench.importText(`${largeFile()}${CODE},2024-X,事实,2024-01-05\n`);
    assert.deepEqual(countsOf(again), [ROWS + 1, 1, 0, ROWS, 0]);
  });

  test('leaves them where it is only tried', async () => {
    await bench.importText(largeFile(), { dryRun: true });
    assert.deepEqual(await listIndexes(), indexes);
    assert.deepEqual(await bench.rows('select from penalties'), []);
  });

  /** Runs in a transaction that is taken back. */
  const inVain = async (work: (client: PoolClient) => Promise<void>): Promise<void> => {
    const client = await bench.pool.connect();
    try {
      await client.query('begin');
      await work(client);
    } finally {
      await client.query('rollback');
      client.release();
    }
    assert.deepEqual(await listIndexes(), indexes);
  };

  test('fails as a whole where rows are against a key', async () => {
    await bench.importText(csv(`${CODE},2024-1,事实,2024-01-05`));
    await inVain(async (client) => {
      const build = await deferIndexes(runBy(client), 'penalties');
      const left = await client.query(`select from pg_indexes where tablename = 'penalties'`);
      assert.deepEqual(left.rows, []);
      await client.query('insert into penalties select * from penalties');
      await assert.rejects(build(), { code: '23505' });
    });
  });

  test('leaves the key that another table refers to', () =>
    inVain(async (client) => {
      await client.query(
        `create table parts (subject_code text, record_id text, version integer,
           foreign key (subject_code, record_id, version) references penalties)`,
      );
      const build = await deferIndexes(runBy(client), 'penalties');
      const left = await client.query(
        `select indexname from pg_indexes where tablename = 'penalties'`,
      );
      assert.deepEqual(left.rows, [{ indexname: 'penalties_pkey' }]);
      await build();
    }));
});
