import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openTestSector, type TestSector } from '../../kit/conformance/test-sector.ts';
import { sector } from '../sector.ts';
import { readRejects, rowImporter } from '../test-import.ts';

let environment: TestSector;
const NOW = new Date('2026-11-23T04:00:00Z');
const { importRow, reasonOf } = rowImporter(() => environment);

before(async () => {
  environment = await openTestSector(sector, { now: () => NOW });
});

after(() => environment.close());

const OFFICE = '云州市星湾区生态环境局';
const ONE = '91990102900000014T';
const TWO = '93990304NA0000178C';

const penalty = {
  subject_name: '测试有限公司',
  uscc: ONE,
  decision_number: '云州环罚〔2026〕9001号',
  kinds: '罚款',
  fine_10k_yuan: '1.5',
  severity: 'GENERAL',
  decided_on: '2026-03-10',
  completed_on: '',
  authority: OFFICE,
};
const incident = {
  uscc: ONE,
  incident_number: '云州环责改字〔2026〕1号',
  level: '一般',
  occurred_on: '2026-01-05',
  facts: '废水渗漏',
  determined_on: '2026-02-05',
  authority: OFFICE,
};

test('a file that was imported before changes nothing, under any name', async () => {
  const text = `${JSON.stringify({ ...incident, uscc: TWO })}\n`;
  const first = await environment.importText('once.jsonl', text);
  const second = await environment.importText('twice.jsonl', text);
  const third = await environment.importText('thrice.jsonl', `${text}\n`);
  assert.deepEqual([first.inserted, first.alreadyImported], [1, false]);
  assert.deepEqual([second.inserted, second.alreadyImported], [0, true]);
  assert.deepEqual([third.inserted, third.changed, third.unchanged], [0, 0, 1]);
});

test('the query clock of a penalty begins when the sanction is completed; its display does not wait', async () => {
  const read = async (): Promise<unknown> => {
    const { data } = await environment.section(
      ONE,
      `{ penalties { nodes { version completedOn history { version completedOn }
         clocks { display { until } query { start from until } deletion { until } } } } }`,
    );
    return data.penalties.nodes;
  };
  await importRow('penalties', penalty);
  assert.deepEqual(await read(), [
    {
      version: 1,
      completedOn: null,
      history: [],
      clocks: {
        display: { until: '2027-03-10' },
        query: { start: 'SANCTION_COMPLETED', from: null, until: null },
        deletion: { until: null },
      },
    },
  ]);
  const receipt = await importRow('penalties', { ...penalty, completed_on: '2026-09-01' });
  assert.equal(receipt.changed, 1);
  assert.deepEqual(await read(), [
    {
      version: 2,
      completedOn: '2026-09-01',
      history: [{ version: 1, completedOn: null }],
      clocks: {
        display: { until: '2027-03-10' },
        query: { start: 'SANCTION_COMPLETED', from: '2026-09-01', until: '2031-09-01' },
        deletion: { until: '2036-09-01' },
      },
    },
  ]);
  const early = { ...penalty, completed_on: '2026-03-09' };
  assert.equal(await reasonOf('penalties', early), 'carried out before it was decided');
});

test('a minor penalty is not public, and a repaired one is no longer displayed', async () => {
  const count = async (): Promise<number> =>
    (await environment.section(TWO, '{ penalties { totalCount } }')).data.penalties
      .totalCount as number;
  await importRow('penalties', { ...penalty, uscc: TWO, severity: 'MINOR' });
  assert.equal(await count(), 0);
  const other = { ...penalty, uscc: TWO, decision_number: '云州环罚〔2026〕9002号' };
  await importRow('penalties', other);
  assert.equal(await count(), 1);
  await importRow('penalties', { ...other, state: '已修复' });
  assert.equal(await count(), 0);
});

test('refuses the awkward rows of the sample of penalties, each for its reason', async () => {
  const name = 'penalties.csv';
  const file = await readFile(join(sector.directory, 'samples', name));
  const receipt = await environment.importText(name, file);
  const reasons = (await readRejects(receipt)).map(({ column, reason }) => `${column}: ${reason}`);
  const code = '行政相对人代码_1(统一社会信用代码)';
  assert.deepEqual(reasons.sort(), [
    ': 22 fields, expected 21: an unquoted comma?',
    `${code}: 9 characters: an organisation code, not a credit code`,
    `${code}: masked with *: the whole code is needed`,
    '违法事实: broken characters: the file changes its encoding here, or was damaged before',
    '违法事实: holds a resident identity number',
  ]);
  assert.equal(receipt.read, receipt.inserted + receipt.unchanged + receipt.rejected);
  assert.equal(receipt.unchanged, 1);
});
