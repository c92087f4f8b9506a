import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { openTestSector, type TestSector } from '../kit/conformance/test-sector.ts';
import type { Receipt } from '../kit/ingestion/import-file.ts';
import { sector } from './sector.ts';

let courts: TestSector;
let today = new Date('2026-11-23T04:00:00Z');
let files = 0;

before(async () => {
  courts = await openTestSector(sector, { now: () => today });
});

after(() => courts.close());

/** Imports one row; each call is a file of its own. */
async function importRow(as: string, row: Readonly<Record<string, string>>): Promise<Receipt> {
  files += 1;
  return courts.importText(`row-${files}.jsonl`, `${JSON.stringify(row)}\n`, as);
}

async function readRejects(
  receipt: Receipt,
): Promise<
  readonly { readonly column: string; readonly value: string; readonly reason: string }[]
> {
  assert.ok(receipt.rejectsFile);
  return parse(await readFile(receipt.rejectsFile, 'utf8'), { bom: true, columns: true });
}

async function reasonOf(receipt: Receipt): Promise<string> {
  assert.equal(receipt.rejected, 1);
  return (await readRejects(receipt))[0]?.reason ?? '';
}

// As the list is passed on; what it tells of persons beside the entity is never read.
const entry = {
  iname: '测试有限公司',
  cardNum: '91990102900000014T',
  businessEntity: '某某',
  age: '0',
  sexy: '',
  courtName: '云州市星湾区人民法院',
  areaName: '岚海',
  gistId: '（2025）岚0101民初7号',
  gistUnit: '云州市星湾区人民法院',
  regDate: '2026年01月05日',
  caseCode: '（2026）岚0101执7号',
  duty: '支付货款十万元。',
  performance: '全部未履行',
  performedPart: '',
  unperformPart: '全部',
  disruptTypeName: '违反财产报告制度',
  publishDate: '2026年02月10日',
};
const ENTRIES = `{ judgmentDebtorEntries { totalCount nodes { caseNumber filedOn grounds
  performance unperformedPart termUntil extensionYears dispute version
  clocks { display { start from until } } history { version performance } } } }`;

// oxlint-disable-next-line typescript/no-explicit-any
async function entriesOf(code: string): Promise<any> {
  return (await courts.section(code, ENTRIES)).data.judgmentDebtorEntries;
}

test('reads the list under the names by which it is passed on', async () => {
  assert.equal((await importRow('judgment-debtors', entry)).inserted, 1);
  assert.deepEqual((await entriesOf(entry.cardNum)).nodes, [
    {
      caseNumber: '(2026)岚0101执7号',
      filedOn: '2026-01-05',
      grounds: ['ASSET_REPORT_BREACH'],
      performance: 'NONE',
      unperformedPart: '全部',
      termUntil: '2028-02-10',
      extensionYears: 0,
      dispute: 'NONE',
      version: 1,
      clocks: { display: { start: 'LISTED', from: '2026-02-10', until: '2028-02-10' } },
      history: [],
    },
  ]);
});

test('refuses the rows of natural persons and shows nothing of them', async () => {
  // Of a province without counties: nobody has them. The form of today, masked, and the old form.
  for (const cardNum of ['110000188402290008', '1100001884****0008', '110000840229001']) {
    const receipt = await importRow('judgment-debtors', { ...entry, cardNum });
    assert.equal(receipt.rejected, 1);
    const text = await readFile(receipt.rejectsFile ?? '', 'utf8');
    assert.ok(!text.includes(cardNum.slice(-6)), 'the number is not repeated');
  }
  const { rows } = await courts.pool.query<{ count: number }>(
    `select count(*) from judgment_debtor_entries where subject_code <> '${entry.cardNum}'`,
  );
  assert.equal(rows[0]?.count, 0);
});

test('a change supersedes, and an entry under review stays on display with its mark', async () => {
  const receipt = await importRow('judgment-debtors', {
    ...entry,
    performance: '部分未履行',
    under_review: '是',
  });
  assert.equal(receipt.changed, 1);
  const { totalCount, nodes } = await entriesOf(entry.cardNum);
  assert.equal(totalCount, 1);
  assert.deepEqual([nodes[0].version, nodes[0].dispute], [2, 'UNDER_REVIEW']);
  assert.deepEqual(nodes[0].history, [{ version: 1, performance: 'NONE' }]);
});

test('the same rows in another file change nothing', async () => {
  const row = { ...entry, cardNum: '93990304NA0000178C' };
  assert.equal((await importRow('judgment-debtors', row)).inserted, 1);
  const second = await importRow('judgment-debtors', { ...row, note: '' });
  assert.deepEqual([second.alreadyImported, second.unchanged], [false, 1]);
  const third = await importRow('judgment-debtors', { ...row, note: '' });
  assert.deepEqual([third.alreadyImported, third.batchId], [true, second.batchId]);
});

test('removal ends the public display of an entry at once', async () => {
  const row = { ...entry, cardNum: '51990000MJ00042R4B' };
  await importRow('judgment-debtors', row);
  assert.equal((await entriesOf(row.cardNum)).totalCount, 1);
  await importRow('judgment-debtors', {
    ...row,
    performance: '全部已履行',
    unperformPart: '',
    removed_on: '2026-11-23',
    removal_reason: '履行完毕',
  });
  assert.deepEqual(await entriesOf(row.cardNum), { totalCount: 0, nodes: [] });
  const { rows } = await courts.pool.query(
    `select disclosure_class, state, term_until, display_until, query_from, query_until
     from judgment_debtor_entries where subject_code = $1 and superseded_at is null`,
    [row.cardNum],
  );
  assert.deepEqual(rows, [
    {
      disclosure_class: 'GOVERNMENT',
      state: 'EFFECTIVE',
      term_until: '2028-02-10',
      display_until: '2026-11-23',
      query_from: '2026-11-23',
      query_until: '2031-11-23',
    },
  ]);
});

test('an entry that should never have been listed is withdrawn', async () => {
  const row = { ...entry, cardNum: '12990000MB1E00XY3N', removed_on: '2026-05-01' };
  await importRow('judgment-debtors', { ...row, removal_reason: '纳入错误' });
  const { rows } = await courts.pool.query<{ state: string }>(
    'select state from judgment_debtor_entries where subject_code = $1',
    [row.cardNum],
  );
  assert.deepEqual(rows, [{ state: 'WITHDRAWN' }]);
});

test('the term is two years and what extends it, and none on the first ground', async () => {
  const termOf = async (cardNum: string, changes: object): Promise<unknown> => {
    await importRow('judgment-debtors', { ...entry, cardNum, ...changes });
    const [node] = (await entriesOf(cardNum)).nodes;
    return [node.termUntil, node.clocks.display.until, node.grounds];
  };
  const violence = '以伪造证据、暴力、威胁等方法妨碍、抗拒执行';
  assert.deepEqual(
    await termOf('91990101MA000004XR', { disruptTypeName: violence, extension_years: '3' }),
    ['2031-02-10', '2031-02-10', ['OBSTRUCTION']],
  );
  const several = '违反限制消费令的，违反财产报告制度的';
  assert.deepEqual(
    await termOf('91990101MA00000905', { disruptTypeName: several, extension_years: '1' }),
    ['2029-02-10', '2029-02-10', ['ASSET_REPORT_BREACH', 'SPENDING_LIMIT_BREACH']],
  );
  const refusal = '有履行能力而拒不履行生效法律文书确定义务,违反财产报告制度';
  assert.deepEqual(await termOf('N2990555MF3G7H122C', { disruptTypeName: refusal }), [
    null,
    null,
    ['ABLE_BUT_REFUSES', 'ASSET_REPORT_BREACH'],
  ]);
  assert.deepEqual(
    await termOf('Y1990999MK55WXYAXM', { regDate: '2015-03-01', publishDate: '2015-04-01' }),
    [null, null, ['ASSET_REPORT_BREACH']],
  );
});

test('an entry leaves the display after the last day of its term', async () => {
  const before = today;
  for (const [instant, count] of [
    ['2028-02-10T15:59:00Z', 1],
    ['2028-02-10T16:01:00Z', 0],
  ] as const) {
    today = new Date(instant);
    assert.equal((await entriesOf('93990304NA0000178C')).totalCount, count, instant);
  }
  today = before;
});

test('refuses entries that contradict themselves or the rules', async () => {
  for (const [changes, reason] of [
    [{ caseCode: '54号' }, /^not a case number/],
    [{ caseCode: '(2026)岚0101民初7号' }, /^not a case of enforcement/],
    [{ caseCode: '(2026)岚0101执异7号' }, /^not a case of enforcement/],
    [{ publishDate: '2026-01-04' }, /^listed before the case was filed$/],
    [{ removed_on: '2026-02-09' }, /^removed before it was listed$/],
    [{ removal_reason: '履行完毕' }, /^a reason of removal without its day$/],
    [{ performance: '全部已履行' }, /^a part is outstanding/],
    [{ disruptTypeName: '违反财产报告制度，其他' }, /^not grounds of listing; known: /],
    [{ extension_years: '1' }, /^a term is extended for violence/],
    [{ extension_years: '4' }, /^not between 0 and 3$/],
    [
      { disruptTypeName: 'ABLE_BUT_REFUSES,OBSTRUCTION', extension_years: '1' },
      /^an extension of an entry without a fixed term$/,
    ],
  ] as const) {
    const receipt = await importRow('judgment-debtors', { ...entry, ...changes });
    assert.match(await reasonOf(receipt), reason);
  }
});

test('refuses the awkward rows of the sample of the list, each for its reason', async () => {
  const name = 'judgment-debtors.csv';
  const receipt = await courts.importText(
    name,
    await readFile(join(sector.directory, 'samples', name)),
  );
  const reasons = (await readRejects(receipt)).map(({ column, reason }) => `${column}: ${reason}`);
  const code = '身份证号码/组织机构代码';
  const duty = '生效法律文书确定的义务';
  assert.deepEqual(reasons.sort(), [
    ': 19 fields, expected 18: an unquoted comma?',
    `${duty}: broken characters: the file changes its encoding here, or was damaged before`,
    `${duty}: holds a resident identity number`,
    `${code}: 9 characters: an organisation code, not a credit code`,
    `${code}: masked with *: the whole code is needed`,
  ]);
  assert.equal(receipt.unchanged, 1);
});
