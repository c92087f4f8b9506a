// The change feed of a sector, read as a copy of its records would read it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sector } from '../../tax/sector.ts';
import { openTestSector, type TestSector } from '../conformance/test-sector.ts';

const HEADINGS =
  '统一社会信用代码,纳税人名称,公告所属期,欠税税种,欠税余额(元),公告日期,主管税务机关\n';
const row = (code: string, balance: string, period = '2026Q1'): string =>
  `${code},某公司,${period},增值税,${balance},2026-05-01,某税务局\n`;
const A = '91990101MA7K3P2Q8J';
const B = '91990102900000014T';

const FEED = `query ($after: String, $first: Int! = 100) {
  taxChanges(after: $after, first: $first) {
    endCursor hasNextPage
    nodes {
      kind occurredOn
      record { id version subject { code } ... on TaxArrearsNotice { balance { minorUnits } } }
      previous { version ... on TaxArrearsNotice { balance { minorUnits } } }
    }
  }
}`;

let tax: TestSector;

before(async () => {
  tax = await openTestSector(sector, { now: () => new Date('2026-07-01T04:00:00Z') });
});

after(() => tax.close());

test('tells what came, in order, and then what changed with old and new', async () => {
  const empty = (await tax.query(FEED)).data.taxChanges;
  assert.deepEqual(empty, { endCursor: null, hasNextPage: false, nodes: [] });

  await tax.importText('a.csv', HEADINGS + row(A, '100.00') + row(B, '5.00'));
  const first = (await tax.query(FEED)).data.taxChanges;
  assert.deepEqual(
    first.nodes.map((node: { kind: string }) => node.kind),
    ['ADDED', 'ADDED'],
  );
  assert.equal(first.nodes[0].occurredOn, '2026-05-01');

  await tax.importText('b.csv', HEADINGS + row(A, '70.00') + row(B, '5.00'));
  const next = (await tax.query(FEED, { after: first.endCursor })).data.taxChanges;
  assert.equal(next.nodes.length, 1);
  assert.equal(next.nodes[0].kind, 'CHANGED');
  assert.equal(next.nodes[0].record.subject.code, A);
  assert.equal(next.nodes[0].record.balance.minorUnits, 7_000);
  assert.deepEqual(next.nodes[0].previous, { version: 1, balance: { minorUnits: 10_000 } });

  const end = (await tax.query(FEED, { after: next.endCursor })).data.taxChanges;
  assert.deepEqual(end, { endCursor: next.endCursor, hasNextPage: false, nodes: [] });
});

test('gives every change once, one by one', async () => {
  const all = (await tax.query(FEED)).data.taxChanges.nodes;
  const seen: unknown[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < 20; page += 1) {
    const { data } = await tax.query(FEED, { after: cursor, first: 1 });
    seen.push(...data.taxChanges.nodes);
    cursor = data.taxChanges.endCursor;
    if (!data.taxChanges.hasNextPage) break;
  }
  assert.deepEqual(seen, all);
});

test('tells nothing of a record that is withdrawn now', async () => {
  await tax.pool.query(
    `update arrears_notices set state = 'WITHDRAWN' where subject_code = $1 and superseded_at is null`,
    [A],
  );
  const { nodes } = (await tax.query(FEED)).data.taxChanges;
  assert.deepEqual(
    nodes.map((node: { record: { subject: { code: string } } }) => node.record.subject.code),
    [B],
  );
});

test('refuses a cursor that is not of a feed', async () => {
  const { errors } = await tax.query(FEED, { after: 'abc' });
  assert.equal(errors?.[0]?.extensions['code'], 'INVALID_CURSOR');
});
