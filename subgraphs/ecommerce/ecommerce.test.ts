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
const TYPES = ['operators', 'stores', 'violations', 'bans', 'complaintOutcomes'];

let ecommerce: TestSector;

before(async () => {
  ecommerce = await openTestSector(sector, { now: () => NOW });
  await ecommerce.importSamples();
});

after(() => ecommerce.close());

const codesOf = (answer: TestAnswer): unknown[] =>
  (answer.errors ?? []).map((error) => error.extensions['code']);

function readSections(
  codes: readonly string[],
  selection: string,
  fragments = '',
): Promise<TestAnswer> {
  return ecommerce.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject {
       ecommerce ${selection} } } } ${fragments}`,
    { r: codes.map((code) => ({ __typename: 'Subject', code })) },
  );
}

async function numberOf(statement: string): Promise<number> {
  const { rows } = await ecommerce.pool.query<{ count: string }>(statement);
  return Number(rows[0]?.count);
}

test('returns every public record type of subject 0 with provenance and clocks', async () => {
  const answer = await readSections(
    [FIRST],
    `{ coverage { status upToClass higherClassesExist }
       operators { nodes { operatorType platform platformCode licenceNumber licenceName licencePage
         licenceShown licences { kind number issuer validUntil } verification verifiedOn reverifyBy
         closureAnnouncedOn closedOn ${RECORD} } }
       stores { nodes { siteType storeName url platform tradeMode icpNumber licenceShown
         verification storeState ${RECORD} } }
       violations { nodes { decisionNumber violation platform storeName kinds severity
         fine { minorUnits currency } ${RECORD} } }
       bans { nodes { decisionNumber scope scopeDetail bannedFrom bannedUntil basis ${RECORD} } }
       complaintOutcomes { nodes { caseNumber channel matter outcome determinedOn
         refund { minorUnits } ${RECORD} } } }`,
    CLOCK,
  );
  assert.equal(answer.errors, undefined);
  const section = answer.data._entities[0].ecommerce;
  assert.deepEqual(section.coverage, {
    status: 'CHECKED',
    upToClass: 'PUBLIC',
    higherClassesExist: true,
  });
  for (const type of TYPES) {
    const [record] = section[type].nodes;
    assert.equal(record.subject.code, FIRST, type);
    assert.notEqual(record.source.publisher, '', type);
    assert.match(record.source.retrievedAt, /^20\d\d-\d\d-\d\dT/, type);
    assert.equal(record.disclosureClass, 'PUBLIC', type);
    assert.deepEqual([record.version, record.state, record.dispute], [1, 'EFFECTIVE', 'NONE']);
    // What still trades is displayed without an end.
    const { until } = record.clocks.display;
    assert.ok((until ?? '9999') >= '2027-11-23', `${type} is displayed for a year more`);
  }
  assert.deepEqual(
    section.stores.nodes.map((store: { siteType: string }) => store.siteType).sort(),
    ['LIVE_CHANNEL', 'OWN_WEBSITE', 'PLATFORM_STORE'],
  );
  const [violation] = section.violations.nodes;
  assert.equal(violation.violation, 'FAKE_REVIEWS');
  assert.deepEqual(violation.clocks.display, {
    start: 'DETERMINED',
    from: '2026-06-10',
    until: '2029-06-10',
  });
  const [ban] = section.bans.nodes;
  assert.deepEqual(
    [ban.scope, ban.scopeDetail, ban.bannedFrom, ban.bannedUntil, ban.clocks.display.until],
    ['CATEGORY', '建筑材料', '2026-06-15', '2029-06-15', '2029-06-15'],
  );
});

test('refuses platform ratings and answers the rest', async () => {
  const answer = await ecommerce.section(
    FIRST,
    '{ stores { totalCount } platformRatings { totalCount nodes { platform score } } }',
  );
  assert.deepEqual(codesOf(answer), ['UNAUTHORIZED_FIELD_OR_TYPE']);
  assert.equal(answer.errors?.[0]?.extensions['class'], 'AUTHORISED');
  assert.equal(answer.data.platformRatings, null);
  assert.equal(answer.data.stores.totalCount, 3);
  assert.ok((await numberOf('select count(*) from platform_ratings')) > 500);
  assert.equal(
    await numberOf(`select count(*) from platform_ratings where disclosure_class <> 'AUTHORISED'`),
    0,
  );
});

test('refuses addresses and service lines, of operators and of stores', async () => {
  const answer = await ecommerce.section(
    FIRST,
    `{ operators(first: 1) { nodes { licenceName businessAddress serviceTelephone } }
       stores(first: 1) { nodes { siteType serviceTelephone } } }`,
  );
  assert.deepEqual(codesOf(answer), Array(3).fill('UNAUTHORIZED_FIELD_OR_TYPE'));
  for (const error of answer.errors ?? []) {
    assert.equal(error.extensions['class'], 'GOVERNMENT');
  }
  assert.deepEqual(answer.data.operators.nodes, [
    { licenceName: '云州星河建设科技股份有限公司', businessAddress: null, serviceTelephone: null },
  ]);
});

test('stores service lines, but no mobile number and no address of a household', async () => {
  for (const table of ['operators', 'stores']) {
    const lines = await numberOf(
      `select count(*) from ${table} where service_telephone ~ '^(400|0999)'`,
    );
    const others = await numberOf(
      `select count(*) from ${table} where service_telephone !~ '^(400|0999)'`,
    );
    assert.ok(lines > 100, table);
    assert.equal(others, 0, table);
    const anywhere = `select count(*) from ${table} as r where to_jsonb(r)::text like '%13000000000%'`;
    assert.equal(await numberOf(anywhere), 0, table);
  }
  const households = `from operators where subject_code like '92%'`;
  assert.ok((await numberOf(`select count(*) ${households}`)) > 20);
  assert.equal(await numberOf(`select count(*) ${households} and business_address is not null`), 0);
});

test('neither returns nor counts outcomes that did not uphold the complaint', async () => {
  const { data } = await ecommerce.section(
    FIRST,
    '{ complaintOutcomes(first: 100) { totalCount nodes { outcome } } }',
  );
  const { rows } = await ecommerce.pool.query<{ outcome: string; count: number }>(
    `select outcome, count(*)::int from complaint_outcomes where subject_code = $1 group by 1`,
    [FIRST],
  );
  assert.deepEqual(rows.map((row) => row.outcome).sort(), ['DISMISSED', 'SETTLED', 'UPHELD']);
  const upheld = rows.find((row) => row.outcome === 'UPHELD')?.count ?? 0;
  assert.equal(data.complaintOutcomes.totalCount, upheld);
  for (const { outcome } of data.complaintOutcomes.nodes) assert.equal(outcome, 'UPHELD');
  const hidden = await ecommerce.section(
    FIRST,
    '{ complaintOutcomes(outcome: [SETTLED, DISMISSED]) { totalCount nodes { id } } }',
  );
  assert.deepEqual(hidden.data.complaintOutcomes, { totalCount: 0, nodes: [] });
});

test('neither returns nor counts minor and repaired violations, and closed stores', async () => {
  const { data } = await ecommerce.query(
    '{ commerceViolations(first: 0) { totalCount } commerceStores(first: 0) { totalCount } }',
  );
  assert.ok((await numberOf(`select count(*) from violations where severity = 'MINOR'`)) > 0);
  assert.ok((await numberOf(`select count(*) from violations where state = 'REPAIRED'`)) > 0);
  assert.equal(
    data.commerceViolations.totalCount,
    await numberOf(`select count(*) from violations where severity <> 'MINOR'
      and state = 'EFFECTIVE' and display_until >= '2026-11-23' and subject_code not like '92%'`),
  );
  assert.ok((await numberOf(`select count(*) from stores where closed_on is not null`)) > 0);
  assert.equal(
    data.commerceStores.totalCount,
    await numberOf(`select count(*) from stores where closed_on is null
      and subject_code not like '92%'`),
  );
});

test('narrows by platform, site, violation, scope, state and day', async () => {
  const { data } = await ecommerce.query(`{
    stores: commerceStores(first: 100, platform: ["青柚优选"], siteType: [PLATFORM_STORE],
      state: [OPEN]) { nodes { platform siteType storeState } }
    fake: commerceViolations(first: 100, violation: [FAKE_TRADE, FAKE_REVIEWS],
      decidedFrom: "2026-01-01", decidedTo: "2026-06-30") {
      nodes { violation source { decidedOn } } }
    live: commerceBans(first: 100, scope: [LIVE_SALES, CATEGORY], endsFrom: "2027-06-01") {
      nodes { scope bannedUntil } } }`);
  for (const name of ['stores', 'fake', 'live']) assert.ok(data[name].nodes.length > 0, name);
  for (const node of data.stores.nodes) {
    assert.deepEqual(node, {
      platform: '青柚优选',
      siteType: 'PLATFORM_STORE',
      storeState: 'OPEN',
    });
  }
  for (const { violation, source } of data.fake.nodes) {
    assert.match(violation, /^FAKE_/);
    assert.match(source.decidedOn, /^2026-0[1-6]-/);
  }
  for (const { scope, bannedUntil } of data.live.nodes) {
    assert.match(scope, /^(LIVE_SALES|CATEGORY)$/);
    assert.ok(bannedUntil >= '2027-06-01');
  }
});

test('gives every record once over all pages, newest first', async () => {
  const seen: { id: string; sort: string }[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const answer: TestAnswer = await ecommerce.query(
      `query ($after: String) { commerceStores(first: 73, after: $after) { totalCount
         pageInfo { hasNextPage endCursor } nodes { id subject { code } verifiedOn } } }`,
      { after },
    );
    const page = answer.data.commerceStores;
    for (const node of page.nodes) {
      seen.push({ id: `${node.subject.code}/${node.id}`, sort: node.verifiedOn });
    }
    total = page.totalCount;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  assert.ok(total > 300);
  assert.equal(new Set(seen.map((each) => each.id)).size, total);
  assert.equal(seen.length, total);
  const days = seen.map((each) => each.sort);
  assert.deepEqual([...days].sort().reverse(), days);
});

test('refuses the cursor of another type, and what is no cursor', async () => {
  const { data } = await ecommerce.query('{ commerceStores(first: 1) { pageInfo { endCursor } } }');
  for (const after of [data.commerceStores.pageInfo.endCursor, 'x']) {
    const answer = await ecommerce.query(
      'query ($after: String) { commerceBans(after: $after) { nodes { id } } }',
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
    ecommerce.statements();
    const answer = await readSections(codes.slice(0, count), selection);
    assert.equal(answer.errors, undefined);
    assert.equal(answer.data._entities.length, count);
    assert.equal(ecommerce.statements(), TYPES.length, `${count} subjects`);
  }
});

test('tells an empty section from one that was not looked at', async () => {
  const { data } = await ecommerce.section(
    '91990101MA00003300',
    '{ coverage { status checkedAt } bans { totalCount nodes { id } } }',
  );
  assert.deepEqual(data, {
    coverage: { status: 'CHECKED', checkedAt: NOW.toISOString() },
    bans: { totalCount: 0, nodes: [] },
  });
});
