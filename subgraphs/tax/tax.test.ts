import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  openTestSector,
  type TestAnswer,
  type TestSector,
} from '../kit/conformance/test-sector.ts';
import { createPopulation, SAMPLE_POPULATION } from '../kit/samples/population.ts';
import { sector } from './sector.ts';

const FIRST = '91990101MA7K3P2Q8J';
const NOW = new Date('2026-11-23T04:00:00Z');
const RECORD = `id version subject { code } disclosureClass state stateReason dispute
  recordedAt supersededAt
  source { publisher publisherCode documentNumber decidedOn publishedOn retrievedAt }
  clocks { display { ...c } query { ...c } deletion { ...c } }`;
const CLOCK = `fragment c on RecordClock { start from until }`;

let tax: TestSector;

before(async () => {
  tax = await openTestSector(sector, { now: () => NOW });
  await tax.importSamples();
});

after(() => tax.close());

const codesOf = (answer: TestAnswer): unknown[] =>
  (answer.errors ?? []).map((error) => error.extensions['code']);

function readSections(
  codes: readonly string[],
  selection: string,
  fragments = '',
): Promise<TestAnswer> {
  return tax.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { tax ${selection} } } }
     ${fragments}`,
    { r: codes.map((code) => ({ __typename: 'Subject', code })) },
  );
}

test('returns every public record type of subject 0 with provenance and clocks', async () => {
  const answer = await readSections(
    [FIRST],
    `{ coverage { status upToClass higherClassesExist }
       creditRatings { nodes { ratingYear grade subjectName validFrom validTo ${RECORD} } }
       majorViolations { nodes { caseNature facts taxAmount { minorUnits currency } enteredOn
         removedOn registeredAddress ${RECORD} } }
       arrearsNotices { nodes { period taxType balance { minorUnits currency } ${RECORD} } }
       penalties { nodes { decisionNumber kinds severity fine { minorUnits } ${RECORD} } } }`,
    CLOCK,
  );
  assert.equal(answer.errors, undefined);
  const section = answer.data._entities[0].tax;
  assert.deepEqual(section.coverage, {
    status: 'CHECKED',
    upToClass: 'PUBLIC',
    higherClassesExist: true,
  });
  for (const type of ['creditRatings', 'majorViolations', 'arrearsNotices', 'penalties']) {
    const [record] = section[type].nodes;
    assert.equal(record.subject.code, FIRST, type);
    assert.equal(record.source.publisher, '云州市星湾区税务局', type);
    assert.equal(record.source.publisherCode, '119901010001010122', type);
    assert.match(record.source.retrievedAt, /^20\d\d-\d\d-\d\dT/, type);
    assert.equal(record.disclosureClass, 'PUBLIC', type);
    assert.deepEqual([record.version, record.state, record.dispute], [1, 'EFFECTIVE', 'NONE']);
    assert.ok(record.clocks.display.until >= '2027-11-23', `${type} is displayed for a year more`);
    assert.ok(record.clocks.query.until > record.clocks.display.until, type);
    assert.ok(record.clocks.deletion.until > record.clocks.query.until, type);
  }
  const [rating] = section.creditRatings.nodes;
  assert.deepEqual([rating.validFrom, rating.validTo], ['2026-04-18', '2027-04-17']);
  const [violation] = section.majorViolations.nodes;
  assert.equal(violation.registeredAddress, '云州市星湾区云杉路157号29层');
  assert.equal(violation.enteredOn, '2026-06-12');
  assert.deepEqual(violation.clocks.display, {
    start: 'LISTED',
    from: '2026-06-12',
    until: '2029-06-12',
  });
  assert.equal(violation.taxAmount.currency, 'CNY');
});

test('neither returns nor counts ratings below A', async () => {
  const { data } = await tax.section(FIRST, '{ creditRatings { totalCount nodes { grade } } }');
  const { rows } = await tax.pool.query<{ grade: string }>(
    'select grade from credit_ratings where subject_code = $1 order by rating_year',
    [FIRST],
  );
  assert.deepEqual(
    rows.map((row) => row.grade),
    ['A', 'B', 'A'],
  );
  // The A of 2023 has left its two years of display.
  assert.deepEqual(data.creditRatings, { totalCount: 1, nodes: [{ grade: 'A' }] });
});

test('neither returns nor counts minor, repaired and withdrawn penalties', async () => {
  const { data } = await tax.query('{ taxPenalties(first: 0) { totalCount } }');
  const { rows } = await tax.pool.query<{ severity: string; state: string }>(
    'select severity, state from penalties group by 1, 2',
  );
  assert.ok(rows.some((row) => row.severity === 'MINOR'));
  assert.ok(rows.some((row) => row.state === 'REPAIRED'));
  assert.ok(rows.some((row) => row.state === 'WITHDRAWN'));
  const displayed = await tax.pool.query<{ count: number }>(
    `select count(*) from penalties where severity <> 'MINOR' and state = 'EFFECTIVE'
     and display_until >= '2026-11-23' and subject_code not like '92%'`,
  );
  assert.equal(data.taxPenalties.totalCount, displayed.rows[0]?.count);
});

test('refuses inspections and answers the rest', async () => {
  const answer = await tax.section(
    FIRST,
    '{ arrearsNotices { totalCount } inspections { totalCount nodes { inspectionNumber } } }',
  );
  assert.deepEqual(codesOf(answer), ['UNAUTHORIZED_FIELD_OR_TYPE']);
  assert.equal(answer.errors?.[0]?.extensions['class'], 'GOVERNMENT');
  assert.equal(answer.data.inspections, null);
  assert.ok(answer.data.arrearsNotices.totalCount > 0);
});

test('refuses points and grounds of a rating', async () => {
  const answer = await tax.section(
    FIRST,
    '{ creditRatings { nodes { grade score directGround } } }',
  );
  assert.deepEqual(codesOf(answer), ['UNAUTHORIZED_FIELD_OR_TYPE', 'UNAUTHORIZED_FIELD_OR_TYPE']);
  assert.deepEqual(answer.data.creditRatings.nodes, [
    { grade: 'A', score: null, directGround: null },
  ]);
});

test('narrows by year, tax, nature and day', async () => {
  const { data } = await tax.query(`{
    vat: taxArrearsNotices(first: 100, taxType: [VAT, STAMP]) { nodes { taxType } }
    evasion: taxMajorViolations(first: 100, caseNature: [EVASION], enteredFrom: "2024-01-01",
      enteredTo: "2024-12-31") { nodes { caseNature enteredOn } }
    june: taxPenalties(first: 100, decidedFrom: "2026-06-01", decidedTo: "2026-06-10") {
      nodes { source { decidedOn } } } }`);
  const taxes = new Set(data.vat.nodes.map((node: { taxType: string }) => node.taxType));
  assert.deepEqual([...taxes].sort(), ['STAMP', 'VAT']);
  assert.ok(data.evasion.nodes.length > 0);
  for (const node of data.evasion.nodes) {
    assert.equal(node.caseNature, 'EVASION');
    assert.match(node.enteredOn, /^2024-/);
  }
  assert.ok(data.june.nodes.length > 0);
  for (const { source } of data.june.nodes) assert.match(source.decidedOn, /^2026-06-(0\d|10)$/);
  const years = await tax.section(
    FIRST,
    '{ creditRatings(yearFrom: 2024, yearTo: 2024) { totalCount } }',
  );
  assert.equal(years.data.creditRatings.totalCount, 0);
});

test('gives every record once over all pages, newest first', async () => {
  const seen: { id: string; sort: string }[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const answer: TestAnswer = await tax.query(
      `query ($after: String) { taxArrearsNotices(first: 37, after: $after) { totalCount
         pageInfo { hasNextPage endCursor } nodes { id subject { code } source { decidedOn } } } }`,
      { after },
    );
    const page = answer.data.taxArrearsNotices;
    for (const node of page.nodes) {
      seen.push({ id: `${node.subject.code}/${node.id}`, sort: node.source.decidedOn });
    }
    total = page.totalCount;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  assert.equal(new Set(seen.map((each) => each.id)).size, total);
  assert.equal(seen.length, total);
  const days = seen.map((each) => each.sort);
  assert.deepEqual([...days].sort().reverse(), days);
});

test('refuses the cursor of another type, and what is no cursor', async () => {
  const { data } = await tax.query('{ taxArrearsNotices(first: 1) { pageInfo { endCursor } } }');
  for (const after of [data.taxArrearsNotices.pageInfo.endCursor, 'x']) {
    const answer = await tax.query(
      'query ($after: String) { taxPenalties(after: $after) { totalCount nodes { id } } }',
      { after },
    );
    assert.deepEqual(codesOf(answer), ['INVALID_CURSOR']);
  }
});

test('sends one statement a record type, for 1 subject and for 50', async () => {
  const population = createPopulation(SAMPLE_POPULATION);
  const codes = Array.from({ length: 50 }, (_, index) => population.at(index).code);
  const selection = `{ creditRatings { totalCount nodes { grade } } penalties { nodes { id } }
    majorViolations { nodes { id } } arrearsNotices { totalCount nodes { id } } }`;
  for (const count of [1, 50]) {
    tax.statements();
    const answer = await readSections(codes.slice(0, count), selection);
    assert.equal(answer.errors, undefined);
    assert.equal(answer.data._entities.length, count);
    assert.equal(tax.statements(), 4, `${count} subjects`);
  }
});

test('tells an empty section from one that was not looked at', async () => {
  const { data } = await tax.section(
    '91990101MA00003300',
    '{ coverage { status checkedAt } penalties { totalCount nodes { id } } }',
  );
  assert.deepEqual(data, {
    coverage: { status: 'CHECKED', checkedAt: NOW.toISOString() },
    penalties: { totalCount: 0, nodes: [] },
  });
});

test('the change feed tells of every record on display once, and of no other', async () => {
  const kinds = new Map<string, number>();
  const ids = new Set<string>();
  let seen = 0;
  let after: string | null = null;
  for (let more = true; more;) {
    const answer: TestAnswer = await tax.query(
      `query ($after: String) { taxChanges(first: 100, after: $after) { endCursor hasNextPage
         nodes { kind record { __typename id disclosureClass subject { code } } } } }`,
      { after },
    );
    assert.equal(answer.errors, undefined);
    const page = answer.data.taxChanges;
    for (const { kind, record } of page.nodes) {
      assert.deepEqual([kind, record.disclosureClass], ['ADDED', 'PUBLIC']);
      kinds.set(record.__typename, (kinds.get(record.__typename) ?? 0) + 1);
      ids.add(`${record.__typename}/${record.subject.code}/${record.id}`);
      seen += 1;
    }
    after = page.endCursor;
    more = page.hasNextPage;
  }
  assert.equal(ids.size, seen);
  const { data } = await tax.query(`{
    TaxMajorViolation: taxMajorViolations(first: 0) { totalCount }
    TaxArrearsNotice: taxArrearsNotices(first: 0) { totalCount }
    TaxPenalty: taxPenalties(first: 0) { totalCount } }`);
  for (const type of Object.keys(data as object)) {
    assert.equal(kinds.get(type), data[type].totalCount, type);
  }
  assert.equal(kinds.get('TaxInspection'), undefined);
});
