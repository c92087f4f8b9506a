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
const TYPES = ['ratings', 'penalties', 'permits', 'emissions', 'incidents', 'preparerCycles'];

let environment: TestSector;

before(async () => {
  environment = await openTestSector(sector, { now: () => NOW });
  await environment.importSamples();
});

after(() => environment.close());

const codesOf = (answer: TestAnswer): unknown[] =>
  (answer.errors ?? []).map((error) => error.extensions['code']);

function readSections(
  codes: readonly string[],
  selection: string,
  fragments = '',
): Promise<TestAnswer> {
  return environment.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject {
       environment ${selection} } } } ${fragments}`,
    { r: codes.map((code) => ({ __typename: 'Subject', code })) },
  );
}

test('returns every record type of subject 0 with provenance and clocks', async () => {
  const answer = await readSections(
    [FIRST],
    `{ coverage { status upToClass higherClassesExist }
       ratings { nodes { ratingYear regionCode cityCode level validUntil ${RECORD} } }
       penalties { nodes { decisionNumber kinds severity completedOn fine { minorUnits } ${RECORD} } }
       permits { nodes { certificateNumber tier status siteName validUntil issuer standards
         confidentialityClaim
         outlets { number medium pollutants { name concentrationLimit concentrationUnit } }
         monitoringDuties { factor method frequency } ${RECORD} } }
       emissions { nodes { period medium pollutant tonnes permittedTonnes exceedances ${RECORD} } }
       incidents { nodes { level occurredOn ratingEffect facts ${RECORD} } }
       preparerCycles { nodes { cycleFrom points standing entries { points reason } ${RECORD} } } }`,
    CLOCK,
  );
  assert.equal(answer.errors, undefined);
  const section = answer.data._entities[0].environment;
  assert.deepEqual(section.coverage, {
    status: 'CHECKED',
    upToClass: 'PUBLIC',
    higherClassesExist: true,
  });
  for (const type of TYPES) {
    const [record] = section[type].nodes;
    assert.equal(record.subject.code, FIRST, type);
    assert.match(record.source.publisher, /^云州市.*生态环境局$/u, type);
    assert.match(record.source.publisherCode, /^1199010[01]/, type);
    assert.match(record.source.retrievedAt, /^20\d\d-\d\d-\d\dT/, type);
    assert.equal(record.disclosureClass, 'PUBLIC', type);
    assert.deepEqual([record.version, record.state, record.dispute], [1, 'EFFECTIVE', 'NONE']);
    assert.ok(record.clocks.display.until >= '2027-11-23', `${type} is displayed for a year more`);
    assert.ok(record.clocks.query.until >= record.clocks.display.until, type);
    assert.ok(record.clocks.deletion.until > record.clocks.query.until, type);
  }
  const [permit] = section.permits.nodes;
  assert.deepEqual(
    [permit.tier, permit.status, permit.confidentialityClaim],
    ['KEY', 'VALID', true],
  );
  assert.deepEqual(permit.standards, ['GB 8978-1996', 'GB 16297-1996']);
  assert.deepEqual(
    permit.outlets.map((outlet: { medium: string }) => outlet.medium),
    ['AIR', 'WATER'],
  );
  const [cycle] = section.preparerCycles.nodes;
  assert.deepEqual([cycle.points, cycle.standing], [12, 'WARNING']);
});

test('displays a penalty by its severity, and answers queries from the end of the sanction', async () => {
  const { data } = await environment.section(
    FIRST,
    `{ penalties(first: 1) { nodes { severity completedOn
       clocks { display { start from until } query { start from until } } } } }`,
  );
  assert.deepEqual(data.penalties.nodes, [
    {
      severity: 'SERIOUS',
      completedOn: '2026-06-26',
      clocks: {
        display: { start: 'DETERMINED', from: '2026-06-08', until: '2029-06-08' },
        query: { start: 'SANCTION_COMPLETED', from: '2026-06-26', until: '2031-06-26' },
      },
    },
  ]);
});

test('neither returns nor counts minor, repaired and withdrawn penalties', async () => {
  const { data } = await environment.query('{ environmentPenalties(first: 0) { totalCount } }');
  const { rows } = await environment.pool.query<{ severity: string; state: string }>(
    'select severity, state from penalties group by 1, 2',
  );
  assert.ok(rows.some((row) => row.severity === 'MINOR'));
  assert.ok(rows.some((row) => row.state === 'REPAIRED'));
  assert.ok(rows.some((row) => row.state === 'WITHDRAWN'));
  const displayed = await environment.pool.query<{ count: string }>(
    `select count(*) from penalties where severity <> 'MINOR' and state = 'EFFECTIVE'
     and display_until >= '2026-11-23' and subject_code not like '92%'`,
  );
  assert.equal(data.environmentPenalties.totalCount, Number(displayed.rows[0]?.count));
});

test('refuses points, indicators and grounds of a rating, and answers its level', async () => {
  const answer = await environment.section(
    FIRST,
    '{ ratings(first: 1) { nodes { level score indicators { name } vetoGrounds } } }',
  );
  assert.deepEqual(new Set(codesOf(answer)), new Set(['UNAUTHORIZED_FIELD_OR_TYPE']));
  assert.deepEqual(
    (answer.errors ?? []).map((error) => error.extensions['class']),
    ['AUTHORISED', 'AUTHORISED', 'AUTHORISED'],
  );
  const { rows } = await environment.pool.query<{ veto_grounds: string[] }>(
    'select veto_grounds from ratings where subject_code = $1 and rating_year = 2025',
    [FIRST],
  );
  assert.deepEqual(rows[0]?.veto_grounds, ['LARGER_INCIDENT']);
});

test('refuses the processes of a permit, whose claim of confidentiality is public', async () => {
  const answer = await environment.section(
    FIRST,
    '{ permits { nodes { confidentialityClaim processes { name } } } }',
  );
  assert.deepEqual(codesOf(answer), ['UNAUTHORIZED_FIELD_OR_TYPE']);
  assert.equal(answer.errors?.[0]?.extensions['class'], 'SPECIAL');
  assert.deepEqual(answer.data.permits.nodes, [{ confidentialityClaim: true, processes: null }]);
  const { rows } = await environment.pool.query<{ count: string }>(
    'select count(*) from permits where processes is not null',
  );
  assert.ok(Number(rows[0]?.count) > 100);
});

test('narrows by level, year, city, division, tier, severity, medium and day', async () => {
  const { data } = await environment.query(`{
    red: environmentRatings(first: 100, level: [RED, BLACK], yearFrom: 2025, city: ["990100"]) {
      nodes { level ratingYear cityCode } }
    key: environmentPermits(first: 100, tier: [KEY], city: ["990200"], status: [VALID]) {
      nodes { tier regionCode status } }
    one: environmentPermits(first: 100, region: ["990101"]) { nodes { regionCode } }
    serious: environmentPenalties(first: 100, severity: [SERIOUS], decidedFrom: "2025-01-01",
      decidedTo: "2025-12-31") { nodes { severity source { decidedOn } } }
    larger: environmentIncidents(first: 100, level: [LARGER, MAJOR], occurredFrom: "2024-01-01",
      occurredTo: "2025-12-31") { nodes { level occurredOn } } }`);
  for (const name of ['red', 'key', 'one', 'serious', 'larger']) {
    assert.ok(data[name].nodes.length > 0, name);
  }
  for (const { level, ratingYear, cityCode } of data.red.nodes) {
    assert.match(level, /^(RED|BLACK)$/);
    assert.deepEqual([ratingYear, cityCode], [2025, '990100']);
  }
  for (const { tier, regionCode, status } of data.key.nodes) {
    assert.deepEqual([tier, status], ['KEY', 'VALID']);
    assert.match(regionCode, /^9902/);
  }
  for (const { regionCode } of data.one.nodes) assert.equal(regionCode, '990101');
  for (const { severity, source } of data.serious.nodes) {
    assert.equal(severity, 'SERIOUS');
    assert.match(source.decidedOn, /^2025-/);
  }
  for (const { level, occurredOn } of data.larger.nodes) {
    assert.match(level, /^(LARGER|MAJOR)$/);
    assert.match(occurredOn, /^202[45]-/);
  }
  const own = await environment.section(
    FIRST,
    '{ emissions(medium: [WATER], yearFrom: 2026) { nodes { period medium pollutant } } }',
  );
  assert.deepEqual(own.data.emissions.nodes, [
    { period: '2026Q1', medium: 'WATER', pollutant: '化学需氧量' },
  ]);
});

test('gives every record once over all pages, newest first', async () => {
  const seen: { id: string; sort: string }[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const answer: TestAnswer = await environment.query(
      `query ($after: String) { environmentRatings(first: 83, after: $after) { totalCount
         pageInfo { hasNextPage endCursor } nodes { id subject { code } source { decidedOn } } } }`,
      { after },
    );
    const page = answer.data.environmentRatings;
    for (const node of page.nodes) {
      seen.push({ id: `${node.subject.code}/${node.id}`, sort: node.source.decidedOn });
    }
    total = page.totalCount;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  assert.ok(total > 200);
  assert.equal(new Set(seen.map((each) => each.id)).size, total);
  assert.equal(seen.length, total);
  const days = seen.map((each) => each.sort);
  assert.deepEqual([...days].sort().reverse(), days);
});

test('refuses the cursor of another type, and what is no cursor', async () => {
  const { data } = await environment.query(
    '{ environmentPermits(first: 1) { pageInfo { endCursor } } }',
  );
  for (const after of [data.environmentPermits.pageInfo.endCursor, 'x']) {
    const answer = await environment.query(
      'query ($after: String) { environmentPenalties(after: $after) { nodes { id } } }',
      { after },
    );
    assert.deepEqual(codesOf(answer), ['INVALID_CURSOR']);
  }
});

test('sends one statement a record type, for 1 subject and for 50', async () => {
  const population = createPopulation(SAMPLE_POPULATION);
  const codes = Array.from({ length: 50 }, (_, index) => population.at(index).code);
  const selection = `{ ${TYPES.map((type) => `${type} { totalCount nodes { id } }`).join(' ')} }`;
  for (const count of [1, 50]) {
    environment.statements();
    const answer = await readSections(codes.slice(0, count), selection);
    assert.equal(answer.errors, undefined);
    assert.equal(answer.data._entities.length, count);
    assert.equal(environment.statements(), TYPES.length, `${count} subjects`);
  }
});

test('tells an empty section from one that was not looked at', async () => {
  const { data } = await environment.section(
    '91990101MA00003300',
    '{ coverage { status checkedAt } incidents { totalCount nodes { id } } }',
  );
  assert.deepEqual(data, {
    coverage: { status: 'CHECKED', checkedAt: NOW.toISOString() },
    incidents: { totalCount: 0, nodes: [] },
  });
});
