// What a subgraph answers when a batch has been withdrawn: now, as of the days between, in the history
// and in the feed of changes, to anybody and to who sees closed records.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sector as registry } from '../../registry/sector.ts';
import { codeOf, linesOf, type TestRow } from '../../registry/test-rows.ts';
import { sector as tax } from '../../tax/sector.ts';
import { testInquiry, type TestCaller } from '../conformance/test-envelope.ts';
import { openTestSector, type TestSector } from '../conformance/test-sector.ts';
import { withdrawBatch } from './withdraw-batch.ts';

const HEADINGS =
  '统一社会信用代码,纳税人名称,公告所属期,欠税税种,欠税余额(元),公告日期,主管税务机关\n';
const CODE = '91990101MA7K3P2Q8J';
const row = (period: string, balance: string): string =>
  `${CODE},某公司,${period},增值税,${balance},2026-05-01,某税务局\n`;
/** The subject itself sees what is closed. */
const SUBJECT: TestCaller = {
  inquiry: testInquiry({ tier: 'REGISTERED', subject: CODE }, 'OWN_RECORDS'),
};
const NOTICES = `{ nodes { period balance { minorUnits } state stateReason
  history { balance { minorUnits } state } } }`;

let sector: TestSector;
let wrong: string;

/** Moves what the last import or withdrawal did to an earlier day. */
async function recordedOn(day: string, since: string): Promise<void> {
  const at = `${day}T04:00:00Z`;
  for (const column of ['recorded_at', 'superseded_at']) {
    await sector.pool.query(
      `update arrears_notices set ${column} = $1 where ${column} > $2::timestamptz`,
      [at, since],
    );
  }
}

before(async () => {
  sector = await openTestSector(tax, { now: () => new Date('2026-07-01T04:00:00Z') });
  const now = async (): Promise<string> =>
    (await sector.pool.query<{ now: string }>('select clock_timestamp() as now')).rows[0]?.now ??
    '';
  const start = await now();
  await sector.importText('right.csv', HEADINGS + row('2026Q1', '100.00'));
  await recordedOn('2026-06-01', start);
  const second = await now();
  const receipt = await sector.importText(
    'wrong.csv',
    HEADINGS + row('2026Q1', '999.00') + row('2025Q4', '5.00'),
  );
  wrong = receipt.batchId;
  await recordedOn('2026-06-10', second);
  const third = await now();
  await withdrawBatch({
    pool: sector.pool,
    sector: tax,
    batchId: wrong,
    reason: 'another office’s figures',
    by: 'clerk',
  });
  await recordedOn('2026-06-20', third);
});

after(() => sector.close());

async function notices(
  asOf: string | null,
  caller?: TestCaller,
): Promise<readonly Record<string, unknown>[]> {
  const { data, errors } = await sector.query(
    `query ($r: [_Any!]!, $asOf: Date) { _entities(representations: $r) {
      ... on Subject { tax(asOf: $asOf) { arrearsNotices ${NOTICES} } } } }`,
    { r: [{ __typename: 'Subject', code: CODE }], asOf },
    caller,
  );
  assert.equal(errors, undefined);
  const { nodes } = data._entities[0].tax.arrearsNotices;
  return nodes
    .map((node: Record<string, unknown>) => node)
    .sort((a: { period: string }, b: { period: string }) => (a.period < b.period ? -1 : 1));
}

const balances = (nodes: readonly Record<string, unknown>[]): unknown =>
  nodes.map((node) => [node['period'], (node['balance'] as { minorUnits: number }).minorUnits]);

test('anybody reads what stood before, and the record that was inserted no more', async () => {
  const now = await notices(null);
  assert.deepEqual(balances(now), [['2026Q1', 10_000]]);
  assert.deepEqual(now[0]?.['history'], [
    { balance: { minorUnits: 99_900 }, state: 'EFFECTIVE' },
    { balance: { minorUnits: 10_000 }, state: 'EFFECTIVE' },
  ]);
});

test('as of the days between, what was answered then, as far as it may be seen now', async () => {
  assert.deepEqual(balances(await notices('2026-06-05')), [['2026Q1', 10_000]]);
  assert.deepEqual(balances(await notices('2026-06-15')), [['2026Q1', 99_900]]);
  assert.deepEqual(balances(await notices('2026-06-25')), [['2026Q1', 10_000]]);
});

test('who sees closed records reads both, with the reason and the days between', async () => {
  const now = await notices(null, SUBJECT);
  assert.deepEqual(
    now.map(({ period, state, stateReason }) => [period, state, stateReason]),
    [
      ['2025Q4', 'WITHDRAWN', 'another office’s figures'],
      ['2026Q1', 'EFFECTIVE', null],
    ],
  );
  assert.deepEqual(now[0]?.['history'], [{ balance: { minorUnits: 500 }, state: 'EFFECTIVE' }]);
  assert.deepEqual(balances(await notices('2026-06-15', SUBJECT)), [
    ['2025Q4', 500],
    ['2026Q1', 99_900],
  ]);
});

test('the feed of changes tells the withdrawal after the change, with old and new', async () => {
  const { data } = await sector.query(`{ taxChanges(first: 100) { nodes { kind recordedAt
    record { ... on TaxArrearsNotice { period balance { minorUnits } } }
    previous { ... on TaxArrearsNotice { balance { minorUnits } } } } } }`);
  const told = data.taxChanges.nodes.map(
    (node: {
      kind: string;
      recordedAt: string;
      record: { balance: { minorUnits: number } };
      previous: { balance: { minorUnits: number } } | null;
    }) => [
      node.kind,
      node.recordedAt.slice(0, 10),
      node.previous?.balance.minorUnits ?? null,
      node.record.balance.minorUnits,
    ],
  );
  assert.deepEqual(told, [
    ['ADDED', '2026-06-01', null, 10_000],
    ['CHANGED', '2026-06-10', 10_000, 99_900],
    ['CHANGED', '2026-06-20', 99_900, 10_000],
  ]);
});

test('the name of a withdrawn registration is found no more, the one before it again', async () => {
  const names = await openTestSector(registry);
  try {
    const found = async (name: string): Promise<unknown> => {
      const { data } = await names.query(`{ searchSubjects(name: "${name}") { nodes { code } } }`);
      return data.searchSubjects.nodes;
    };
    const before_: TestRow = { index: 96_001, name: '沧岭市更名之前有限公司' };
    const renamed: TestRow = { ...before_, name: '沧岭市误登记有限公司' };
    const added: TestRow = { index: 96_002, name: '沧岭市误新增有限公司' };
    await names.importText('first.jsonl', linesOf([before_]));
    const { batchId } = await names.importText('second.jsonl', linesOf([renamed, added]));
    assert.deepEqual(await found('误登记'), [{ code: codeOf(renamed) }]);
    await withdrawBatch({
      ...{ pool: names.pool, sector: registry, batchId },
      ...{ reason: 'wrong file', by: 'clerk' },
    });
    assert.deepEqual(await found('误登记'), []);
    assert.deepEqual(await found('误新增'), []);
    assert.deepEqual(await found('更名之前'), [{ code: codeOf(before_) }]);
  } finally {
    await names.close();
  }
});
