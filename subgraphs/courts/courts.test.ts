import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  openTestSector,
  type TestAnswer,
  type TestSector,
} from '../kit/conformance/test-sector.ts';
import { testInquiry, type TestCaller } from '../kit/conformance/test-envelope.ts';
import { createPopulation, SAMPLE_POPULATION } from '../kit/samples/population.ts';
import { sector } from './sector.ts';

const FIRST = '91990101MA7K3P2Q8J';
const NOW = new Date('2026-11-23T04:00:00Z');
const RECORD = `id version subject { code } disclosureClass state dispute recordedAt
  source { publisher publisherCode documentNumber decidedOn publishedOn retrievedAt }
  clocks { display { ...c } query { ...c } deletion { ...c } }`;
const CLOCK = `fragment c on RecordClock { start from until }`;
const TYPES = ['judgmentDebtorEntries', 'enforcementCases', 'spendingLimits', 'judgments'];

let courts: TestSector;

before(async () => {
  courts = await openTestSector(sector, { now: () => NOW });
  await courts.importSamples();
});

after(() => courts.close());

const codesOf = (answer: TestAnswer): unknown[] =>
  (answer.errors ?? []).map((error) => error.extensions['code']);

function readSections(
  codes: readonly string[],
  selection: string,
  fragments = '',
): Promise<TestAnswer> {
  return courts.query(
    `query ($r: [_Any!]!) {
       _entities(representations: $r) { ... on Subject { courts ${selection} } } } ${fragments}`,
    { r: codes.map((code) => ({ __typename: 'Subject', code })) },
  );
}

async function count(condition: string): Promise<number> {
  const { rows } = await courts.pool.query<{ count: number }>(`select count(*) from ${condition}`);
  return rows[0]?.count ?? -1;
}

test('returns every record type of subject 0 with provenance and clocks', async () => {
  const answer = await readSections(
    [FIRST],
    `{ coverage { status upToClass }
       judgmentDebtorEntries { nodes { caseNumber filedOn basisDocument basisMaker obligations
         performance grounds listedOn termUntil extensionYears removedOn ${RECORD} } }
       enforcementCases { nodes { caseNumber isResumed status amount { minorUnits currency }
         unperformedAmount { minorUnits } closedOn ${RECORD} } }
       spendingLimits { nodes { orderNumber caseNumber issuedOn liftedOn ${RECORD} } }
       judgments { nodes { caseNumber documentKind caseType instance cause role outcome
         amountClaimed { minorUnits } effectiveOn ${RECORD} } } }`,
    CLOCK,
  );
  assert.equal(answer.errors, undefined);
  const section = answer.data._entities[0].courts;
  assert.deepEqual(section.coverage, { status: 'CHECKED', upToClass: 'PUBLIC' });
  for (const type of TYPES) {
    const [record] = section[type].nodes;
    assert.equal(record.subject.code, FIRST, type);
    assert.match(record.source.publisher, /^云州市(星湾区|中级)人民法院$/, type);
    assert.match(record.source.publisherCode, /^1199010/, type);
    assert.match(record.source.documentNumber, /^\(20\d\d\)岚01(01)?\p{Script=Han}+\d+号/u, type);
    assert.match(record.source.retrievedAt, /^20\d\d-\d\d-\d\dT/, type);
    assert.deepEqual([record.version, record.state], [1, 'EFFECTIVE'], type);
    assert.equal(record.disclosureClass, 'PUBLIC', type);
    const { until } = record.clocks.display;
    assert.ok(until === null || until >= '2027-11-23', `${type} is displayed for a year more`);
  }
  const [entry] = section.judgmentDebtorEntries.nodes;
  assert.deepEqual(entry.grounds, ['ASSET_REPORT_BREACH', 'SPENDING_LIMIT_BREACH']);
  assert.deepEqual([entry.listedOn, entry.extensionYears], ['2026-05-16', 1]);
  assert.deepEqual(entry.clocks.display, {
    start: 'LISTED',
    from: '2026-05-16',
    until: '2029-05-16',
  });
  assert.deepEqual(entry.clocks.query, { start: 'ACT_ENDED', from: null, until: null });
});

test('shows a subject that has a case without calling it listed or limited', async () => {
  const { rows } = await courts.pool.query<{ subject_code: string }>(
    `select subject_code from enforcement_cases where disclosure_class = 'PUBLIC'
     except select subject_code from judgment_debtor_entries
     except select subject_code from spending_limits limit 1`,
  );
  const { data } = await courts.section(
    rows[0]?.subject_code ?? '',
    `{ ${TYPES.slice(0, 3)
      .map((type) => `${type} { totalCount }`)
      .join(' ')} }`,
  );
  assert.ok(data.enforcementCases.totalCount > 0);
  assert.equal(data.judgmentDebtorEntries.totalCount, 0);
  assert.equal(data.spendingLimits.totalCount, 0);
});

test('neither returns nor counts what is over or was not published', async () => {
  const { data } = await courts.section(
    FIRST,
    `{ judgmentDebtorEntries { totalCount nodes { removedOn } }
       enforcementCases { totalCount nodes { status } }
       spendingLimits { totalCount nodes { liftedOn } }
       judgments { totalCount nodes { source { publishedOn } } } }`,
  );
  for (const [type, table] of [
    ['judgmentDebtorEntries', 'judgment_debtor_entries'],
    ['enforcementCases', 'enforcement_cases'],
    ['spendingLimits', 'spending_limits'],
    ['judgments', 'judgments'],
  ] as const) {
    const own = `${table} where subject_code = '${FIRST}'`;
    assert.equal(await count(own), 3, type);
    assert.equal(await count(`${own} and disclosure_class = 'PUBLIC'`), 2, type);
    assert.equal(data[type].totalCount, 2, type);
    assert.equal(data[type].nodes.length, 2, type);
  }
  const statuses = data.enforcementCases.nodes.map((node: { status: string }) => node.status);
  assert.deepEqual(statuses, ['IN_ENFORCEMENT', 'IN_ENFORCEMENT']);
});

test('counts in listings what it lists, and no more', async () => {
  const { data } = await courts.query(`{ debtors: courtJudgmentDebtors(first: 0) { totalCount }
    cases: courtEnforcementCases(first: 0) { totalCount }
    closed: courtEnforcementCases(first: 0, status: [COMPLETED, TERMINATED]) { totalCount }
    judgments: courtJudgments(first: 0) { totalCount } }`);
  assert.deepEqual(data, {
    debtors: {
      totalCount:
        await count(`judgment_debtor_entries where removed_on is null and subject_code not like '92%'
        and (term_until is null or term_until >= '2026-11-23')`),
    },
    cases: {
      totalCount: await count(
        `enforcement_cases where closed_on is null and subject_code not like '92%'`,
      ),
    },
    closed: { totalCount: 0 },
    judgments: {
      totalCount: await count(`judgments where published_on is not null
        and decided_on >= '2021-11-23' and subject_code not like '92%'`),
    },
  });
  assert.ok((await count('judgment_debtor_entries where removed_on is not null')) > 0);
  assert.ok((await count('enforcement_cases where closed_on is not null')) > 0);
});

test('narrows by performance, state, role, kind of case and day', async () => {
  const { data } = await courts.query(`{
    debtors: courtJudgmentDebtors(first: 100, performance: [PARTIAL], listedFrom: "2026-01-01",
      listedTo: "2026-06-30") { nodes { performance listedOn } }
    cases: courtEnforcementCases(first: 100, status: [SUSPENDED], filedFrom: "2024-01-01") {
      nodes { status filedOn } }
    judgments: courtJudgments(first: 100, role: [DEFENDANT], caseType: [CIVIL],
      decidedFrom: "2026-01-01", decidedTo: "2026-03-31") {
      nodes { role caseType source { decidedOn } } } }`);
  for (const list of Object.values(data as Record<string, { nodes: unknown[] }>)) {
    assert.ok(list.nodes.length > 0);
  }
  for (const node of data.debtors.nodes) {
    assert.equal(node.performance, 'PARTIAL');
    assert.match(node.listedOn, /^2026-0[1-6]/);
  }
  for (const node of data.cases.nodes) {
    assert.equal(node.status, 'SUSPENDED');
    assert.ok(node.filedOn >= '2024-01-01');
  }
  for (const node of data.judgments.nodes) {
    assert.deepEqual([node.role, node.caseType], ['DEFENDANT', 'CIVIL']);
    assert.match(node.source.decidedOn, /^2026-0[1-3]/);
  }
});

test('gives every record once over all pages, newest first', async () => {
  const seen: { id: string; day: string }[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const answer: TestAnswer = await courts.query(
      `query ($after: String) { courtEnforcementCases(first: 61, after: $after) { totalCount
         pageInfo { hasNextPage endCursor } nodes { id filedOn } } }`,
      { after },
    );
    const page = answer.data.courtEnforcementCases;
    for (const { id, filedOn } of page.nodes) seen.push({ id, day: filedOn });
    total = page.totalCount;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  assert.equal(seen.length, total);
  assert.equal(new Set(seen.map((each) => each.id)).size, total);
  const days = seen.map((each) => each.day);
  assert.deepEqual([...days].sort().reverse(), days);
});

test('refuses the cursor of another type', async () => {
  const { data } = await courts.query('{ courtJudgments(first: 1) { pageInfo { endCursor } } }');
  const answer = await courts.query(
    'query ($after: String) { courtJudgmentDebtors(after: $after) { nodes { id } } }',
    { after: data.courtJudgments.pageInfo.endCursor },
  );
  assert.deepEqual(codesOf(answer), ['INVALID_CURSOR']);
});

test('sends one statement a record type, for 1 subject and for 50', async () => {
  const population = createPopulation(SAMPLE_POPULATION);
  const codes = Array.from({ length: 50 }, (_, index) => population.at(index).code);
  const selection = `{ ${TYPES.map((type) => `${type} { totalCount nodes { id } }`).join(' ')} }`;
  for (const subjects of [1, 50]) {
    courts.statements();
    const answer = await readSections(codes.slice(0, subjects), selection);
    assert.equal(answer.errors, undefined);
    assert.equal(answer.data._entities.length, subjects);
    assert.equal(courts.statements(), TYPES.length, `${subjects} subjects`);
  }
});

test('has no field for a person', async () => {
  const answer = await courts.query('{ _service { sdl } }');
  const sdl: string = answer.data._service.sdl;
  const fields = [...sdl.matchAll(/^ {2}(\w+)[:(]/gm)].map((match) => match[1] ?? '');
  assert.ok(fields.includes('obligations'));
  const forbidden = /idNumber|cardNum|businessEntity|representative$|^sexy?$|^age$|phone|address/i;
  assert.deepEqual(
    fields.filter((field) => forbidden.test(field)),
    [],
  );
});

test('the change feed tells of every record on display once, and of no other', async () => {
  const kinds = new Map<string, number>();
  const ids = new Set<string>();
  let seen = 0;
  let after: string | null = null;
  for (let more = true; more;) {
    const answer: TestAnswer = await courts.query(
      `query ($after: String) { courtChanges(first: 100, after: $after) { endCursor hasNextPage
         nodes { kind record { __typename id disclosureClass subject { code } } } } }`,
      { after },
    );
    assert.equal(answer.errors, undefined);
    const page = answer.data.courtChanges;
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
  const { data } = await courts.query(`{
    CourtJudgmentDebtorEntry: courtJudgmentDebtors(first: 0) { totalCount }
    CourtEnforcementCase: courtEnforcementCases(first: 0) { totalCount }
    CourtJudgment: courtJudgments(first: 0) { totalCount } }`);
  for (const type of Object.keys(data as object)) {
    assert.equal(kinds.get(type), data[type].totalCount, type);
  }
  assert.equal(
    kinds.get('CourtSpendingLimit'),
    await count(`spending_limits where lifted_on is null and subject_code not like '92%'`),
  );
});

test('shows an entry that is no longer displayed to offices on duty and the subject alone', async () => {
  await courts.pool.query(
    `update judgment_debtor_entries set display_until = '2026-11-22' where subject_code = $1`,
    [FIRST],
  );
  const inquiry = testInquiry({ tier: 'AGENCY' });
  const office = (sector: string): TestCaller => ({
    inquiry: testInquiry({ tier: 'GOVERNMENT', sectorsOfDuty: [sector] }, 'ENFORCEMENT'),
  });
  const self = testInquiry({ tier: 'REGISTERED', subject: FIRST }, 'OWN_RECORDS');
  const counted = async (caller: TestCaller): Promise<boolean> => {
    const selection = '{ judgmentDebtorEntries { totalCount } }';
    const { data, errors } = await courts.section(FIRST, selection, caller);
    assert.equal(errors, undefined);
    return data.judgmentDebtorEntries.totalCount > 0;
  };
  const standing = [{ kind: 'CONSENT', id: 'c1', subject: FIRST }] as const;
  for (const caller of [{}, { inquiry }, { inquiry, standing }, office('tax')]) {
    assert.equal(await counted(caller), false, JSON.stringify(caller));
  }
  for (const caller of [office('courts'), { inquiry: self }]) {
    assert.equal(await counted(caller), true, JSON.stringify(caller));
  }
});
