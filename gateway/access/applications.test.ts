import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  APPLICATION,
  apply,
  APPLY,
  CLOSED_TO_REGISTERED,
  codeOf,
  DECIDE,
  itemOf,
  nodesOf,
  openAccessUnderTest,
  SUBJECT,
  type Who,
} from './test/access-under-test.ts';

const WITHDRAW = 'mutation ($id: ID!) { withdrawApplication(id: $id) { id state } }';
const OWN = `{ applications { nodes {
  id state subject { code } sector fields legalBasis caseReference organisation
  history { kind from to organisation reason movedAt } } } }`;
const TO_DECIDE = `query ($sector: String) {
  applicationsToDecide(sector: $sector) { nodes { id state } } }`;
const UNKNOWN_ID = 'f'.repeat(32);
type Variables = Readonly<Record<string, unknown>>;
const approve = (id: string): Variables => ({ id, decision: 'APPROVE', reason: 'in order' });

test('is pending with what was applied for, and seen by the applicant and the sector', async (t) => {
  const { ask, ...access } = await openAccessUnderTest(t);
  const id = await apply({ ask, ...access });
  for (const who of ['agency', 'agencyColleague'] as const) {
    const [own, ...more] = nodesOf(await ask(who, OWN), 'applications');
    assert.equal(more.length, 0);
    assert.deepEqual(own, {
      id,
      state: 'PENDING',
      subject: { code: SUBJECT },
      sector: 'tax',
      fields: APPLICATION.fields,
      legalBasis: APPLICATION.legalBasis,
      caseReference: APPLICATION.caseReference,
      organisation: 'org:agency',
      history: [
        {
          kind: 'APPLY',
          from: null,
          to: 'PENDING',
          organisation: 'org:agency',
          reason: null,
          movedAt: '2026-11-23T04:00:00.000Z',
        },
      ],
    });
  }
  for (const who of ['agencyOther', 'enterprise', 'reviewer'] as const) {
    assert.deepEqual(nodesOf(await ask(who, OWN), 'applications'), [], who);
  }
  const open = nodesOf(await ask('reviewer', TO_DECIDE), 'applicationsToDecide');
  assert.deepEqual(open, [{ id, state: 'PENDING' }]);
});

test('is listed to decide for those alone who may decide on it', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask } = access;
  const id = await apply(access);
  const listed = async (who: Who, sector?: string): Promise<readonly string[]> =>
    nodesOf(await ask(who, TO_DECIDE, { sector }), 'applicationsToDecide').map((one) => one.id);
  assert.deepEqual(await listed('reviewer', 'tax'), [id]);
  assert.deepEqual(await listed('reviewer', 'courts'), []);
  for (const who of ['reviewerOfCourts', 'reviewerAtAgency', 'reviewerWhoApplies'] as const) {
    assert.deepEqual(await listed(who), [], who);
    assert.deepEqual(await listed(who, 'tax'), [], who);
  }
  for (const who of ['agency', 'government', 'reviewerWithoutOffice', 'anonymous'] as const) {
    assert.equal(codeOf(await ask(who, TO_DECIDE)), 'ROLE_REQUIRED', who);
  }
  itemOf(await ask('reviewer', DECIDE, approve(id)), 'decideApplication');
  assert.deepEqual(await listed('reviewer'), []);
  assert.deepEqual(await listed('second'), [id]);
  access.setNow('2027-06-01T04:00:00Z');
  assert.deepEqual(await listed('second'), []);
});

test('answers an id of somebody else exactly as one that nobody has', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask } = access;
  const id = await apply(access);
  for (const query of [WITHDRAW, DECIDE]) {
    const more = { decision: 'APPROVE', reason: 'x' };
    const hidden = await ask('agencyOther', query, { id, ...more });
    assert.equal(codeOf(hidden), 'ACCESS_ITEM_NOT_FOUND');
    for (const unknown of [UNKNOWN_ID, '', "' or true --", 'x'.repeat(10_000)]) {
      assert.deepEqual(await ask('agencyOther', query, { id: unknown, ...more }), hidden);
    }
  }
});

test('asks for what is below a named field, of which a reviewer can take', async (t) => {
  const { ask } = await openAccessUnderTest(t);
  const below = ['materials', 'name', 'yearlyCapacity'].map((name) => `EnvironmentProcess.${name}`);
  const processes = 'EnvironmentPermit.processes';
  const more = { sector: 'environment', fields: [processes] };
  const answer = await ask('agency', APPLY, { input: { ...APPLICATION, ...more } });
  const { id, fields } = itemOf(answer, 'applyForAccess');
  assert.deepEqual(fields, [processes, ...below]);
  const narrow = { id, decision: 'NARROW', reason: 'names are enough' };
  const name = 'EnvironmentProcess.name';
  const narrowed = await ask('reviewerOfEnvironment', DECIDE, {
    ...narrow,
    fields: [processes, name],
  });
  assert.deepEqual(itemOf(narrowed, 'decideApplication').standingFields, [processes, name]);
  // What is below comes back for none: naming the field alone means what still stands below it.
  const again = await ask('secondOfEnvironment', DECIDE, {
    ...narrow,
    fields: [processes],
    until: '2026-12-31',
  });
  assert.deepEqual(itemOf(again, 'decideApplication').grant?.fields, [processes, name]);
});

test('is taken back by its organisation while it is open, and by nobody else', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask } = access;
  const id = await apply(access);
  assert.equal(codeOf(await ask('reviewer', WITHDRAW, { id })), 'ROLE_REQUIRED');
  assert.equal(codeOf(await ask('enterprise', WITHDRAW, { id })), 'ACCESS_ITEM_NOT_FOUND');
  const taken = itemOf(await ask('agencyColleague', WITHDRAW, { id }), 'withdrawApplication');
  assert.equal(taken.state, 'WITHDRAWN');
  const late = await ask('reviewer', DECIDE, approve(id));
  assert.equal(codeOf(late), 'MOVE_NOT_POSSIBLE');
  assert.equal(late.errors?.[0]?.extensions?.['state'], 'WITHDRAWN');
  assert.equal(late.errors[0].extensions['possibleMoves'], '');
});

test('needs an identified applicant, a purpose it may name, and another subject than itself', async (t) => {
  const { ask } = await openAccessUnderTest(t);
  const input = APPLICATION;
  assert.equal(codeOf(await ask('anonymous', APPLY, { input })), 'ROLE_REQUIRED');
  const purpose = { ...input, purpose: 'ENFORCEMENT' };
  assert.equal(codeOf(await ask('agency', APPLY, { input: purpose })), 'PURPOSE_FORBIDDEN');
  const own = { ...input, purpose: 'OWN_RECORDS' };
  assert.equal(codeOf(await ask('enterprise', APPLY, { input: own })), 'ROLE_REQUIRED');
  const spelt = { ...own, subject: SUBJECT.toLowerCase() };
  assert.equal(codeOf(await ask('enterprise', APPLY, { input: spelt })), 'ROLE_REQUIRED');
});

test('is refused to who could see nothing by it, and the error says who could', async (t) => {
  const { ask, pool } = await openAccessUnderTest(t);
  const { field, way } = CLOSED_TO_REGISTERED;
  const input = { ...APPLICATION, fields: ['TaxInspection.recovered', field] };
  const refused = await ask('registered', APPLY, { input });
  assert.equal(codeOf(refused), 'ROLE_REQUIRED');
  assert.match(
    refused.errors?.[0]?.message ?? '',
    /TaxInspection\.facts would open nothing to you/,
  );
  assert.equal(refused.errors?.[0]?.extensions?.['hint'], way);
  const { rows } = await pool.query({ text: 'select 1 from access_applications' });
  assert.deepEqual(rows, []);
  const open = { ...input, fields: ['TaxInspection.recovered'] };
  assert.equal(
    itemOf(await ask('registered', APPLY, { input: open }), 'applyForAccess').state,
    'PENDING',
  );
});

test('is for SPECIAL fields of the sector, on a legal basis, in a case, until a day', async (t) => {
  const { ask, pool } = await openAccessUnderTest(t);
  for (const more of [
    { fields: ['TaxInspection.outcome'] },
    { fields: ['TaxInspection.inspectionNumber'] },
    { fields: ['ConstructionTender.bids'] },
    { fields: ['TaxInspection.facts', 'Object.constructor'] },
    { fields: ['TaxInspection.__proto__'] },
    { fields: ['TaxInspection'] },
    { fields: ['TaxInspection.facts.x'] },
    { fields: [] },
    { fields: Array.from({ length: 51 }, () => 'TaxInspection.facts') },
    { sector: 'access' },
    { sector: '' },
    { sector: 'constructor' },
    { subject: '91990101MA7K3P2Q8X' },
    { legalBasis: '' },
    { legalBasis: '  ' },
    { legalBasis: 'x'.repeat(501) },
    { legalBasis: 'against 110105 19491231 002X' },
    { caseReference: '' },
    { caseReference: 'x'.repeat(101) },
    { caseReference: '11010519491231002X' },
    { caseReference: 'a\u0000' },
    { until: '2026-11-22' },
    { until: '2027-11-24' },
    { until: 'tomorrow' },
  ]) {
    const answer = await ask('agency', APPLY, { input: { ...APPLICATION, ...more } });
    assert.equal(codeOf(answer), 'BAD_USER_INPUT', JSON.stringify(more));
    assert.doesNotMatch(JSON.stringify(answer), /002X/);
  }
  const { rows } = await pool.query('select 1 from access_applications');
  assert.equal(rows.length, 0);
});

test('repeated while it is open, also at once on two replicas, is one application', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask, pool } = access;
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) => {
      const who = at < 4 ? 'agency' : 'agencyColleague';
      return ask(who, APPLY, { input: APPLICATION }, at % 2 === 0 ? 0 : 1);
    }),
  );
  const ids = new Set(answers.map((answer) => itemOf(answer, 'applyForAccess').id));
  assert.equal(ids.size, 1);
  assert.equal((await pool.query('select 1 from access_moves')).rows.length, 1);
  assert.notEqual(await apply(access, { caseReference: 'CASE-2026-18' }), [...ids][0]);
  const [id = ''] = ids;
  itemOf(await ask('agency', WITHDRAW, { id }), 'withdrawApplication');
  assert.notEqual(await apply(access), id);
});
