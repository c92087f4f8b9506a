import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  openTestSector,
  type TestAnswer,
  type TestSector,
} from '../kit/conformance/test-sector.ts';
import { testInquiry, type TestCaller } from '../kit/conformance/test-envelope.ts';
import { sector } from './sector.ts';

const OWNER = '91990101MA7K3P2Q8J';
const OTHER = '91990102900000014T';

let construction: TestSector;
let today = new Date('2026-11-23T04:00:00Z');
let files = 0;

before(async () => {
  construction = await openTestSector(sector, { now: () => today });
  await importRows('projects', [
    project('P1', '云州市星河花园一期', { registered_on: '2026-01-01' }),
    project('P2', '云州市花园星河（二期）', { registered_on: '2026-01-02', region: '990102' }),
    project('P3', '澜川Ｇarden 7 号楼', { registered_on: '2026-01-03', region: '990201' }),
    project('P4', '云州市星河秘密工程', { registered_on: '2026-01-04', classified: '是' }),
    project('P5', '云州市星河撤销工程', { registered_on: '2026-01-05', state: '已撤销' }),
    project('P6', '云州市星河未来工程', { registered_on: '2027-01-06' }),
    project('P7', '北苑厂房', {
      registered_on: '2026-01-07',
      builder_uscc: OTHER,
      builder_name: '云州市鼎途置业有限公司',
    }),
  ]);
});

after(() => construction.close());

type Row = Readonly<Record<string, string>>;

function project(number: string, name: string, over: Row = {}): Row {
  return {
    builder_uscc: OWNER,
    builder_name: '云州星河建设科技股份有限公司',
    project_number: number,
    project_name: name,
    project_type: 'BUILDING',
    region: '990101',
    publisher: '云州市住房和城乡建设局',
    ...over,
  };
}

function stage(kind: 'contract' | 'licence', projectNumber: string, over: Row = {}): Row {
  return {
    builder_uscc: OWNER,
    project_number: projectNumber,
    ...(kind === 'contract'
      ? { contract_number: `C-${projectNumber}`, contract_kind: 'BUILD', signed_on: '2026-03-01' }
      : { licence_number: `L-${projectNumber}`, issued_on: '2026-04-01' }),
    publisher: '云州市住房和城乡建设局',
    ...over,
  };
}

async function importRows(as: string, rows: readonly Row[]): Promise<void> {
  files += 1;
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const receipt = await construction.importText(`rows-${files}.jsonl`, text, as);
  assert.equal(receipt.rejected, 0);
}

function search(args: string, caller?: TestCaller): Promise<TestAnswer> {
  return construction.query(
    `{ constructionProjects(${args}) { totalCount nodes { projectNumber stage } } }`,
    {},
    caller,
  );
}

async function numbersOf(args: string, caller?: TestCaller): Promise<readonly string[]> {
  const { data, errors } = await search(args, caller);
  assert.equal(errors, undefined);
  const { nodes, totalCount } = data.constructionProjects;
  const numbers = nodes.map((node: { projectNumber: string }) => node.projectNumber);
  assert.equal(totalCount, numbers.length);
  return numbers;
}

test('finds all that is on display without arguments, last registered first', async () => {
  assert.deepEqual(await numbersOf('first: 100'), ['P7', 'P3', 'P2', 'P1']);
});

test('finds a part of a name in its order, whatever width, case and punctuation', async () => {
  assert.deepEqual(await numbersOf('name: "星河花园"'), ['P1']);
  assert.deepEqual(await numbersOf('name: "花园星河"'), ['P2']);
  assert.deepEqual(await numbersOf('name: "星河二期"'), ['P2']);
  assert.deepEqual(await numbersOf('name: "星河"'), ['P2', 'P1']);
  assert.deepEqual(await numbersOf('name: "garden７号"'), ['P3']);
  assert.deepEqual(await numbersOf('name: "园花"'), []);
});

test('finds by number, builder and region', async () => {
  assert.deepEqual(await numbersOf('number: " p3 "'), ['P3']);
  assert.deepEqual(await numbersOf(`builder: "${OTHER.toLowerCase()}"`), ['P7']);
  assert.deepEqual(await numbersOf('builder: "鼎途置业"'), ['P7']);
  assert.deepEqual(await numbersOf('region: "990100"'), ['P7', 'P2', 'P1']);
  assert.deepEqual(await numbersOf('region: "990102"'), ['P2']);
  assert.deepEqual(await numbersOf('region: "110000"'), []);
  assert.deepEqual(await numbersOf('builder: "星河", region: "990200", name: "号楼"'), ['P3']);
  assert.deepEqual(await numbersOf('builder: "鼎途", name: "星河"'), []);
});

test('finds neither classified nor withdrawn projects, nor those not yet on display', async () => {
  for (const part of ['秘密', '撤销', '未来']) {
    assert.deepEqual(await numbersOf(`name: "星河${part}工程"`), [], part);
  }
  for (const number of ['P4', 'P5', 'P6']) {
    assert.deepEqual(await numbersOf(`number: "${number}"`), [], number);
  }
  const held = await construction.pool.query<{ project_number: string }>(
    `select project_number from project_search where project_number in ('P4', 'P5')`,
  );
  assert.deepEqual(held.rows, []);
});

test('finds a project from the day on which its display starts', async () => {
  today = new Date('2027-01-06T04:00:00Z');
  try {
    assert.deepEqual(await numbersOf('name: "星河未来"'), ['P6']);
  } finally {
    today = new Date('2026-11-23T04:00:00Z');
  }
});

test('finds by the furthest stage that is on display', async () => {
  await importRows('contracts', [
    stage('contract', 'P1'),
    stage('contract', 'P2', { classified: '是' }),
    stage('contract', 'P3', { state: '已撤销' }),
  ]);
  await importRows('licences', [stage('licence', 'P1', { issued_on: '2026-12-24' })]);
  assert.deepEqual(await numbersOf('stage: CONTRACT'), ['P1']);
  assert.deepEqual(await numbersOf('stage: LICENCE'), []);
  assert.deepEqual(await numbersOf('stage: REGISTERED'), ['P7', 'P3', 'P2']);
  assert.deepEqual(await numbersOf('stage: CONTRACT, name: "星河"'), ['P1']);
  today = new Date('2026-12-24T04:00:00Z');
  try {
    assert.deepEqual(await numbersOf('stage: LICENCE'), ['P1']);
    assert.deepEqual(await numbersOf('stage: CONTRACT'), []);
  } finally {
    today = new Date('2026-11-23T04:00:00Z');
  }
});

test('finds by the furthest stage that the caller sees, whatever anyone else sees', async () => {
  const agency = { inquiry: testInquiry({ tier: 'AGENCY' }) };
  const office = { inquiry: testInquiry({ tier: 'GOVERNMENT', sectorsOfDuty: ['construction'] }) };
  // P2 has a contract that is classified: to the agency it tells nothing, not even by being missing.
  assert.deepEqual(await numbersOf('stage: CONTRACT', agency), ['P1']);
  assert.deepEqual(await numbersOf('stage: REGISTERED', agency), ['P7', 'P3', 'P2']);
  assert.deepEqual(await numbersOf('stage: CONTRACT', office), ['P2']);
  // The licence of P1 is not yet on display.
  assert.deepEqual(await numbersOf('stage: LICENCE', office), ['P1']);
  assert.deepEqual(await numbersOf('stage: REGISTERED', office), ['P6', 'P7', 'P3']);
});

test('follows a project that is renamed, classified, withdrawn and shown again', async () => {
  const row = (name: string, over: Row = {}): Row =>
    project('P8', name, { registered_on: '2026-02-01', ...over });
  await importRows('projects', [row('听松里')]);
  assert.deepEqual(await numbersOf('name: "听松里"'), ['P8']);
  await importRows('projects', [row('望汐里')]);
  assert.deepEqual(await numbersOf('name: "听松里"'), []);
  assert.deepEqual(await numbersOf('name: "望汐里"'), ['P8']);
  await importRows('projects', [row('望汐里', { classified: '是' })]);
  assert.deepEqual(await numbersOf('name: "望汐里"'), []);
  // The same bytes as before would be taken for a file that is known.
  await importRows('projects', [row('望汐里', { address: '望汐路1号' })]);
  assert.deepEqual(await numbersOf('name: "望汐里"'), ['P8']);
  await importRows('projects', [row('望汐里', { state: '已撤销' })]);
  assert.deepEqual(await numbersOf('name: "望汐里"'), []);
});

test('gives every project once over all pages: of the newest, of few and of many', async () => {
  const rows = (part: string, count: number, year: number): readonly Row[] =>
    Array.from({ length: count }, (_, at) =>
      project(`${part}${at}`, `${part}${at}号楼`, { registered_on: `${year}-0${(at % 7) + 1}-11` }),
    );
  await importRows('projects', rows('枫林', 2_100, 2025));
  await importRows('projects', rows('竹溪', 3_100, 2024));
  await importRows('projects', rows('听潮', 210, 2023));
  for (const [name, wanted] of [
    ['枫林', 2_100],
    ['竹溪', 3_100],
    ['听潮', 210],
  ] as const) {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const answer: TestAnswer = await construction.query(
        `query ($after: String) { constructionProjects(name: "${name}", first: 100, after: $after) {
           pageInfo { hasNextPage hasPreviousPage endCursor }
           edges { cursor node { id registeredOn } } } }`,
        { after },
      );
      const page = answer.data.constructionProjects;
      assert.equal(page.pageInfo.hasPreviousPage, after !== null);
      for (const { node } of page.edges) seen.push(`${node.registeredOn} ${node.id}`);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    assert.equal(seen.length, wanted, name);
    assert.equal(new Set(seen).size, wanted, name);
    assert.deepEqual([...seen].sort().reverse(), seen);
  }
});

test('counts up to 1,000 and says nothing of how many more there are', async () => {
  const few = await search('name: "听潮", first: 0');
  assert.equal(few.errors, undefined);
  assert.deepEqual(few.data.constructionProjects, { totalCount: 210, nodes: [] });
  const many = await search('name: "竹溪", first: 0');
  assert.deepEqual(many.data.constructionProjects, { totalCount: null, nodes: [] });
});

test('reads a search in one to three statements, and its chain in one a stage', async () => {
  for (const [args, statements] of [
    ['name: "枫林"', 1],
    ['name: "竹溪"', 3],
    ['name: "听潮"', 3],
    ['name: "无此"', 2],
  ] as const) {
    construction.statements();
    const answer = await construction.query(`{ constructionProjects(${args}) { nodes { name } } }`);
    assert.equal(answer.errors, undefined);
    assert.equal(construction.statements(), statements, args);
  }
  await construction.query(
    '{ constructionProjects(first: 50) { nodes { stage contracts { id } } } }',
  );
  assert.equal(construction.statements(), 3);
});

test('refuses arguments that no project can answer', async () => {
  for (const [args, message] of [
    ['name: "桥"', /^name needs 2 to 100 letters or digits/],
    ['name: "（）——"', /^name needs/],
    [`name: "${'桥'.repeat(101)}"`, /^name needs/],
    ['builder: "A"', /^builder needs/],
    ['region: "9901"', /^region is a division/],
    [`number: "${'9'.repeat(65)}"`, /^number has more than 64/],
    ['first: 101', /^first is 101/],
    ['first: -1', /^first is -1/],
  ] as const) {
    const answer = await search(args);
    assert.equal(answer.errors?.[0]?.extensions['code'], 'BAD_USER_INPUT', args);
    assert.match(answer.errors[0].message, message);
  }
});
