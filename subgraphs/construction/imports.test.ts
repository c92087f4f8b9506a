import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { openTestSector, type TestSector } from '../kit/conformance/test-sector.ts';
import type { Receipt } from '../kit/ingestion/import-file.ts';
import { sector } from './sector.ts';

const CODE = '91990101MA7K3P2Q8J';

let construction: TestSector;
let today = new Date('2026-11-23T04:00:00Z');
let files = 0;

before(async () => {
  construction = await openTestSector(sector, { now: () => today });
});

after(() => construction.close());

type Row = Readonly<Record<string, unknown>>;

function importRow(as: string, row: Row): Promise<Receipt> {
  files += 1;
  return construction.importText(`row-${files}.jsonl`, `${JSON.stringify(row)}\n`, as);
}

async function readRejects(
  receipt: Receipt,
): Promise<readonly { readonly column: string; readonly reason: string }[]> {
  assert.ok(receipt.rejectsFile);
  return parse(await readFile(receipt.rejectsFile, 'utf8'), { bom: true, columns: true });
}

async function reasonOf(as: string, row: Row): Promise<string> {
  const receipt = await importRow(as, row);
  assert.equal(receipt.rejected, 1);
  return (await readRejects(receipt))[0]?.reason ?? '';
}

const arrears = {
  uscc: CODE,
  listing_number: '云州人社监罚〔2026〕1号',
  facts: '拖欠12名农民工工资，责令限期支付后逾期未支付。',
  owed_yuan: '123,456.70',
  entered_on: '2026-01-15',
  publisher: '云州市人力资源和社会保障局',
};

const misconduct = {
  uscc: CODE,
  determination_number: '云州建罚〔2026〕1号',
  category: '工程质量',
  facts: '未按照设计文件施工。',
  severity: '一般',
  determined_on: '2026-06-01',
  publisher: '云州市住房和城乡建设局',
};

const tender = {
  builder_uscc: CODE,
  project_number: 'P1',
  tender_number: 'ZB-1',
  tender_kind: '施工',
  tender_method: '公开招标',
  award_10k_yuan: '1,200',
  awarded_on: '2026-05-01',
  publisher: '云州市住房和城乡建设局',
};

async function displayed(field: string, selection = 'decisionNumber'): Promise<readonly Row[]> {
  const { data, errors } = await construction.section(
    CODE,
    `{ ${field} { nodes { ${selection} } } }`,
  );
  assert.equal(errors, undefined);
  return data[field].nodes;
}

test('ends the display of wage arrears on the day of removal', async () => {
  await importRow('wage-arrears', arrears);
  const clocks = 'clocks { display { start from until } }';
  assert.deepEqual(await displayed('wageArrears', clocks), [
    { clocks: { display: { start: 'LISTED', from: '2026-01-15', until: '2029-01-15' } } },
  ]);
  const removal = { corrected_on: '2026-03-10', removed_on: '2026-10-10' };
  const receipt = await importRow('wage-arrears', { ...arrears, ...removal });
  assert.deepEqual([receipt.inserted, receipt.changed], [0, 1]);
  assert.deepEqual(await displayed('wageArrears'), []);
  today = new Date('2026-10-10T04:00:00Z');
  try {
    assert.equal((await displayed('wageArrears')).length, 1);
  } finally {
    today = new Date('2026-11-23T04:00:00Z');
  }
});

test('refuses an early removal without payment, or within six months of it', async () => {
  const early = { ...arrears, removed_on: '2026-08-10' };
  assert.match(await reasonOf('wage-arrears', early), /day of correction is missing/);
  assert.match(
    await reasonOf('wage-arrears', { ...early, corrected_on: '2026-02-11' }),
    /sooner than 6 months/,
  );
  const before = { ...arrears, corrected_on: '2025-01-01', removed_on: '2026-01-14' };
  assert.equal(await reasonOf('wage-arrears', before), 'removed before it was entered');
});

test('takes a removal at the end of the term without a day of correction', async () => {
  const receipt = await importRow('wage-arrears', {
    ...arrears,
    listing_number: '云州人社监罚〔2023〕2号',
    entered_on: '2023-01-15',
    removed_on: '2026-01-15',
  });
  assert.equal(receipt.inserted, 1);
});

test('a blacklist entry stands for a year, or until its removal', async () => {
  const entry = {
    uscc: CODE,
    blacklisting_number: 'B1',
    ground: '转包或出借资质',
    facts: '转包全部工程。',
    publisher: '云州市住房和城乡建设局',
  };
  await importRow('blacklist', { ...entry, entered_on: '2025-11-23' });
  await importRow('blacklist', { ...entry, blacklisting_number: 'B2', entered_on: '2025-11-22' });
  await importRow('blacklist', {
    ...entry,
    blacklisting_number: 'B3',
    entered_on: '2026-01-01',
    removed_on: '2026-11-22',
  });
  assert.deepEqual(await displayed('blacklist'), [{ decisionNumber: 'B1' }]);
  const early = { ...entry, entered_on: '2026-02-02', removed_on: '2026-02-01' };
  assert.equal(await reasonOf('blacklist', early), 'removed before it was entered');
});

test('a good conduct is displayed for three years', async () => {
  const award = {
    uscc: CODE,
    title: '优质工程奖',
    level: '省级',
    publisher: '云州市住房和城乡建设局',
  };
  await importRow('good-conduct', {
    ...award,
    commendation_number: 'G1',
    commended_on: '2023-11-23',
  });
  await importRow('good-conduct', {
    ...award,
    commendation_number: 'G2',
    commended_on: '2023-11-22',
  });
  assert.deepEqual(await displayed('goodConduct'), [{ decisionNumber: 'G1' }]);
});

test('refuses bad conduct whose display is shorter than the rule or the penalty', async () => {
  const short = { ...misconduct, display_until: '2026-11-30' };
  assert.match(await reasonOf('bad-conduct', short), /between 2026-12-01 and 2029-06-01/);
  const penalty = { ...misconduct, penalty_until: '2028-01-01', display_until: '2027-12-31' };
  assert.match(await reasonOf('bad-conduct', penalty), /between 2028-01-01/);
  const before = { ...misconduct, rectified_on: '2026-05-31' };
  assert.equal(await reasonOf('bad-conduct', before), 'put right before it was determined');
});

test('a changed row supersedes, the old version stays in history', async () => {
  await importRow('bad-conduct', { ...misconduct, fine_10k_yuan: '2' });
  const again = await importRow('bad-conduct', { ...misconduct, fine_10k_yuan: '2.0' });
  assert.deepEqual([again.inserted, again.changed, again.unchanged], [0, 0, 1]);
  const changed = await importRow('bad-conduct', { ...misconduct, fine_10k_yuan: '3.5' });
  assert.deepEqual([changed.inserted, changed.changed], [0, 1]);
  const selection = 'version fine { minorUnits } history { version fine { minorUnits } }';
  assert.deepEqual(await displayed('badConduct', selection), [
    {
      version: 2,
      fine: { minorUnits: 3_500_000 },
      history: [{ version: 1, fine: { minorUnits: 2_000_000 } }],
    },
  ]);
});

test('repaired conduct is shown no more, nor its history', async () => {
  await importRow('bad-conduct', { ...misconduct, state: '已修复' });
  assert.deepEqual(await displayed('badConduct'), []);
});

test('reads of a bid its bidder, code, price and rank, and nothing else', async () => {
  const bids = [
    { 投标单位: '云州湖渡建设有限公司', '投标报价(万元)': '1,200', 排名: 1, 联系人: '某某' },
    { bidder: '澜川建设有限公司', uscc: '91990102900000014T', price_10k_yuan: 1250.5, rank: '2' },
  ];
  assert.equal((await importRow('tenders', { ...tender, bids })).inserted, 1);
  const { rows } = await construction.pool.query<{ bids: unknown }>('select bids from tenders');
  assert.deepEqual(rows[0]?.bids, [
    {
      bidder: '云州湖渡建设有限公司',
      code: null,
      price: { minorUnits: 1_200_000_000, currency: 'CNY' },
      rank: 1,
    },
    {
      bidder: '澜川建设有限公司',
      code: '91990102900000014T',
      price: { minorUnits: 1_250_500_000, currency: 'CNY' },
      rank: 2,
    },
  ]);
});

test('refuses bids that are no list, have no bidder or no right code', async () => {
  const refused = (bids: unknown): Promise<string> => reasonOf('tenders', { ...tender, bids });
  assert.equal(await refused({}), 'not a list of bids');
  assert.equal(await refused([1]), 'a bid is an object');
  assert.match(await refused([{ rank: 1 }]), /without the name of its bidder/);
  assert.match(await refused([{ bidder: 'A', uscc: '123' }]), /no credit code/);
  assert.match(await refused([{ bidder: 'A', rank: 0 }]), /whole number from 1/);
});

test('refuses a party that has a code and no name', async () => {
  const receipt = await importRow('tenders', { ...tender, build_uscc: CODE });
  const [rejected] = await readRejects(receipt);
  assert.equal(rejected?.reason, 'a credit code without the name of its party');
});

test('refuses periods that end before they start, and regions that are none', async () => {
  const project = {
    builder_uscc: CODE,
    builder_name: '云州星河建设科技股份有限公司',
    project_number: 'P9',
    project_name: '项目',
    project_type: '市政工程',
    region: '990101',
    registered_on: '2026-01-01',
    publisher: '云州市住房和城乡建设局',
  };
  const days = { starts_on: '2026-05-02', ends_on: '2026-05-01' };
  assert.match(await reasonOf('projects', { ...project, ...days }), /ends before it starts/);
  assert.match(await reasonOf('projects', { ...project, region: '99010X' }), /six digits/);
  const licence = {
    builder_uscc: CODE,
    project_number: 'P9',
    licence_number: 'L9',
    issued_on: '2026-05-01',
    publisher: '云州市住房和城乡建设局',
  };
  assert.match(await reasonOf('licences', { ...licence, ...days }), /ends before it starts/);
  const qualification = {
    uscc: CODE,
    certificate_number: 'D1',
    qualification_name: '建筑工程施工总承包',
    grade: '一级',
    issued_on: '2026-05-01',
    valid_to: '2026-04-30',
    issuer: '云州市住房和城乡建设局',
    certificate_status: '有效',
  };
  assert.match(await reasonOf('qualifications', qualification), /ends before it starts/);
});

test('refuses the five awkward rows of the samples, each for its reason', async () => {
  const path = join(sector.directory, 'samples', 'bad-conduct.csv');
  const receipt = await construction.importText('bad-conduct.csv', await readFile(path));
  const reasons = (await readRejects(receipt)).map(({ reason }) => reason);
  assert.equal(reasons.length, 5);
  for (const expected of [
    /an organisation code, not a credit code$/,
    /^masked with \*/,
    /^holds a resident identity number$/,
    /an unquoted comma\?$/,
    /^broken characters/,
  ]) {
    assert.ok(
      reasons.some((reason) => expected.test(reason)),
      `${String(expected)}: ${reasons.join(' | ')}`,
    );
  }
});
