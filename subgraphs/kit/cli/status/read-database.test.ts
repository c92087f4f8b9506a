// The state of a database in each stage of its life, read without changing anything.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sector } from '../../../tax/sector.ts';
import { grantAccess } from '../../database/grant-access.ts';
import { migrate } from '../../database/migrate.ts';
import { openPool } from '../../database/pool.ts';
import { createTestDatabase } from '../../database/test-database.ts';
import { accessOfSector } from '../../server/sector-access.ts';
import { insertTaxRow } from '../../database/test-tax-rows.ts';
import { readDatabase } from './read-database.ts';
import type { OpenDatabaseState, RecordTypeState } from './sector-state.ts';

const CODE = '91990101MA7K3P2Q8J';
const SECRET = 'a secret of at least thirty-two characters';
const NOW = new Date('2026-07-01T04:00:00Z');

test('reads a database from empty to filled, and says when it is gone', async (t) => {
  const database = await createTestDatabase('status');
  const pool = openPool(database.url, {
    name: 'test',
    readOnly: false,
    onIdleError: () => undefined,
  });
  let isDropped = false;
  const drop = async (): Promise<void> => {
    if (isDropped) return;
    isDropped = true;
    await pool.end();
    await database.drop();
  };
  t.after(drop);
  const read = async (): Promise<OpenDatabaseState> => {
    const state = await readDatabase(sector, database.url, SECRET, NOW);
    assert.equal(state.kind, 'open');
    return state;
  };

  await t.test('empty: everything waits, and nothing is made', async () => {
    const state = await read();
    assert.ok(state.migrationsPending.includes('20260101_records'));
    assert.equal(state.readersCurrent, false);
    assert.deepEqual([state.records, state.imports], [[], []]);
    const { rows } = await pool.query(
      `select from pg_class where relnamespace = 'public'::regnamespace`,
    );
    assert.equal(rows.length, 0);
  });

  await t.test('migrated: its readers wait; granted: nothing does', async () => {
    await migrate(database.url, `${sector.directory}/migrations`);
    const migrated = await read();
    assert.deepEqual(migrated.migrationsPending, []);
    assert.equal(migrated.readersCurrent, false);
    await grantAccess(database.url, { ...accessOfSector(sector), secret: SECRET });
    assert.equal((await read()).readersCurrent, true);
  });

  await t.test('filled: records by type, the last file of each format, displays', async () => {
    const insert = (id: string, more: Readonly<Record<string, unknown>>): Promise<void> =>
      insertTaxRow(pool, 'penalties', CODE, id, more);
    await insert('ends', { display_until: '2026-07-01' });
    await insert('over', { display_until: '2026-06-30' });
    await insert('before', { superseded_at: '2026-02-01T00:00:00Z', display_until: '2020-01-01' });
    await insert('due', { deletion_until: '2026-06-30' });
    for (const [id, format, state, at] of [
      ['1', 'penalties', 'DONE', '2026-06-01T08:00:00Z'],
      ['2', 'penalties', 'DONE', '2026-06-03T08:00:00Z'],
      ['3', 'penalties', 'WITHDRAWN', '2026-06-04T08:00:00Z'],
      ['4', 'ratings', 'DONE', '2026-06-02T08:00:00Z'],
    ]) {
      await pool.query(
        `insert into batches (batch_id, file_name, file_hash, format, bytes, state, started_at,
           finished_at, read, inserted) values ($1, $1, 'h', $2, 1, $3, $4, $4, 5, 4)`,
        [id, format, state, at],
      );
    }
    const { records, imports, batchesWithdrawn, display } = await read();
    assert.deepEqual(
      records.find(({ type }) => type === 'TaxPenalty'),
      { type: 'TaxPenalty', current: 3, versions: 4, isEstimate: false },
    );
    assert.deepEqual(
      imports.map(({ format, fileName, at, inserted }) => [format, fileName, at, inserted]),
      [
        ['penalties', '2', '2026-06-03T08:00:00.000Z', 4],
        ['ratings', '4', '2026-06-02T08:00:00.000Z', 4],
      ],
    );
    assert.equal(batchesWithdrawn, 1);
    assert.deepEqual(display, {
      ended: 1,
      endedFirstOn: '2026-06-30',
      nextEndsOn: '2026-07-01',
      deletionDue: 1,
      isEstimate: false,
    });
  });

  await t.test(
    'large: what the planner expects, said to be that, and no table read through',
    async () => {
      await pool.query(
        `insert into penalties select (jsonb_populate_record(p,
         jsonb_build_object('record_id', 'copy-' || n, 'display_until', date '2026-06-01' + n % 60))).*
       from penalties p, generate_series(1, 3000) n where p.record_id = 'ends'`,
      );
      await pool.query('analyze penalties');
      const state = await readDatabase(sector, database.url, SECRET, NOW, 1_000);
      assert.equal(state.kind, 'open');
      const of = (type: string): RecordTypeState | undefined =>
        state.records.find((one) => one.type === type);
      const penalties = of('TaxPenalty');
      assert.equal(penalties?.isEstimate, true);
      assert.ok(Math.abs(penalties.current - 3_003) < 300, String(penalties.current));
      assert.equal(of('TaxCreditRating')?.isEstimate, false);
      const { display } = state;
      assert.equal(display.isEstimate, true);
      assert.equal(display.endedFirstOn, null);
      assert.equal(display.nextEndsOn, '2026-07-01');
      assert.ok(Math.abs(display.ended - 1_500) < 300, String(display.ended));
    },
  );

  await t.test('touched by hand: its readers are not current', async () => {
    await pool.query('grant select on batches to public');
    assert.equal((await read()).readersCurrent, false);
  });

  await t.test('gone, and on a server that does not answer', async () => {
    await drop();
    assert.equal((await readDatabase(sector, database.url, SECRET, NOW)).kind, 'missing');
    const nowhere = 'postgres://nobody:x@127.0.0.1:1/none';
    assert.equal((await readDatabase(sector, nowhere, SECRET, NOW)).kind, 'unreachable');
  });
});
