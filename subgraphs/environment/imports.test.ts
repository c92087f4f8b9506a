import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestSector, type TestSector } from '../kit/conformance/test-sector.ts';
import { sector } from './sector.ts';
import { rowImporter } from './test-import.ts';

let environment: TestSector;
const NOW = new Date('2026-11-23T04:00:00Z');
const { importRow, reasonOf } = rowImporter(() => environment);

before(async () => {
  environment = await openTestSector(sector, { now: () => NOW });
});

after(() => environment.close());

const OFFICE = '云州市星湾区生态环境局';
const ONE = '91990102900000014T';

const incident = {
  uscc: ONE,
  incident_number: '云州环责改字〔2026〕1号',
  level: '一般',
  occurred_on: '2026-01-05',
  facts: '废水渗漏',
  determined_on: '2026-02-05',
  authority: OFFICE,
};
const rating = {
  uscc: ONE,
  rating_year: '2025',
  region_code: '990101',
  level: '蓝牌',
  rated_on: '2026-05-20',
  authority: OFFICE,
};
const cycle = {
  uscc: ONE,
  cycle_from: '2025-07-01',
  cycle_to: '2026-06-30',
  published_on: '2026-07-02',
  authority: OFFICE,
};

test('an incident lowers the rating by one level, a larger one makes it RED, unless the file says', async () => {
  const read = async (number: string, row: object): Promise<unknown> => {
    await importRow('incidents', { ...incident, ...row, incident_number: number });
    const { rows } = await environment.pool.query<{ rating_effect: string; display_until: string }>(
      'select rating_effect, display_until from incidents where incident_number = $1',
      [number],
    );
    return [rows[0]?.rating_effect, rows[0]?.display_until];
  };
  assert.deepEqual(await read('a', {}), ['ONE_LEVEL_DOWN', '2027-02-05']);
  assert.deepEqual(await read('b', { level: '较大突发环境事件' }), ['RED', '2029-02-05']);
  assert.deepEqual(await read('c', { rating_effect: '无影响' }), ['NONE', '2027-02-05']);
  const early = { ...incident, determined_on: '2026-01-04' };
  assert.equal(await reasonOf('incidents', early), 'determined before it occurred');
});

test('refuses a veto beside a good level, and points of an enterprise that was not rated', async () => {
  assert.equal(
    await reasonOf('ratings', { ...rating, veto_grounds: '未验先投' }),
    'a ground of the worst level beside the level BLUE',
  );
  assert.equal(
    await reasonOf('ratings', { ...rating, level: '未参评', score: '80' }),
    'points of an enterprise that was not rated',
  );
  assert.equal(
    await reasonOf('ratings', { ...rating, rated_on: '2024-12-31' }),
    'rated before the year that is rated',
  );
  assert.equal(
    await reasonOf('ratings', { ...rating, region_code: '云州' }),
    'a division has six digits, as 330106',
  );
  const red = { ...rating, level: '红牌', veto_grounds: '未验先投；超总量排放' };
  assert.equal((await importRow('ratings', red)).inserted, 1);
  const { rows } = await environment.pool.query<{ veto_grounds: string[]; city_code: string }>(
    'select veto_grounds, city_code from ratings where subject_code = $1',
    [ONE],
  );
  assert.deepEqual(rows, [
    { veto_grounds: ['OPERATED_BEFORE_ACCEPTANCE', 'QUOTA_EXCEEDED'], city_code: '990100' },
  ]);
});

test('10 points warn a preparer, 20 restrict it, and a ban puts it in the blacklist for 5 years', async () => {
  const standings: unknown[] = [];
  for (const points of ['9', '10', '19', '20']) {
    await importRow('preparers', { ...cycle, points });
    const { data } = await environment.section(ONE, '{ preparerCycles { nodes { standing } } }');
    standings.push(data.preparerCycles.nodes[0].standing);
  }
  assert.deepEqual(standings, ['NORMAL', 'WARNING', 'WARNING', 'RESTRICTED']);
  await importRow('preparers', { ...cycle, points: '20', blacklisted_on: '2026-06-24' });
  const { data } = await environment.section(
    ONE,
    '{ preparerCycles { nodes { standing clocks { display { start until } } history { standing } } } }',
  );
  assert.deepEqual(data.preparerCycles.nodes, [
    {
      standing: 'BLACKLISTED',
      clocks: { display: { start: 'LISTED', until: '2031-06-24' } },
      history: ['RESTRICTED', 'WARNING', 'WARNING', 'NORMAL'].map((standing) => ({ standing })),
    },
  ]);
});

test('refuses points that contradict their standing, their entries or their cycle', async () => {
  const warned = { ...cycle, points: '12' };
  assert.equal(
    await reasonOf('preparers', { ...warned, standing: '正常公开' }),
    '12 points are WARNING',
  );
  assert.equal(
    await reasonOf('preparers', { ...warned, standing: '黑名单' }),
    'is empty beside an entry in the blacklist',
  );
  const entries = [{ enteredOn: '2025-09-01', points: 5, reason: '质量问题' }];
  assert.equal(
    await reasonOf('preparers', { ...warned, entries }),
    'the entries add up to 5, not 12',
  );
  assert.equal(
    await reasonOf('preparers', { ...warned, cycle_to: '2026-07-02' }),
    'a cycle is one year',
  );
});
