import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openTestSector, type TestSector } from '../kit/conformance/test-sector.ts';
import { sector } from './sector.ts';
import { readRejects, rowImporter } from './test-import.ts';

let ecommerce: TestSector;
let today = new Date('2026-11-23T04:00:00Z');
const { importRow, reasonOf } = rowImporter(() => ecommerce);

before(async () => {
  ecommerce = await openTestSector(sector, { now: () => today });
});

after(() => ecommerce.close());

const OFFICE = '云州市星湾区市场监督管理局';
const ONE = '91990102900000014T';
const TWO = '93990304NA0000178C';

const complaint = {
  uscc: ONE,
  case_number: 'TS990101-2026-000001',
  channel: '12315平台',
  matter: '质量',
  status: '已办结',
  outcome: '投诉成立',
  accepted_on: '2026-03-01',
  determined_on: '2026-04-10',
  refund_yuan: '199.90',
  authority: OFFICE,
};
const ban = {
  uscc: ONE,
  decision_number: '云州商罚〔2026〕1号',
  scope: '直播带货',
  banned_from: '2026-02-01',
  banned_until: '2028-01-31',
  basis: '两次以上行政处罚',
  decided_on: '2026-01-28',
  authority: OFFICE,
};
const violation = {
  subject_name: '测试有限公司',
  uscc: ONE,
  decision_number: '云州市监罚〔2026〕1号',
  violation: '销售假冒商品',
  kinds: '罚款',
  fine_10k_yuan: '5',
  severity: 'SERIOUS',
  decided_on: '2026-03-10',
  authority: OFFICE,
};
const platformRating = {
  uscc: ONE,
  platform: '岚市集',
  store_name: '测试旗舰店',
  period: '2026H1',
  score: '4.8',
  scale: '5',
  rated_on: '2026-07-10',
};

test('a complaint that is not yet determined is never a record', async () => {
  for (const status of ['待受理', '已受理', '调解中', '已转办', 'PENDING', '？']) {
    assert.equal(
      await reasonOf('complaints', { ...complaint, status, outcome: '', determined_on: '' }),
      'a complaint not yet determined is never a record',
      status,
    );
  }
  // What the file says of an outcome does not help while the case is open.
  assert.equal(
    await reasonOf('complaints', { ...complaint, status: '调解中' }),
    'a complaint not yet determined is never a record',
  );
  assert.equal(
    await reasonOf('complaints', { ...complaint, outcome: '消费者撤回' }),
    'a complaint that was withdrawn was not determined',
  );
  assert.equal(
    await reasonOf('complaints', { ...complaint, outcome: '' }),
    'is empty beside a determined complaint',
  );
  const { rows } = await ecommerce.pool.query('select 1 from complaint_outcomes');
  assert.equal(rows.length, 0);
});

test('every refused row of the sample of complaints is refused as not determined', async () => {
  const name = 'complaints.csv';
  const file = await readFile(join(sector.directory, 'samples', name));
  const receipt = await ecommerce.importText(name, file);
  const rejects = await readRejects(receipt);
  assert.ok(rejects.length > 20);
  assert.equal(rejects.length, receipt.rejected);
  for (const { column, reason } of rejects) {
    assert.equal(
      `${column}: ${reason}`,
      '处理状态: a complaint not yet determined is never a record',
    );
  }
  const { rows } = await ecommerce.pool.query(
    `select distinct outcome, disclosure_class from complaint_outcomes
     where subject_code not like '92%' order by 1`,
  );
  assert.deepEqual(rows, [
    { outcome: 'DISMISSED', disclosure_class: 'AUTHORISED' },
    { outcome: 'SETTLED', disclosure_class: 'AUTHORISED' },
    { outcome: 'UPHELD', disclosure_class: 'PUBLIC' },
  ]);
});

test('an outcome that is changed to a dismissal is no longer public, its history neither', async () => {
  const read = async (): Promise<unknown> => {
    const { data } = await ecommerce.section(
      ONE,
      '{ complaintOutcomes { totalCount nodes { outcome refund { minorUnits } history { id } } } }',
    );
    return data.complaintOutcomes;
  };
  await importRow('complaints', complaint);
  assert.deepEqual(await read(), {
    totalCount: 1,
    nodes: [{ outcome: 'UPHELD', refund: { minorUnits: 19_990 }, history: [] }],
  });
  const receipt = await importRow('complaints', { ...complaint, outcome: '投诉不成立' });
  assert.equal(receipt.changed, 1);
  assert.deepEqual(await read(), { totalCount: 0, nodes: [] });
});

test('a ban is displayed while it lasts, and until it is lifted', async () => {
  const count = async (): Promise<number> =>
    (await ecommerce.section(ONE, '{ bans { totalCount } }')).data.bans.totalCount as number;
  await importRow('bans', ban);
  const before = today;
  for (const [day, expected] of [
    ['2028-01-31T15:59:00Z', 1],
    ['2028-01-31T16:01:00Z', 0],
  ] as const) {
    today = new Date(day);
    assert.equal(await count(), expected, day);
  }
  today = before;
  assert.equal(await count(), 1);
  const receipt = await importRow('bans', { ...ban, lifted_on: '2026-11-22' });
  assert.equal(receipt.changed, 1);
  assert.equal(await count(), 0);
});

test('a ban is displayed for three years at most, however long it lasts', async () => {
  await importRow('bans', { ...ban, uscc: TWO, banned_until: '2031-01-31' });
  const { data } = await ecommerce.section(
    TWO,
    '{ bans { nodes { bannedUntil clocks { display { until } query { until } } } } }',
  );
  assert.deepEqual(data.bans.nodes, [
    {
      bannedUntil: '2031-01-31',
      clocks: { display: { until: '2029-02-01' }, query: { until: '2036-01-31' } },
    },
  ]);
});

test('refuses a ban without a last day, a category without its name, and a lifting after the end', async () => {
  const timeless = 'a ban is time-limited: a day is needed';
  assert.equal(await reasonOf('bans', { ...ban, banned_until: '9999-9-9' }), timeless);
  assert.equal(await reasonOf('bans', { ...ban, banned_until: '长期' }), timeless);
  assert.equal(await reasonOf('bans', { ...ban, banned_until: '' }), 'is empty');
  assert.equal(
    await reasonOf('bans', { ...ban, scope: '特定品类' }),
    'is empty beside a ban of a category',
  );
  assert.equal(
    await reasonOf('bans', { ...ban, lifted_on: '2028-02-01' }),
    'lifted on a day on which the ban was not in force',
  );
});

test('a changed violation supersedes, and its history shows the version before', async () => {
  const text = `${JSON.stringify(violation)}\n`;
  const first = await ecommerce.importText('once.jsonl', text);
  const second = await ecommerce.importText('twice.jsonl', text);
  const third = await ecommerce.importText('thrice.jsonl', `${text}\n`);
  assert.deepEqual([first.inserted, first.alreadyImported], [1, false]);
  assert.deepEqual([second.inserted, second.alreadyImported], [0, true]);
  assert.deepEqual([third.inserted, third.changed, third.unchanged], [0, 0, 1]);
  await importRow('violations', { ...violation, fine_10k_yuan: '8', platform: '岚市集' });
  const { data } = await ecommerce.section(
    ONE,
    `{ violations { nodes { version violation platform fine { minorUnits }
       history { version platform fine { minorUnits } } } } }`,
  );
  assert.deepEqual(data.violations.nodes, [
    {
      version: 2,
      violation: 'COUNTERFEIT',
      platform: '岚市集',
      fine: { minorUnits: 8_000_000 },
      history: [{ version: 1, platform: null, fine: { minorUnits: 5_000_000 } }],
    },
  ]);
});

test('refuses more points than the scale has, and a period that is none', async () => {
  assert.equal(
    await reasonOf('platform-ratings', { ...platformRating, score: '5.1' }),
    'more points than the scale has',
  );
  assert.equal(
    await reasonOf('platform-ratings', { ...platformRating, period: '2026Q1' }),
    'a period is written 2026H1 or 2026-05',
  );
  assert.equal((await importRow('platform-ratings', platformRating)).inserted, 1);
});

test('refuses the awkward rows of the sample of violations, each for its reason', async () => {
  const name = 'violations.csv';
  const file = await readFile(join(sector.directory, 'samples', name));
  const receipt = await ecommerce.importText(name, file);
  const reasons = (await readRejects(receipt)).map(({ column, reason }) => `${column}: ${reason}`);
  const code = '行政相对人代码_1(统一社会信用代码)';
  assert.deepEqual(reasons.sort(), [
    ': 24 fields, expected 23: an unquoted comma?',
    `${code}: 9 characters: an organisation code, not a credit code`,
    `${code}: masked with *: the whole code is needed`,
    '违法事实: broken characters: the file changes its encoding here, or was damaged before',
    '违法事实: holds a resident identity number',
  ]);
  assert.equal(receipt.read, receipt.inserted + receipt.unchanged + receipt.rejected);
  assert.equal(receipt.unchanged, 1);
});
