import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestSector, type TestSector } from '../../kit/conformance/test-sector.ts';
import { sector } from '../sector.ts';
import { readRejects, rowImporter } from '../test-import.ts';

let environment: TestSector;
let today = new Date('2026-11-23T04:00:00Z');
const { importRow, reasonOf } = rowImporter(() => environment);

before(async () => {
  environment = await openTestSector(sector, { now: () => today });
});

after(() => environment.close());

const OFFICE = '云州市星湾区生态环境局';
const ONE = '91990102900000014T';
const TWO = '93990304NA0000178C';

const permit = {
  uscc: ONE,
  certificate_number: `${ONE}001P`,
  tier: '简化管理',
  status: '有效',
  site_name: '测试有限公司一厂',
  region_code: '990101',
  issued_on: '2024-02-01',
  valid_from: '2024-02-01',
  valid_until: '2029-01-31',
  issuer: OFFICE,
  outlets: [{ number: 'DW001', medium: 'WATER', pollutants: [{ name: '氨氮' }] }],
};
const emission = {
  uscc: ONE,
  certificate_number: `${ONE}001P`,
  tier: '重点管理',
  period: '2025Q1',
  medium: '废水',
  pollutant: '氨氮',
  tonnes: '0.25',
  disclosed_on: '2025-04-20',
  authority: OFFICE,
};

test('displays a permit to its last day, and one that is given up to that day', async () => {
  const count = async (): Promise<number> =>
    (await environment.section(ONE, '{ permits { totalCount } }')).data.permits
      .totalCount as number;
  await importRow('permits', permit);
  assert.equal(await count(), 1);
  const before = today;
  today = new Date('2029-02-01T04:00:00Z');
  assert.equal(await count(), 0);
  today = before;
  await importRow('permits', { ...permit, status: '注销', ended_on: '2026-11-22' });
  assert.equal(await count(), 0);
});

test('refuses a permit of more than five years, without an end, or without an outlet', async () => {
  const years = 'a permit is valid for 5 years at most';
  assert.equal(await reasonOf('permits', { ...permit, valid_until: '2029-02-02' }), years);
  assert.equal(await reasonOf('permits', { ...permit, valid_until: '9999-9-9' }), years);
  assert.equal(await reasonOf('permits', { ...permit, outlets: '' }), 'a permit without an outlet');
  const backwards = { ...permit, valid_until: '2024-01-31' };
  assert.equal(await reasonOf('permits', backwards), 'ends before it begins');
});

test('takes a registration without outlets and without an end', async () => {
  const row = { ...permit, uscc: TWO, tier: '登记管理', valid_until: '长期', outlets: '' };
  assert.equal((await importRow('permits', row)).inserted, 1);
  const { data } = await environment.section(
    TWO,
    `{ permits { nodes { tier validUntil outlets { number } standards
       clocks { display { until } query { from until } } } } }`,
  );
  assert.deepEqual(data.permits.nodes, [
    {
      tier: 'REGISTRATION',
      validUntil: null,
      outlets: [],
      standards: [],
      clocks: { display: { until: null }, query: { from: null, until: null } },
    },
  ]);
});

test('refuses what the format of a nested cell does not list, and shows its place only', async () => {
  const outlets = [{ number: 'DW001', medium: 'WATER', pollutants: [], operator: 'secret-name' }];
  const receipt = await importRow('permits', { ...permit, outlets });
  const [refused] = await readRejects(receipt);
  assert.equal(refused?.reason, 'not as the format says at $[0]');
  assert.ok(!JSON.stringify(refused).includes('secret'));
  const processes = [{ name: '电镀' }];
  assert.equal(
    await reasonOf('permits', { ...permit, processes }),
    'not as the format says at $[0].materials',
  );
});

test('takes emissions of key permit holders only', async () => {
  const only = 'only holders of key permits disclose emissions';
  assert.equal(await reasonOf('emissions', { ...emission, tier: '简化管理' }), only);
  const period = 'a period is written 2025 or 2025Q1';
  assert.equal(await reasonOf('emissions', { ...emission, period: '2025Q5' }), period);
  const noUnit = { ...emission, mean_concentration: '3.2' };
  assert.equal(await reasonOf('emissions', noUnit), 'a concentration without its unit');
  assert.equal((await importRow('emissions', emission)).inserted, 1);
  const { data } = await environment.section(
    ONE,
    '{ emissions { nodes { period tonnes medium permittedTonnes } } }',
  );
  assert.deepEqual(data.emissions.nodes, [
    { period: '2025Q1', tonnes: 0.25, medium: 'WATER', permittedTonnes: null },
  ]);
});
