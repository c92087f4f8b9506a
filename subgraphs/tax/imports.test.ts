import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openTestSector, type TestSector } from '../kit/conformance/test-sector.ts';
import { parse } from 'csv-parse/sync';
import type { Receipt } from '../kit/ingestion/import-file.ts';
import { sector } from './sector.ts';

let tax: TestSector;
let today = new Date('2026-11-23T04:00:00Z');

before(async () => {
  tax = await openTestSector(sector, { now: () => today });
});

after(() => tax.close());

const OFFICE = '云州市星湾区税务局';

/** Imports one row under English headings; each call is a file of its own. */
async function importRow(as: string, row: Readonly<Record<string, string>>): Promise<Receipt> {
  files += 1;
  return tax.importText(`row-${files}.jsonl`, `${JSON.stringify(row)}\n`, as);
}
let files = 0;

async function reasonOf(receipt: Receipt): Promise<string> {
  assert.equal(receipt.rejected, 1);
  return (await readRejects(receipt))[0]?.reason ?? '';
}

async function readRejects(
  receipt: Receipt,
): Promise<readonly { readonly line: string; readonly column: string; readonly reason: string }[]> {
  assert.ok(receipt.rejectsFile);
  const text = await readFile(receipt.rejectsFile, 'utf8');
  return parse(text, { bom: true, columns: true });
}

const violation = {
  uscc: '91990102900000014T',
  case_nature: '偷税',
  facts: '少列收入',
  tax_amount_yuan: '12,345.60',
  entered_on: '2026-01-10',
  removed_on: '',
  authority: OFFICE,
};

test('a file that was imported before changes nothing, under any name', async () => {
  const text = `${JSON.stringify({ ...violation, uscc: '93990304NA0000178C' })}\n`;
  const first = await tax.importText('once.jsonl', text);
  const second = await tax.importText('twice.jsonl', text);
  const third = await tax.importText('thrice.jsonl', `${text}\n`);
  assert.deepEqual([first.inserted, first.alreadyImported], [1, false]);
  assert.deepEqual([second.inserted, second.alreadyImported], [0, true]);
  assert.deepEqual([third.inserted, third.changed, third.unchanged], [0, 0, 1]);
});

test('removal ends the display of a violation, and a change keeps the version before', async () => {
  const selection = `{ majorViolations { totalCount nodes { version facts removedOn
    taxAmount { minorUnits } supersededAt clocks { display { until } }
    history { version facts supersededAt } } } }`;
  await importRow('major-violations', violation);
  await importRow('major-violations', { ...violation, facts: '少列收入，隐匿账簿' });
  const { data } = await tax.section(violation.uscc, selection);
  const [record] = data.majorViolations.nodes;
  assert.equal(data.majorViolations.totalCount, 1);
  assert.deepEqual([record.version, record.facts], [2, '少列收入，隐匿账簿']);
  assert.equal(record.taxAmount.minorUnits, 1_234_560);
  assert.equal(record.clocks.display.until, '2029-01-10');
  assert.equal(record.supersededAt, null);
  assert.deepEqual(
    record.history.map((old: { version: number; facts: string }) => [old.version, old.facts]),
    [[1, '少列收入']],
  );
  assert.notEqual(record.history[0].supersededAt, null);

  const removed = await importRow('major-violations', { ...violation, removed_on: '2026-10-31' });
  assert.equal(removed.changed, 1);
  const after = await tax.section(violation.uscc, selection);
  assert.deepEqual(after.data.majorViolations, { totalCount: 0, nodes: [] });
});

const penalty = {
  subject_name: '测试有限公司',
  uscc: '91990101MA000004XR',
  decision_number: '云州税罚〔2026〕9001号',
  kinds: '罚款、没收违法所得',
  fine_10k_yuan: '1.5',
  severity: 'SERIOUS',
  decided_on: '2025-12-01',
  valid_until: '9999-9-9',
  display_until: '',
  authority: OFFICE,
  state: '有效',
};
const PENALTY = `{ penalties { nodes { kinds fine { minorUnits } validUntil
  clocks { display { until } } } } }`;

test('displays a serious penalty for three years, and not a day longer', async () => {
  await importRow('penalties', penalty);
  const { data } = await tax.section(penalty.uscc, PENALTY);
  assert.deepEqual(data.penalties.nodes, [
    {
      kinds: ['CONFISCATION', 'FINE'],
      fine: { minorUnits: 1_500_000 },
      validUntil: null,
      clocks: { display: { until: '2028-12-01' } },
    },
  ]);
  const before = today;
  for (const [day, count] of [
    ['2028-12-01T15:59:00Z', 1],
    ['2028-12-01T16:01:00Z', 0],
  ] as const) {
    today = new Date(day);
    const answer = await tax.section(penalty.uscc, '{ penalties { totalCount } }');
    assert.equal(answer.data.penalties.totalCount, count, day);
  }
  today = before;
});

test('a last day in the file ends the display sooner, never later', async () => {
  const untilOf = async (uscc: string): Promise<string> =>
    (await tax.section(uscc, PENALTY)).data.penalties.nodes[0].clocks.display.until as string;
  const sooner = { ...penalty, uscc: '91990101MA00000905' };
  await importRow('penalties', { ...sooner, display_until: '2027-01-31' });
  assert.equal(await untilOf(sooner.uscc), '2027-01-31');
  const later = { ...penalty, uscc: '51990000MJ00042R4B' };
  await importRow('penalties', { ...later, display_until: '2035-01-31' });
  assert.equal(await untilOf(later.uscc), '2028-12-01');
});

test('a repaired or withdrawn penalty is no longer displayed, in its history neither', async () => {
  for (const [uscc, state] of [
    ['12990000MB1E00XY3N', '已修复'],
    ['N2990555MF3G7H122C', '已撤销'],
  ] as const) {
    const own = { ...penalty, uscc };
    await importRow('penalties', own);
    assert.equal((await tax.section(uscc, PENALTY)).data.penalties.nodes.length, 1);
    await importRow('penalties', { ...own, state, annul_reason: '原因' });
    assert.equal((await tax.section(uscc, PENALTY)).data.penalties.nodes.length, 0, state);
  }
});

test('refuses a ground of a direct D beside another grade', async () => {
  const rating = { uscc: penalty.uscc, rating_year: '2025', rated_on: '2026-04-20' };
  const row = { ...rating, authority: OFFICE, direct_ground: '其他' };
  const refused = await importRow('ratings', { ...row, grade: 'B' });
  assert.equal(await reasonOf(refused), 'a ground of a direct D beside the grade B');
  assert.equal((await importRow('ratings', { ...row, grade: 'D级' })).inserted, 1);
});

test('an A that is lowered is no longer returned, for a day in the past neither', async () => {
  const row = {
    uscc: 'Y1990999MK55WXYAXM',
    rating_year: '2025',
    grade: 'A',
    rated_on: '2026-04-20',
    authority: OFFICE,
  };
  const read = async (asOf: string): Promise<unknown> => {
    const { data } = await tax.query(
      `query ($r: [_Any!]!, $asOf: Date) { _entities(representations: $r) { ... on Subject {
         tax(asOf: $asOf) { creditRatings { totalCount nodes { grade } } } } } }`,
      { r: [{ __typename: 'Subject', code: row.uscc }], asOf },
    );
    return data._entities[0].tax.creditRatings;
  };
  const past = '2026-11-10';
  await importRow('ratings', row);
  await tax.pool.query(`update credit_ratings set recorded_at = '2026-11-01' where grade = 'A'`);
  assert.deepEqual(await read(past), { totalCount: 1, nodes: [{ grade: 'A' }] });
  assert.equal((await importRow('ratings', { ...row, grade: 'D' })).changed, 1);
  await tax.pool.query(`update credit_ratings set superseded_at = '2026-11-20' where grade = 'A'`);
  assert.deepEqual(await read(past), { totalCount: 0, nodes: [] });
});

test('refuses a removal before the entry', async () => {
  const receipt = await importRow('major-violations', { ...violation, removed_on: '2026-01-09' });
  assert.equal(await reasonOf(receipt), 'removed before it was entered');
});

test('refuses a period that is no quarter, and amounts below zero', async () => {
  const row = {
    uscc: penalty.uscc,
    period: '2025Q1',
    tax_type: 'VAT',
    balance_yuan: '10',
    announced_on: '2025-04-15',
    authority: OFFICE,
  };
  const quarter = await importRow('arrears', { ...row, period: '2025Q5' });
  assert.equal(await reasonOf(quarter), 'a quarter is written 2025Q1');
  assert.equal(
    await reasonOf(await importRow('arrears', { ...row, balance_yuan: '-1' })),
    'below zero',
  );
  assert.equal((await importRow('arrears', row)).inserted, 1);
});

test('keeps inspections above PUBLIC, with the words of files as values', async () => {
  await importRow('inspections', {
    uscc: penalty.uscc,
    inspection_number: '云州税通〔2026〕9号',
    outcome: '移送司法',
    recovered_yuan: '1.2万元',
    transferred: '是',
    concluded_on: '2026年5月28日',
    authority: OFFICE,
  });
  const { rows } = await tax.pool.query(
    `select disclosure_class, outcome, recovered_minor, transferred_to_justice, decided_on
     from inspections`,
  );
  assert.deepEqual(rows, [
    {
      disclosure_class: 'GOVERNMENT',
      outcome: 'TRANSFERRED',
      recovered_minor: 1_200_000,
      transferred_to_justice: true,
      decided_on: '2026-05-28',
    },
  ]);
});

test('refuses the awkward rows of the sample of penalties, each for its reason', async () => {
  const name = 'penalties.csv';
  const receipt = await tax.importText(
    name,
    await readFile(join(sector.directory, 'samples', name)),
  );
  const reasons = (await readRejects(receipt)).map(({ column, reason }) => `${column}: ${reason}`);
  const code = '行政相对人代码_1(统一社会信用代码)';
  assert.deepEqual(reasons.sort(), [
    ': 21 fields, expected 20: an unquoted comma?',
    `${code}: 9 characters: an organisation code, not a credit code`,
    `${code}: masked with *: the whole code is needed`,
    '违法事实: broken characters: the file changes its encoding here, or was damaged before',
    '违法事实: holds a resident identity number',
  ]);
  assert.equal(receipt.read, receipt.inserted + receipt.unchanged + receipt.rejected);
  assert.equal(receipt.unchanged, 1);
});
