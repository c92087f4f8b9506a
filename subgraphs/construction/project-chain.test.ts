import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestSector, type TestSector } from '../kit/conformance/test-sector.ts';
import { sector } from './sector.ts';

const OWNER = '91990101MA7K3P2Q8J';
const OTHER = '91990102900000014T';
const BUILDER = '91990101MA00003300';
const SOURCE = { publisher: '云州市住房和城乡建设局' } as const;

type Row = Readonly<Record<string, string>>;

let construction: TestSector;
let files = 0;

before(async () => {
  construction = await openTestSector(sector, { now: () => new Date('2026-11-23T04:00:00Z') });
});

after(() => construction.close());

async function importRow(as: string, row: Row): Promise<void> {
  files += 1;
  const text = `${JSON.stringify({ ...SOURCE, ...row })}\n`;
  const receipt = await construction.importText(`row-${files}.jsonl`, text, as);
  assert.equal(receipt.rejected, 0);
}

function project(number: string, over: Row = {}): Promise<void> {
  return importRow('projects', {
    builder_uscc: OWNER,
    builder_name: '云州星河建设科技股份有限公司',
    project_number: number,
    project_name: `项目${number}`,
    project_type: 'BUILDING',
    region: '990101',
    registered_on: '2020-01-01',
    ...over,
  });
}

function contract(number: string, of: string, over: Row = {}): Promise<void> {
  return importRow('contracts', {
    builder_uscc: OWNER,
    project_number: of,
    contract_number: number,
    contract_kind: 'BUILD',
    signed_on: '2020-02-01',
    build_name: '云州湖渡建设有限公司',
    build_uscc: BUILDER,
    ...over,
  });
}

/** Moves all that is known so far into the past, as if it had been imported then. */
async function backdate(day: string): Promise<void> {
  for (const { table } of sector.tables) {
    await construction.pool.query(
      `update ${table} set recorded_at = $1::timestamptz, superseded_at =
         case when superseded_at is null then null else $1::timestamptz end
       where recorded_at > $1::timestamptz`,
      [`${day}T12:00:00Z`],
    );
  }
}

async function read(code: string, asOf?: string): Promise<readonly Row[]> {
  const day = asOf === undefined ? '' : `(asOf: "${asOf}")`;
  const answer = await construction.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject {
       construction${day} { projects { nodes { projectNumber stage
         contracts { contractNumber scale history { scale } } licences { licenceNumber } } }
       } } } }`,
    { r: [{ __typename: 'Subject', code }] },
  );
  assert.equal(answer.errors, undefined);
  return answer.data._entities[0].construction.projects.nodes;
}

test('keeps apart the projects of two builders that have one number', async () => {
  await project('N1');
  await project('N1', { builder_uscc: OTHER, builder_name: '另一建设单位' });
  await contract('C1', 'N1');
  const stages = async (code: string): Promise<unknown> =>
    (await read(code)).map(({ stage, contracts }) => [stage, contracts?.length]);
  assert.deepEqual(await stages(OWNER), [['CONTRACT', 1]]);
  assert.deepEqual(await stages(OTHER), [['REGISTERED', 0]]);
});

test('shows no stage that is classified, withdrawn or not yet on display', async () => {
  await project('N2', { builder_uscc: OTHER });
  await contract('C2', 'N2', { builder_uscc: OTHER, classified: '是' });
  await contract('C3', 'N2', { builder_uscc: OTHER, state: '已撤销' });
  await contract('C4', 'N2', { builder_uscc: OTHER, signed_on: '2028-01-01' });
  const found = (await read(OTHER)).find((node) => node['projectNumber'] === 'N2');
  assert.deepEqual(found, {
    projectNumber: 'N2',
    stage: 'REGISTERED',
    contracts: [],
    licences: [],
  });
});

test('tells chain and stage as they stood at the end of a day', async () => {
  const owner = '91990101MA000004XR';
  await project('N3', { builder_uscc: owner });
  await contract('C5', 'N3', { builder_uscc: owner, scale: '旧' });
  await backdate('2025-03-01');
  await contract('C5', 'N3', { builder_uscc: owner, scale: '新' });
  await importRow('licences', {
    builder_uscc: owner,
    project_number: 'N3',
    licence_number: 'L1',
    issued_on: '2020-05-01',
  });
  const [then] = await read(owner, '2025-03-01');
  assert.deepEqual(then, {
    projectNumber: 'N3',
    stage: 'CONTRACT',
    contracts: [{ contractNumber: 'C5', scale: '旧', history: [] }],
    licences: [],
  });
  const [now] = await read(owner);
  assert.deepEqual(now, {
    projectNumber: 'N3',
    stage: 'LICENCE',
    contracts: [{ contractNumber: 'C5', scale: '新', history: [{ scale: '旧' }] }],
    licences: [{ licenceNumber: 'L1' }],
  });
  assert.deepEqual(await read(owner, '2025-02-28'), []);
});

test('reading the past shows no stage that has been withdrawn since', async () => {
  const owner = '91990101MA00000905';
  await project('N4', { builder_uscc: owner });
  await contract('C6', 'N4', { builder_uscc: owner });
  await backdate('2025-03-01');
  await contract('C6', 'N4', { builder_uscc: owner, state: '已撤销' });
  const [then] = await read(owner, '2025-03-01');
  assert.deepEqual([then?.['stage'], then?.['contracts']], ['REGISTERED', []]);
});

test('a participation leads to its project, and to none that is not on display', async () => {
  await project('N5');
  await project('N6', { classified: '是' });
  for (const number of ['N5', 'N6', 'N7']) {
    await importRow('participations', {
      builder_uscc: OWNER,
      builder_name: '云州星河建设科技股份有限公司',
      project_number: number,
      project_name: `项目${number}`,
      party_uscc: BUILDER,
      role: '施工',
      stage: '合同备案',
      amount_10k_yuan: '120.5',
      since: '2020-02-01',
    });
  }
  const { data } = await construction.section(
    BUILDER,
    `{ participations { nodes { projectNumber amount { minorUnits } project { name stage } } } }`,
  );
  const nodes = [...data.participations.nodes].sort((a, b) =>
    a.projectNumber < b.projectNumber ? -1 : 1,
  );
  const amount = { minorUnits: 120_500_000 };
  assert.deepEqual(nodes, [
    { projectNumber: 'N5', amount, project: { name: '项目N5', stage: 'REGISTERED' } },
    { projectNumber: 'N6', amount, project: null },
    { projectNumber: 'N7', amount, project: null },
  ]);
});

test('reads at most 50 records of a stage, the newest', async () => {
  const owner = '91110000600037341L';
  await project('N8', { builder_uscc: owner });
  const lines = Array.from({ length: 55 }, (_, at) =>
    JSON.stringify({
      ...SOURCE,
      builder_uscc: owner,
      project_number: 'N8',
      contract_number: `K${at}`,
      contract_kind: 'OTHER',
      signed_on: `2020-${at < 5 ? '01' : '02'}-01`,
    }),
  );
  await construction.importText('many.jsonl', `${lines.join('\n')}\n`, 'contracts');
  const [found] = await read(owner);
  const contracts = found?.['contracts'] as unknown as readonly { contractNumber: string }[];
  assert.equal(contracts.length, 50);
  assert.ok(!contracts.some(({ contractNumber }) => /^K[0-4]$/.test(contractNumber)));
});
