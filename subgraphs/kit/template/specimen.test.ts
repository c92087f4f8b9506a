import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestSector, type TestAnswer, type TestSector } from '../conformance/test-sector.ts';
import { testInquiry } from '../conformance/test-envelope.ts';
import { createPopulation, SAMPLE_POPULATION } from '../samples/population.ts';
import { sector } from './sector.ts';

const FIRST = '91990101MA7K3P2Q8J';
const NOW = new Date('2026-11-23T04:00:00Z');
const POPULATION = createPopulation(SAMPLE_POPULATION);

let opened: TestSector;

before(async () => {
  opened = await openTestSector(sector, { now: () => NOW });
  for (const receipt of await opened.importSamples()) assert.equal(receipt.rejected, 0);
});

after(() => opened.close());

const codesOf = (answer: TestAnswer): unknown[] =>
  (answer.errors ?? []).map((error) => error.extensions['code']);

test('returns the records of subject 0, newest first, with provenance and clocks', async () => {
  const { data, errors } = await opened.section(
    FIRST,
    `{ coverage { status upToClass higherClassesExist }
       oddExhibits { totalCount nodes { year grade subjectName subject { code } disclosureClass
         source { publisher documentNumber decidedOn } clocks { display { start until } } } } }`,
  );
  assert.equal(errors, undefined);
  assert.deepEqual(data.coverage, {
    status: 'CHECKED',
    upToClass: 'PUBLIC',
    higherClassesExist: true,
  });
  assert.equal(data.oddExhibits.totalCount, 3);
  const years = data.oddExhibits.nodes.map((node: { year: number }) => node.year);
  assert.deepEqual(years, [2025, 2024, 2023]);
  for (const node of data.oddExhibits.nodes) {
    assert.match(node.grade, /^[ABCD]$/);
    assert.deepEqual([node.subject.code, node.disclosureClass], [FIRST, 'PUBLIC']);
    assert.match(node.source.publisher, /样本主管部门$/);
    assert.match(node.source.decidedOn, new RegExp(`^${Number(node.year) + 1}-`));
    assert.equal(node.clocks.display.start, 'DECIDED');
    assert.ok(node.clocks.display.until >= '2026-11-23');
  }
});

test('refuses points to who is not authorised, shows them to the subject itself', async () => {
  const points = '{ oddExhibits(first: 1) { nodes { grade score } } }';
  const refused = await opened.section(FIRST, points);
  assert.deepEqual(codesOf(refused), ['UNAUTHORIZED_FIELD_OR_TYPE']);
  assert.equal(refused.data.oddExhibits.nodes[0].score, null);
  const shown = await opened.section(FIRST, points, {
    inquiry: testInquiry({ tier: 'REGISTERED', subject: FIRST }, 'OWN_RECORDS'),
  });
  assert.equal(shown.errors, undefined);
  assert.equal(typeof shown.data.oddExhibits.nodes[0].score, 'number');
});

test('sends one statement for 1 subject and for 50', async () => {
  const codes = Array.from({ length: 50 }, (_, at) => POPULATION.at(at).code);
  for (const count of [1, 50]) {
    opened.statements();
    const answer = await opened.query(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject {
         specimen { oddExhibits { totalCount nodes { grade } } } } } }`,
      { r: codes.slice(0, count).map((code) => ({ __typename: 'Subject', code })) },
    );
    assert.equal(answer.errors, undefined);
    assert.equal(answer.data._entities.length, count);
    assert.equal(opened.statements(), 1, `${count} subjects`);
  }
});

test('narrows the listing by grade and day, and its change feed tells of every record', async () => {
  const { data, errors } = await opened.query(`{
    failed: specimenOddExhibits(first: 100, grade: [D], decidedFrom: "2025-01-01",
      decidedTo: "2025-12-31") { nodes { grade source { decidedOn } } }
    all: specimenOddExhibits(first: 0) { totalCount }
    feed: specimenChanges(first: 1) { nodes { kind record { __typename } } } }`);
  assert.equal(errors, undefined);
  assert.ok(data.failed.nodes.length > 0);
  for (const { grade, source } of data.failed.nodes) {
    assert.equal(grade, 'D');
    assert.match(source.decidedOn, /^2025-/);
  }
  assert.ok(data.all.totalCount > 500);
  const [change] = data.feed.nodes;
  assert.deepEqual([change.kind, change.record.__typename], ['ADDED', 'SpecimenOddExhibit']);
});

test('refuses a row by its column, and takes the other rows of the file', async () => {
  const receipt = await opened.importText(
    'rows.csv',
    [
      'uscc,year,grade,score,decided_on,authority',
      `${FIRST},2022,优秀,95,2023-03-10,an authority`,
      `${FIRST},2021,优秀,95,2020-03-10,an authority`,
      `${FIRST},2020,perfect,95,2021-03-10,an authority`,
      '91990101MA7K3P2Q80,2022,优秀,95,2023-03-10,an authority',
    ].join('\n'),
  );
  assert.deepEqual([receipt.read, receipt.inserted, receipt.rejected], [4, 1, 3]);
});
