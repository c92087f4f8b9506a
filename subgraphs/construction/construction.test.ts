import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  openTestSector,
  type TestAnswer,
  type TestSector,
} from '../kit/conformance/test-sector.ts';
import type { Receipt } from '../kit/ingestion/import-file.ts';
import { createPopulation, SAMPLE_POPULATION } from '../kit/samples/population.ts';
import { sector } from './sector.ts';

const FIRST = '91990101MA7K3P2Q8J';
const NOW = new Date('2026-11-23T04:00:00Z');
const RECORD = `__typename id version subject { code } disclosureClass state dispute recordedAt
  source { publisher publisherCode documentNumber decidedOn publishedOn retrievedAt }
  clocks { display { start from until } query { until } deletion { until } }`;

let construction: TestSector;
let receipts: readonly Receipt[];

before(async () => {
  construction = await openTestSector(sector, { now: () => NOW });
  receipts = await construction.importSamples();
});

after(() => construction.close());

const codesOf = (answer: TestAnswer): unknown[] =>
  (answer.errors ?? []).map((error) => error.extensions['code']);

function readSections(codes: readonly string[], selection: string): Promise<TestAnswer> {
  return construction.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject {
       construction ${selection} } } }`,
    { r: codes.map((code) => ({ __typename: 'Subject', code })) },
  );
}

async function countRows(from: string): Promise<number> {
  const { rows } = await construction.pool.query<{ count: number }>(`select count(*) from ${from}`);
  return rows[0]?.count ?? 0;
}

test('takes every row of the samples but the five that no importer may take', () => {
  const rejected = receipts.filter((receipt) => receipt.rejected > 0);
  assert.deepEqual(
    rejected.map((receipt) => [receipt.file, receipt.rejected, receipt.unchanged]),
    [['bad-conduct.csv', 5, 1]],
  );
  assert.deepEqual(
    receipts.map((receipt) => receipt.format).sort(),
    sector.files.map((file) => file.name).sort(),
  );
});

test('returns every record type of subject 0 with provenance and clocks', async () => {
  const answer = await construction.section(
    FIRST,
    `{ coverage { status upToClass higherClassesExist }
       qualifications { nodes { ${RECORD} } }
       participations { nodes { ${RECORD} } }
       goodConduct { nodes { ${RECORD} } }
       badConduct { nodes { ${RECORD} } }
       wageArrears { nodes { ${RECORD} } }
       blacklist { nodes { ${RECORD} } }
       projects { nodes { ${RECORD} projectNumber
         tenders { ${RECORD} } contracts { ${RECORD} } drawingReviews { ${RECORD} }
         licences { ${RECORD} } completions { ${RECORD} } } } }`,
  );
  assert.equal(answer.errors, undefined);
  assert.deepEqual(answer.data.coverage, {
    status: 'CHECKED',
    upToClass: 'PUBLIC',
    higherClassesExist: true,
  });
  const project = answer.data.projects.nodes.at(-1);
  const found = new Map<string, unknown>();
  for (const records of [
    ...['qualifications', 'participations', 'goodConduct', 'badConduct', 'wageArrears'].map(
      (field) => answer.data[field].nodes,
    ),
    ...['blacklist', 'projects'].map((field) => answer.data[field].nodes),
    ...['tenders', 'contracts', 'drawingReviews', 'licences', 'completions'].map(
      (field) => project[field],
    ),
  ]) {
    for (const record of records) {
      const type = record.__typename;
      found.set(type, record);
      assert.equal(record.subject.code, FIRST, type);
      assert.equal(record.disclosureClass, 'PUBLIC', type);
      assert.match(record.source.publisher, /市.*局$/u, type);
      assert.match(record.source.decidedOn, /^20\d\d-\d\d-\d\d$/, type);
      const { from, until } = record.clocks.display;
      assert.equal(from, record.source.decidedOn, type);
      assert.ok(until === null || until >= '2026-11-23', type);
    }
  }
  assert.deepEqual([...found.keys()].sort(), sector.tables.map((table) => table.type).sort());
});

test('tells the chain of a completed project, stage by stage, with its parties', async () => {
  const { data } = await construction.section(
    FIRST,
    `{ projects { nodes { projectNumber stage type region builderName
         tenders { amount { minorUnits currency } parties { role code subject { code } } }
         contracts { kind parties { role code } } drawingReviews { parties { role } }
         licences { parties { role } area } completions { actualCost { minorUnits } } } } }`,
  );
  const stages = data.projects.nodes.map((node: { stage: string }) => node.stage);
  assert.deepEqual(stages, ['TENDER', 'LICENCE', 'COMPLETION']);
  const project = data.projects.nodes[2];
  assert.equal(project.projectNumber, '990101MA7K3P2Q82021001');
  const [tender] = project.tenders;
  assert.equal(tender.amount.currency, 'CNY');
  assert.deepEqual(tender.parties[0], { role: 'BUILD', code: FIRST, subject: { code: FIRST } });
  const kinds = project.contracts.map((contract: { kind: string }) => contract.kind);
  assert.deepEqual(kinds.sort(), ['BUILD', 'SUPERVISE']);
  const roles = project.licences[0].parties.map((party: { role: string }) => party.role);
  assert.deepEqual(roles, ['SURVEY', 'DESIGN', 'BUILD', 'SUPERVISE']);
  assert.equal(project.completions[0].actualCost.minorUnits, tender.amount.minorUnits);
});

test('shows a contractor the projects it took part in', async () => {
  const { data } = await construction.section(
    FIRST,
    `{ participations(role: [BUILD]) { totalCount nodes { role projectNumber builderCode
         project { projectNumber subject { code } stage } } } }`,
  );
  assert.ok(data.participations.totalCount > 1);
  for (const node of data.participations.nodes) {
    assert.equal(node.role, 'BUILD');
    assert.equal(node.project.projectNumber, node.projectNumber);
    assert.equal(node.project.subject.code, node.builderCode);
    assert.notEqual(node.project.stage, 'REGISTERED');
  }
});

test('neither returns nor counts classified projects, their stages and participations', async () => {
  const classified = `disclosure_class = 'GOVERNMENT' and subject_code = '${FIRST}'`;
  assert.equal(await countRows(`projects where ${classified}`), 1);
  assert.equal(await countRows(`contracts where ${classified}`), 2);
  const { data } = await construction.section(FIRST, '{ projects { totalCount nodes { id } } }');
  assert.equal(data.projects.totalCount, 3);
  assert.equal(data.projects.nodes.length, 3);
  const search = await construction.query(
    `{ constructionProjects(builder: "${FIRST}") { totalCount nodes { registeredOn } } }`,
  );
  assert.equal(search.data.constructionProjects.totalCount, 3);
  const shown = await construction.query('{ constructionProjects(first: 0) { totalCount } }');
  assert.equal(
    shown.data.constructionProjects.totalCount,
    await countRows(`projects where disclosure_class = 'PUBLIC'`),
  );
});

test('neither returns nor counts bad conduct that is minor, repaired or past its display', async () => {
  const { data } = await construction.query('{ constructionBadConduct(first: 0) { totalCount } }');
  assert.ok((await countRows(`bad_conduct where severity = 'MINOR'`)) > 0);
  assert.ok((await countRows(`bad_conduct where state = 'REPAIRED'`)) > 0);
  assert.ok((await countRows(`bad_conduct where display_until < '2026-11-23'`)) > 0);
  assert.equal(
    data.constructionBadConduct.totalCount,
    await countRows(
      `bad_conduct where severity <> 'MINOR' and state = 'EFFECTIVE'
       and display_until >= '2026-11-23' and subject_code not like '92%'`,
    ),
  );
});

test('refuses the bids of a tender and answers the rest', async () => {
  assert.ok((await countRows(`tenders where bids is not null`)) > 0);
  const answer = await construction.section(
    FIRST,
    '{ projects(first: 1) { nodes { tenders { tenderNumber bids { bidder } } } } }',
  );
  assert.deepEqual(codesOf(answer), ['UNAUTHORIZED_FIELD_OR_TYPE']);
  assert.equal(answer.errors?.[0]?.extensions['class'], 'SPECIAL');
  const [tender] = answer.data.projects.nodes[0].tenders;
  assert.match(tender.tenderNumber, /^ZB-/);
  assert.equal(tender.bids, null);
});

test('narrows by category, status, role, ground and day', async () => {
  const { data } = await construction.query(`{
    safety: constructionBadConduct(first: 100, category: [SAFETY]) { nodes { category } }
    june: constructionBadConduct(first: 100, determinedFrom: "2026-06-01",
      determinedTo: "2026-06-30") { nodes { determinedOn } }
    arrears: constructionWageArrears(first: 100, enteredFrom: "2026-01-01",
      enteredTo: "2026-12-31") { nodes { enteredOn } }
    lent: constructionBlacklist(first: 100, ground: [TRANSFER_OR_LENDING, MAJOR_ACCIDENT]) {
      nodes { ground } } }`);
  const values = (field: string, key: string): readonly string[] =>
    data[field].nodes.map((node: Readonly<Record<string, string>>) => node[key]);
  for (const [field, key, pattern] of [
    ['safety', 'category', /^SAFETY$/],
    ['june', 'determinedOn', /^2026-06-/],
    ['arrears', 'enteredOn', /^2026-/],
    ['lent', 'ground', /^(TRANSFER_OR_LENDING|MAJOR_ACCIDENT)$/],
  ] as const) {
    assert.ok(values(field, key).length > 0, field);
    for (const value of values(field, key)) assert.match(value, pattern);
  }
});

test('gives every participation once over all pages, newest first', async () => {
  const { rows } = await construction.pool.query<{ subject_code: string }>(
    `select subject_code from participations where disclosure_class = 'PUBLIC'
     group by 1 order by count(*) desc limit 1`,
  );
  const code = rows[0]?.subject_code ?? '';
  const seen: string[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const answer: TestAnswer = await construction.section(
      code,
      `{ participations(first: 7, after: ${JSON.stringify(after)}) { totalCount
         pageInfo { hasNextPage endCursor } nodes { id since } } }`,
    );
    const page = answer.data.participations;
    for (const node of page.nodes) seen.push(`${node.since} ${node.id}`);
    total = page.totalCount;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  assert.ok(total > 14);
  assert.equal(new Set(seen).size, total);
  assert.deepEqual([...seen].sort().reverse(), seen);
});

test('refuses the cursor of another type, and what is no cursor', async () => {
  const { data } = await construction.query(
    '{ constructionWageArrears(first: 1) { pageInfo { endCursor } } }',
  );
  for (const after of [data.constructionWageArrears.pageInfo.endCursor, 'x']) {
    for (const field of ['constructionBadConduct', 'constructionProjects']) {
      const answer = await construction.query(
        `query ($after: String) { ${field}(after: $after) { nodes { id } } }`,
        { after },
      );
      assert.deepEqual(codesOf(answer), ['INVALID_CURSOR'], field);
    }
  }
});

test('sends one statement a record type, for 1 subject and for 50', async () => {
  const population = createPopulation(SAMPLE_POPULATION);
  const { rows } = await construction.pool.query<{ subject_code: string }>(
    `select distinct subject_code from projects where disclosure_class = 'PUBLIC' limit 49`,
  );
  const codes = [population.at(0).code, ...rows.map((row) => row.subject_code)];
  const selection = `{ qualifications { nodes { id } } goodConduct { nodes { id } }
    badConduct { totalCount nodes { id } } wageArrears { nodes { id } } blacklist { nodes { id } }
    projects { nodes { stage tenders { id } contracts { id } drawingReviews { id }
      licences { id } completions { id } } } participations { nodes { id project { id } } } }`;
  for (const count of [1, 50]) {
    construction.statements();
    const answer = await readSections(codes.slice(0, count), selection);
    assert.equal(answer.errors, undefined);
    const entities = answer.data._entities as readonly {
      readonly construction: { readonly projects: { readonly nodes: readonly object[] } };
    }[];
    const projects = entities.flatMap((entity) => entity.construction.projects.nodes).length;
    assert.ok(projects >= count);
    // Seven sections, five stages, the furthest stage, and the projects of participations.
    assert.equal(construction.statements(), 14, `${count} subjects`);
  }
});

test('tells an empty section from one that was not looked at', async () => {
  const { data } = await construction.section(
    '91990101MA00003300',
    '{ coverage { status checkedAt } projects { totalCount nodes { id } } }',
  );
  assert.deepEqual(data, {
    coverage: { status: 'CHECKED', checkedAt: NOW.toISOString() },
    projects: { totalCount: 0, nodes: [] },
  });
});

test('the change feed tells of every record on display once, and of no other', async () => {
  const ids = new Set<string>();
  const kinds = new Map<string, number>();
  let seen = 0;
  let after: string | null = null;
  for (let more = true; more;) {
    const answer: TestAnswer = await construction.query(
      `query ($after: String) { constructionChanges(first: 100, after: $after) {
         endCursor hasNextPage
         nodes { record { __typename id disclosureClass subject { code } } } } }`,
      { after },
    );
    assert.equal(answer.errors, undefined);
    const page = answer.data.constructionChanges;
    for (const { record } of page.nodes) {
      assert.equal(record.disclosureClass, 'PUBLIC');
      kinds.set(record.__typename, (kinds.get(record.__typename) ?? 0) + 1);
      ids.add(`${record.__typename}/${record.subject.code}/${record.id}`);
      seen += 1;
    }
    after = page.endCursor;
    more = page.hasNextPage;
  }
  assert.equal(ids.size, seen);
  assert.equal(
    kinds.get('ConstructionProject'),
    await countRows(`projects where disclosure_class = 'PUBLIC'`),
  );
  assert.equal(
    kinds.get('ConstructionTender'),
    await countRows(`tenders where disclosure_class = 'PUBLIC'`),
  );
});
