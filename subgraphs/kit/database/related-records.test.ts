// Records that belong to other records: by subject and value, in order, bounded, and never by a field
// or of a row that the viewer may not see.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { creditRatings, penalties } from '../../tax/records.ts';
import { readFieldClasses } from '../authority/labels.ts';
import { PUBLIC_AUTHORITY } from '../authority/policy.ts';
import { readSectorSchema } from '../composition/sector-schema.ts';
import { openPool, type Pool } from './pool.ts';
import { loadRelated, type RelatedKey, type RelatedRequest } from './related-records.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { A, B, insertTaxRow, TODAY } from './test-tax-rows.ts';

const tax = join(import.meta.dirname, '../../tax');
const classes = readFieldClasses(readSectorSchema(join(tax, 'schema.graphql')));

let database: TestDatabase;
let pool: Pool;

const insert = (more: Readonly<Record<string, unknown>>): Promise<void> =>
  insertTaxRow(pool, 'penalties', A, 'r1', { decision_number: 'one', ...more });

before(async () => {
  database = await createTestDatabase('related', join(tax, 'migrations'));
  pool = openPool(database.url, { name: 'test', readOnly: false, onIdleError: () => undefined });
  await insert({});
  await insert({ record_id: 'r2', sort_date: '2026-02-01' });
  await insert({ record_id: 'r3', subject_code: B });
  await insert({ record_id: 'r4', decision_number: 'two' });
  await insert({ record_id: 'h1', disclosure_class: 'AGENCY' });
  await insert({ record_id: 'h2', state: 'WITHDRAWN' });
  await insert({ record_id: 'h3', display_until: '2026-06-30' });
  await insert({
    record_id: 'h4',
    superseded_at: '2026-02-01T00:00:00Z',
    disclosure_class: 'PUBLIC',
  });
  await insert({
    record_id: 'h4',
    version: 2,
    recorded_at: '2026-02-01T00:00:00Z',
    state: 'REPAIRED',
  });
  await insert({
    record_id: 'r5',
    decision_number: 'three',
    superseded_at: '2026-03-01T00:00:00Z',
  });
  await insert({
    record_id: 'r5',
    decision_number: 'four',
    version: 2,
    recorded_at: '2026-03-01T00:00:00Z',
  });
});

after(async () => {
  await pool.end();
  await database.drop();
});

async function idsOf(
  keys: readonly RelatedKey[],
  more: Partial<RelatedRequest> = {},
): Promise<readonly (readonly string[])[]> {
  const request: RelatedRequest = {
    table: penalties,
    field: 'decisionNumber',
    asOf: null,
    reader: pool,
    classes,
    authority: PUBLIC_AUTHORITY,
    today: TODAY,
    ...more,
  };
  const found = await loadRelated(request, keys);
  return found.map((nodes) => nodes.map((node) => node.id));
}

const key = (value: string, code = A): RelatedKey => ({ code, value });

test('reads the records of many keys in their order, newest first, of their subject alone', async () => {
  assert.deepEqual(await idsOf([key('none'), key('one', B), key('one'), key('two'), key('one')]), [
    [],
    ['r3'],
    ['r2', 'r1'],
    ['r4'],
    ['r2', 'r1'],
  ]);
});

test('reads nothing for no key, and for a value that is a pattern or a statement', async () => {
  assert.deepEqual(await idsOf([]), []);
  assert.deepEqual(await idsOf([key('%'), key(`one' or '1'='1`), key('')]), [[], [], []]);
});

test('reads what stood on a day, and none that is hidden now', async () => {
  assert.deepEqual(await idsOf([key('three'), key('four')]), [[], ['r5']]);
  const asOf = '2026-02-28';
  assert.deepEqual(await idsOf([key('three'), key('four'), key('one')], { asOf }), [
    ['r5'],
    [],
    ['r2', 'r1'],
  ]);
  // The day ends at midnight in China: 16:00 in UTC.
  await pool.query(
    `update penalties set recorded_at = '2026-02-28T15:59:00Z' where record_id = 'r5' and version = 2`,
  );
  assert.deepEqual(await idsOf([key('three')], { asOf }), [[]]);
});

test('reads at most 50 records a key', async () => {
  await Promise.all(
    Array.from({ length: 60 }, (_, at) => insert({ record_id: `m${at}`, decision_number: 'many' })),
  );
  const [many, one] = await idsOf([key('many'), key('one')]);
  assert.deepEqual([many?.length, one?.length], [50, 2]);
});

test('reads nothing by a field that the viewer may not see, and sends no statement', async () => {
  const table = {
    ...creditRatings,
    columns: { ...creditRatings.columns, score: { sql: 'grade', kind: 'text' } },
  } as const;
  const gone = { query: () => Promise.reject(new Error('a statement was sent')) };
  assert.deepEqual(await idsOf([key('A')], { table, field: 'score', reader: gone }), [[]]);
});

test('refuses a field that is no text', async () => {
  await assert.rejects(
    idsOf([key('x')], { field: 'kinds' }),
    /TaxPenalty.kinds is no column of text/,
  );
});
