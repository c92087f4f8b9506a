// Registration files through the real import, and the names that are kept with them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openTestSector, type TestSector } from '../kit/conformance/test-sector.ts';
import type { Receipt } from '../kit/ingestion/import-file.ts';
import { SAMPLE_POPULATION } from '../kit/samples/population.ts';
import { sector } from './sector.ts';
import { codeOf, linesOf, type TestRow } from './test-rows.ts';

let registry: TestSector;
let receipts: readonly Receipt[];

before(async () => {
  registry = await openTestSector(sector);
  receipts = await registry.importSamples();
});
after(() => registry.close());

test('every subject of the samples is read, in each kind of file', () => {
  assert.deepEqual(
    receipts.map(({ file, kind, unchanged, rejected }) => ({ file, kind, unchanged, rejected })),
    [
      { file: 'ended-enterprises.csv', kind: 'CSV', unchanged: 0, rejected: 0 },
      { file: 'enterprises.csv', kind: 'CSV', unchanged: 1, rejected: 5 },
      { file: 'households.xlsx', kind: 'XLSX', unchanged: 0, rejected: 0 },
      { file: 'organisations.jsonl', kind: 'JSON Lines', unchanged: 0, rejected: 0 },
    ],
  );
  const records = receipts.reduce((sum, { inserted }) => sum + inserted, 0);
  assert.equal(records, SAMPLE_POPULATION.size);
});

test('the awkward rows of the samples are refused, each for its reason', async () => {
  const sample = await readFile(join(sector.directory, 'samples', 'enterprises.csv'));
  const again = await registry.importText(
    'again.csv',
    Buffer.concat([sample, Buffer.from('\r\n')]),
  );
  assert.deepEqual([again.inserted, again.changed, again.rejected], [0, 0, 5]);
  const rejects = await readFile(again.rejectsFile ?? '', 'utf8');
  for (const reason of [
    /an organisation code, not a credit code/,
    /masked with \*/,
    /holds a resident identity number/,
    /broken characters/,
  ]) {
    assert.match(rejects, reason);
  }
  assert.doesNotMatch(rejects, /1884022/);
});

test('the same file again changes nothing', async () => {
  const [again] = await registry.importSamples();
  assert.equal(again?.alreadyImported, true);
});

const SPELLINGS: readonly (readonly [why: string, columns: object, stored: object])[] = [
  ['a status in the words of the registrar', { status: '吊销，未注销' }, { status: 'REVOKED' }],
  ['a status that is its own spelling', { status: 'MOVED_OUT' }, { status: 'MOVED_OUT' }],
  ['the region of the code where the file has none', {}, { region_code: '990101' }],
  ['the region of the file where it has one', { region_code: '990203' }, { region_code: '990203' }],
  ['an end without a day', { status: '注销', ended_on: '9999-9-9' }, { ended_on: null }],
  [
    'a bare organisation code',
    { organisation_code: 'ma7k3p2q8' },
    {
      identifiers: [{ scheme: 'ORGANISATION_CODE', value: 'MA7K3P2Q-8' }],
    },
  ],
  [
    'the certificates of institutions and social bodies',
    { institution_number: '事证第199010100123号', social_body_number: '云社证字第0123号' },
    {
      identifiers: [
        { scheme: 'INSTITUTION_NUMBER', value: '事证第199010100123号' },
        { scheme: 'SOCIAL_BODY_NUMBER', value: '云社证字第0123号' },
      ],
    },
  ],
  [
    'former names in one text',
    { former_names_text: '甲公司（至2020-01-31）；乙公司' },
    {
      former_names: [
        { name: '甲公司', nameEnglish: null, until: '2020-01-31' },
        { name: '乙公司', nameEnglish: null, until: null },
      ],
    },
  ],
];

for (const [at, [why, columns, stored]] of SPELLINGS.entries()) {
  test(`an import reads ${why}`, async () => {
    const row: TestRow = { index: 91_000 + at, name: `读数${at}有限公司`, ...columns };
    const receipt = await registry.importText(`spelling-${at}.jsonl`, linesOf([row]));
    assert.equal(receipt.inserted, 1);
    const { rows } = await registry.pool.query<Record<string, unknown>>(
      'select * from registrations where subject_code = $1',
      [codeOf(row)],
    );
    for (const [column, value] of Object.entries(stored))
      assert.deepEqual(rows[0]?.[column], value);
  });
}

const REFUSED: readonly (readonly [why: string, columns: object, reason: RegExp])[] = [
  ['an end before the beginning', { status: '注销', ended_on: '2016-02-28' }, /ended before/],
  ['an end of what is active', { ended_on: '2020-01-01' }, /has not ended/],
  ['a region that is none', { region_code: '9901' }, /six digits/],
  ['an unknown status', { status: '歇业' }, /not one of/],
  ['no day of establishment', { established_on: '' }, /is empty/],
  ['a tax number of a person', { tax_number: '12345678901234567' }, /region and an organisation/],
  ['a registration number cut short', { registration_number: '33020300003063' }, /13 or 15 digits/],
  ['former names that are none', { former_names: [{ until: '2020-01-01' }] }, /no name/],
];

for (const [at, [why, columns, reason]] of REFUSED.entries()) {
  test(`an import refuses ${why}`, async () => {
    const row: TestRow = { index: 92_000 + at, name: `拒收${at}有限公司`, ...columns };
    const receipt = await registry.importText(`refused-${at}.jsonl`, linesOf([row]));
    assert.deepEqual([receipt.inserted, receipt.rejected], [0, 1]);
    assert.match(await readFile(receipt.rejectsFile ?? '', 'utf8'), reason);
  });
}

test('the category comes from the code, whatever a file says', async () => {
  const row: TestRow = { index: 90_110, name: '某某基金会', prefix: '53', category: 'ENTERPRISE' };
  await registry.importText('category.jsonl', linesOf([row]));
  const { data } = await registry.query(`{ subject(code: "${codeOf(row)}") { category } }`);
  assert.deepEqual(data.subject, { category: 'FOUNDATION' });
});

test('a household is kept above PUBLIC, and no person of it at all', async () => {
  const person = {
    经营者: '张三',
    operator: '张三',
    legal_representative: '李四',
    phone: '13800138000',
  };
  const row: TestRow = { index: 90_111, name: '云州市星湾区青荷面馆', prefix: '92', ...person };
  await registry.importText('operator.jsonl', linesOf([row]));
  const { rows } = await registry.pool.query<{ row: string; disclosure_class: string }>(
    'select disclosure_class, r::text as row from registrations r where subject_code = $1',
    [codeOf(row)],
  );
  assert.equal(rows[0]?.disclosure_class, 'REGISTERED');
  assert.doesNotMatch(rows[0].row, /张三|李四|13800138000/);
  const named = await registry.pool.query('select 1 from subject_names where subject_code = $1', [
    codeOf(row),
  ]);
  assert.equal(named.rowCount, 0);
});

test('the search follows a change of name, status, region and class in the same import', async () => {
  const row: TestRow = { index: 90_130, name: '沧岭市鹭屿测绘有限公司' };
  const search = async (name: string, filters = ''): Promise<unknown> => {
    const { data } = await registry.query(
      `query ($name: String) { searchSubjects(name: $name ${filters}) { totalCount edges {
         node { code } match { kind isFormerName } } } }`,
      { name },
    );
    return data.searchSubjects.edges.map((edge: { node: object; match: object }) => ({
      ...edge.node,
      ...edge.match,
    }));
  };
  const found = { code: codeOf(row), kind: 'EXACT', isFormerName: false };
  await registry.importText('follow-1.jsonl', linesOf([row]));
  assert.deepEqual(await search(row.name), [found]);
  const former = [{ name: row.name, until: '2026-06-01' }];
  const renamed: TestRow = { ...row, name: '沧岭市榆雁测绘有限公司', former_names: former };
  await registry.importText('follow-2.jsonl', linesOf([renamed]));
  assert.deepEqual(await search(row.name), [{ ...found, isFormerName: true }]);
  assert.deepEqual(await search(renamed.name), [found]);
  const ended = { ...renamed, status: '注销', ended_on: '2026-07-01', region_code: '990701' };
  await registry.importText('follow-3.jsonl', linesOf([ended]));
  assert.deepEqual(await search(renamed.name, 'status: [ACTIVE]'), []);
  assert.deepEqual(await search(renamed.name, 'status: [CANCELLED], region: "9907"'), [found]);
  await registry.pool.query(
    `update registrations set disclosure_class = 'REGISTERED', batch_id = 'hidden'
     where subject_code = $1 and superseded_at is null`,
    [codeOf(row)],
  );
  const client = await registry.pool.connect();
  try {
    await sector.afterMerge?.(client, 'hidden');
  } finally {
    client.release();
  }
  assert.deepEqual(await search(renamed.name), []);
});

test('the table of names refuses a row that is not public', async () => {
  const insert = `insert into subject_names
      (subject_code, no, kind, name, normalised, place, status, category, region_code,
       disclosure_class, state, terms)
    values ('x', 0, 'CURRENT', 'x', 'x', 0, 'ACTIVE', 'ENTERPRISE', '990101', $1, $2, '{}')`;
  for (const values of [
    ['REGISTERED', 'EFFECTIVE'],
    ['PUBLIC', 'WITHDRAWN'],
  ]) {
    await assert.rejects(registry.pool.query(insert, values), { code: '23514' });
  }
});
