import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { openTestSector, type TestSector } from '../kit/conformance/test-sector.ts';
import type { Receipt } from '../kit/ingestion/import-file.ts';
import { sector } from './sector.ts';

const CODE = '91990102900000014T';
const COURT = '云州市星湾区人民法院';

let courts: TestSector;
let files = 0;

before(async () => {
  courts = await openTestSector(sector, { now: () => new Date('2026-11-23T04:00:00Z') });
});

after(() => courts.close());

async function importRow(as: string, row: Readonly<Record<string, string>>): Promise<Receipt> {
  files += 1;
  return courts.importText(`row-${files}.jsonl`, `${JSON.stringify(row)}\n`, as);
}

async function reasonOf(receipt: Receipt): Promise<string> {
  assert.equal(receipt.rejected, 1);
  const text = await readFile(receipt.rejectsFile ?? '', 'utf8');
  const rows: readonly { readonly reason: string }[] = parse(text, { bom: true, columns: true });
  return rows[0]?.reason ?? '';
}

async function currentOf(table: string, columns: string): Promise<unknown> {
  const { rows } = await courts.pool.query(
    `select ${columns} from ${table} where superseded_at is null`,
  );
  return rows[0];
}

const enforcement = {
  uscc: CODE,
  case_number: '(2025)岚0101执恢7号',
  filed_on: '2025-05-06',
  amount_yuan: '1,234.50',
  unperformed_yuan: '1,000',
  status: '执行中',
  closed_on: '',
  court: COURT,
};

test('an enforcement case is public while it is open', async () => {
  const selection = `{ enforcementCases { totalCount nodes { caseNumber isResumed filedOn status
    amount { minorUnits currency } unperformedAmount { minorUnits } closedOn
    clocks { display { start from until } } } } }`;
  await importRow('enforcement-cases', enforcement);
  const open = await courts.section(CODE, selection);
  assert.deepEqual(open.data.enforcementCases.nodes, [
    {
      caseNumber: '(2025)岚0101执恢7号',
      isResumed: true,
      filedOn: '2025-05-06',
      status: 'IN_ENFORCEMENT',
      amount: { minorUnits: 123_450, currency: 'CNY' },
      unperformedAmount: { minorUnits: 100_000 },
      closedOn: null,
      clocks: { display: { start: 'RECORD_CREATED', from: '2025-05-06', until: null } },
    },
  ]);
  const closed = await importRow('enforcement-cases', {
    ...enforcement,
    status: '终结本次执行程序',
    closed_on: '2026-11-23',
  });
  assert.equal(closed.changed, 1);
  const answer = await courts.section(CODE, selection);
  assert.deepEqual(answer.data.enforcementCases, { totalCount: 0, nodes: [] });
  assert.deepEqual(
    await currentOf('enforcement_cases', 'disclosure_class, display_until, query_until, version'),
    {
      disclosure_class: 'AUTHORISED',
      display_until: '2026-11-23',
      query_until: '2031-11-23',
      version: 2,
    },
  );
});

test('refuses enforcement cases whose state and days contradict each other', async () => {
  for (const [changes, reason] of [
    [{ closed_on: '2026-01-01' }, 'a day of closing, and the case is open'],
    [{ status: 'COMPLETED' }, 'the case is closed, and the day is missing'],
    [{ status: 'COMPLETED', closed_on: '2025-05-05' }, 'closed before it was filed'],
    [{ amount_yuan: '-5' }, 'below zero'],
    [{ case_number: '2025岚0101执7' }, 'not a case number, which is written (2022)豫0724执恢54号'],
  ] as const) {
    const receipt = await importRow('enforcement-cases', { ...enforcement, ...changes });
    assert.equal(await reasonOf(receipt), reason);
  }
});

const limit = {
  uscc: CODE,
  order_number: '(2025)岚0101执7号之一',
  case_number: '(2025)岚0101执7号',
  issued_on: '2025-06-01',
  binds_representatives: '是',
  court: COURT,
  法定代表人: '某某',
};

test('a spending limit is public while it is in force, and does not list the subject', async () => {
  const selection = `{ spendingLimits { totalCount nodes { orderNumber bindsRepresentatives
    issuedOn liftedOn clocks { display { until } } } } judgmentDebtorEntries { totalCount } }`;
  await importRow('spending-limits', limit);
  const inForce = await courts.section(CODE, selection);
  assert.deepEqual(inForce.data, {
    spendingLimits: {
      totalCount: 1,
      nodes: [
        {
          orderNumber: '(2025)岚0101执7号之一',
          bindsRepresentatives: true,
          issuedOn: '2025-06-01',
          liftedOn: null,
          clocks: { display: { until: null } },
        },
      ],
    },
    judgmentDebtorEntries: { totalCount: 0 },
  });
  await importRow('spending-limits', {
    ...limit,
    lifted_on: '2026-11-23',
    lift_reason: '提供担保',
  });
  const lifted = await courts.section(CODE, selection);
  assert.deepEqual(lifted.data.spendingLimits, { totalCount: 0, nodes: [] });
  assert.deepEqual(await currentOf('spending_limits', 'disclosure_class, state, lift_reason'), {
    disclosure_class: 'AUTHORISED',
    state: 'EFFECTIVE',
    lift_reason: 'SECURITY_GIVEN',
  });
});

test('a spending limit made in error is withdrawn', async () => {
  const row = { ...limit, lifted_on: '2026-11-23', lift_reason: '签发错误' };
  await importRow('spending-limits', row);
  assert.deepEqual(await currentOf('spending_limits', 'state'), { state: 'WITHDRAWN' });
});

test('refuses spending limits that contradict themselves', async () => {
  const early = await importRow('spending-limits', { ...limit, lifted_on: '2025-05-31' });
  assert.equal(await reasonOf(early), 'lifted before it was made');
  const undated = await importRow('spending-limits', { ...limit, lift_reason: '履行完毕' });
  assert.equal(await reasonOf(undated), 'a reason of lifting without its day');
});

const judgment = {
  uscc: CODE,
  case_number: '（2025）岚01行赔终8号',
  document_kind: '判决书',
  instance: '二审',
  cause: '行政赔偿',
  role: '上诉人',
  outcome: '维持原判',
  claimed_yuan: '1.2万元',
  decided_on: '2025-07-01',
  effective_on: '2025-07-01',
  published_on: '2025-08-01',
  court: '云州市中级人民法院',
};

test('a judgment tells role and outcome, and is public once it was published', async () => {
  const selection = `{ judgments { nodes { caseNumber documentKind caseType instance cause role
    outcome amountClaimed { minorUnits } amountAwarded { minorUnits } dispute
    clocks { display { until } } source { decidedOn publishedOn } } } }`;
  await importRow('judgments', { ...judgment, published_on: '' });
  const hidden = await courts.section(CODE, selection);
  assert.deepEqual(hidden.data.judgments.nodes, []);
  assert.deepEqual(await currentOf('judgments', 'disclosure_class'), {
    disclosure_class: 'AUTHORISED',
  });
  await importRow('judgments', { ...judgment, under_review: '是' });
  const published = await courts.section(CODE, selection);
  assert.deepEqual(published.data.judgments.nodes, [
    {
      caseNumber: '(2025)岚01行赔终8号',
      documentKind: 'JUDGMENT',
      caseType: 'COMPENSATION',
      instance: 'SECOND',
      cause: '行政赔偿',
      role: 'APPELLANT',
      outcome: 'UPHELD',
      amountClaimed: { minorUnits: 1_200_000 },
      amountAwarded: null,
      dispute: 'UNDER_REVIEW',
      clocks: { display: { until: '2030-07-01' } },
      source: { decidedOn: '2025-07-01', publishedOn: '2025-08-01' },
    },
  ]);
});

test('refuses judgments that are none, or whose days are out of order', async () => {
  for (const [changes, reason] of [
    [{ case_number: '(2025)岚0101执8号' }, 'a case of enforcement, which is no judgment'],
    [{ case_number: '8号' }, 'not a case number, which is written (2024)豫0724民初12号'],
    [{ effective_on: '2025-06-30' }, 'in effect before it was decided'],
    [{ published_on: '2025-06-30' }, 'published before it was decided'],
  ] as const) {
    const receipt = await importRow('judgments', { ...judgment, ...changes });
    assert.equal(await reasonOf(receipt), reason);
  }
});
