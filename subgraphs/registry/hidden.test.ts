// What is hidden leaves no trace: two registries that differ only in rows above PUBLIC give the public
// the same bytes, whatever it asks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestSector, type TestSector } from '../kit/conformance/test-sector.ts';
import { sector } from './sector.ts';
import { codeOf, linesOf, type TestRow } from './test-rows.ts';

const SHOWN: readonly TestRow[] = Array.from({ length: 40 }, (_, index) => ({
  index: 93_000 + index,
  name: `青岚市${['竹途', '溪岭', '荷堤', '榆雁'][index % 4] ?? ''}${['贸易', '物流'][index % 2] ?? ''}有限公司`,
  name_en: `Qinglan Trading ${index % 7} Co., Ltd.`,
  region: `99030${(index % 8) + 1}`,
  status: index % 5 === 0 ? '注销' : '存续',
}));

/** Households whose names would match everything that is searched for below. */
const HIDDEN: readonly TestRow[] = Array.from({ length: 60 }, (_, index) => ({
  index: 94_000 + index,
  prefix: '92',
  name: ['青岚市竹途贸易有限公司', '青岚市竹涂贸易有限公司', '竹途', '竹途小吃店'][index % 4] ?? '',
  name_en: 'Qinglan Trading 0 Co., Ltd.',
  former_names: [{ name: '青岚市溪岭物流有限公司' }],
  region: '990301',
}));

const PAGE = `totalCount isTotalCapped pageInfo { hasNextPage startCursor endCursor }
  edges { cursor match { kind matchedName isFormerName confidence } node { code name } }`;

const OPERATIONS: readonly string[] = [
  ...[
    '青岚市竹途贸易有限公司',
    '竹途',
    '青岚市竹塗贸易',
    '有限公司',
    '青',
    'qinglan trading',
    'q',
  ].map((name) => `{ searchSubjects(name: "${name}") { ${PAGE} } }`),
  '竹途|region: "990301"|first: 1',
  '竹途|category: [INDIVIDUAL_HOUSEHOLD]',
  '有限公司|category: [INDIVIDUAL_HOUSEHOLD, ENTERPRISE], status: [ACTIVE]|first: 3',
].map((operation) => {
  if (operation.startsWith('{')) return operation;
  const [name = '', ...further] = operation.split('|');
  return `{ searchSubjects(name: "${name}", ${further.join(', ')}) { ${PAGE} } }`;
});

const LISTS: readonly string[] = ['', '(region: "9903")', '(category: [INDIVIDUAL_HOUSEHOLD])'].map(
  (args) => `{ searchSubjects${args} { ${PAGE} } }`,
);

let shown: TestSector;
let both: TestSector;

before(async () => {
  shown = await openTestSector(sector);
  both = await openTestSector(sector);
  await shown.importText('shown.jsonl', linesOf(SHOWN));
  await both.importText('both.jsonl', linesOf([...HIDDEN, ...SHOWN]));
});
after(() => Promise.all([shown.close(), both.close()]));

for (const operation of [...OPERATIONS, ...LISTS]) {
  test(`hidden subjects have no part in ${operation.replace(PAGE, '...')}`, async () => {
    const without = await shown.query(operation);
    assert.equal(without.errors, undefined, JSON.stringify(without.errors));
    assert.deepEqual(await both.query(operation), without);
  });
}

test('statistics of the names are those of shown subjects alone', async () => {
  for (const { pool } of [shown, both]) await pool.query('analyze subject_names');
  const [one, other] = await Promise.all(
    [shown, both].map(({ pool }) =>
      pool.query(`select most_common_elems::text, most_common_elem_freqs from pg_stats
        where tablename = 'subject_names' and attname = 'terms'`),
    ),
  );
  assert.deepEqual(other?.rows, one?.rows);
});

test('a hidden subject answers as one that is unknown', async () => {
  const [household] = HIDDEN;
  assert.ok(household);
  const operation = `{ subject(code: "${codeOf(household)}") { code name }
    subjects(codes: ["${codeOf(household)}"]) { code name registration { id } } }`;
  const without = await shown.query(operation);
  assert.deepEqual(without.data, { subject: null, subjects: [null] });
  assert.deepEqual(await both.query(operation), without);
});

test('the feed of changes tells nothing of hidden subjects', async () => {
  const operation = '{ registryChanges(first: 100) { nodes { kind record { id } } hasNextPage } }';
  const without = await shown.query(operation);
  assert.equal(without.data.registryChanges.nodes.length, SHOWN.length);
  const idsOf = ({ data }: typeof without): string[] =>
    (data as { registryChanges: { nodes: { record: { id: string } }[] } }).registryChanges.nodes
      .map(({ record }) => record.id)
      .sort();
  assert.deepEqual(idsOf(await both.query(operation)), idsOf(without));
});
