import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestSector, type TestSector } from '../../kit/conformance/test-sector.ts';
import { sector } from '../sector.ts';
import { readRejects, rowImporter } from '../test-import.ts';

let ecommerce: TestSector;
const NOW = new Date('2026-11-23T04:00:00Z');
const { importRow, reasonOf } = rowImporter(() => ecommerce);

before(async () => {
  ecommerce = await openTestSector(sector, { now: () => NOW });
});

after(() => ecommerce.close());

const OFFICE = '云州市星湾区市场监督管理局';
const ONE = '91990102900000014T';
const TWO = '93990304NA0000178C';
const HOUSEHOLD = '92990203MA9T0ABC58';

const operator = {
  uscc: ONE,
  operator_type: '平台内经营者',
  platform: '岚市集',
  licence_number: ONE,
  licence_name: '测试有限公司',
  verification: '已核验',
  verified_on: '2026-01-10',
  business_address: '云州市星湾区晨光路1号',
  service_telephone: '400-000-1234',
  authority: '岚市集',
};
const store = {
  uscc: ONE,
  site_type: '平台店铺',
  store_name: '测试旗舰店',
  url: 'https://lanmarket.example/shop/1',
  platform: '岚市集',
  trade_mode: 'B2C',
  verification: '已核验',
  verified_on: '2026-01-10',
  store_state: '正常',
  opened_on: '2024-01-01',
  authority: '岚市集',
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

test('takes a service line, and leaves out a mobile number in its place', async () => {
  const stored = async (service_telephone: string): Promise<unknown> => {
    await importRow('stores', { ...store, service_telephone });
    const { rows } = await ecommerce.pool.query<{ service_telephone: string | null }>(
      'select service_telephone from stores where superseded_at is null and subject_code = $1',
      [ONE],
    );
    return rows[0]?.service_telephone;
  };
  assert.equal(await stored('４００－０００－１２３４'), '400-000-1234');
  assert.equal(await stored('0999-00001234-8'), '0999-00001234-8');
  assert.equal(await stored('13000000000'), null);
  assert.equal(await stored('95000'), '95000');
  assert.equal(await stored('400-000-1234 或 13000000000'), null);
});

test('refuses a mobile number in any other text, and the rejects file does not repeat it', async () => {
  for (const [as, row] of [
    ['violations', { ...violation, facts: '联系人手机１３０００００００００，已核实' }],
    ['violations', { ...violation, store_name: '测试130-0000-0000' }],
    ['stores', { ...store, url: 'https://lanmarket.example/u/13000000000' }],
    ['bans', { ...ban, basis: '举报人电话+86 130 0000 0000' }],
    ['operators', { ...operator, licences: [{ kind: '许可', number: '13000000000' }] }],
  ] as const) {
    const receipt = await importRow(as, row);
    assert.equal(receipt.rejected, 1, as);
    const [refused] = await readRejects(receipt);
    assert.match(refused?.reason ?? '', /^holds a person's telephone number in /);
    assert.equal(refused?.value, ONE);
  }
});

test('the address of an individual household is left out, that of an enterprise kept', async () => {
  await importRow('operators', operator);
  await importRow('operators', { ...operator, uscc: HOUSEHOLD, licence_number: HOUSEHOLD });
  const { rows } = await ecommerce.pool.query(
    'select subject_code, business_address from operators order by 1',
  );
  assert.deepEqual(rows, [
    { subject_code: ONE, business_address: '云州市星湾区晨光路1号' },
    { subject_code: HOUSEHOLD, business_address: null },
  ]);
});

test('refuses the licence of another subject, and a closing before its announcement', async () => {
  assert.equal(
    await reasonOf('operators', { ...operator, licence_number: TWO }),
    'the licence is that of another subject',
  );
  assert.equal(
    await reasonOf('operators', {
      ...operator,
      closure_announced_on: '2026-05-01',
      closed_on: '2026-04-01',
    }),
    'closed before it was announced',
  );
  // A registration number of before the unified codes is no code of another.
  const old = { ...operator, uscc: TWO, licence_number: '330203000030639' };
  assert.equal((await importRow('operators', old)).inserted, 1);
});

test('an operator that stops trading is displayed to that day', async () => {
  const count = async (): Promise<number> =>
    (await ecommerce.section(TWO, '{ operators { totalCount } }')).data.operators
      .totalCount as number;
  const own = { ...operator, uscc: TWO, licence_number: TWO, platform: '云禾商城' };
  const before = await count();
  await importRow('operators', own);
  assert.equal(await count(), before + 1);
  await importRow('operators', { ...own, closed_on: '2026-11-22' });
  assert.equal(await count(), before);
});

test('refuses what is no web address, and cuts off what names a visitor', async () => {
  assert.equal(
    await reasonOf('stores', { ...store, url: 'ftp://lanmarket.example/1' }),
    'not an address that begins with http:// or https://',
  );
  assert.equal(
    await reasonOf('stores', { ...store, platform: '' }),
    'is empty beside a store on a platform',
  );
  await importRow('stores', {
    ...store,
    uscc: TWO,
    url: 'https://visitor:secret@lanmarket.example/shop/2?from=visitor#top',
  });
  const { data } = await ecommerce.section(TWO, '{ stores { nodes { url } } }');
  assert.deepEqual(data.stores.nodes, [{ url: 'https://lanmarket.example/shop/2' }]);
});
