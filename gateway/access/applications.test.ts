import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  APPLICATION,
  apply,
  APPLY,
  codeOf,
  DECIDE,
  grant,
  inquiryOf,
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

test('takes two reviewers, and opens its fields with the second', async (t) => {
  const { ask, replicas, ...access } = await openAccessUnderTest(t);
  const id = await apply({ ask, replicas, ...access });
  const standing = async (): Promise<unknown> =>
    Object.fromEntries(await replicas[1].standing(inquiryOf('agency'), [SUBJECT]));
  const first = itemOf(await ask('reviewer', DECIDE, approve(id)), 'decideApplication');
  assert.deepEqual([first.state, first.grant], ['AWAITING_SECOND', null]);
  assert.deepEqual(await standing(), {});
  const second = itemOf(await ask('second', DECIDE, approve(id), 1), 'decideApplication');
  assert.equal(second.state, 'APPROVED');
  assert.deepEqual(
    second.reviews.map(({ organisation, decision }) => [organisation, decision]),
    [
      ['org:reviewer-tax', 'APPROVE'],
      ['org:reviewer-tax-second', 'APPROVE'],
    ],
  );
  const { fields } = APPLICATION;
  assert.deepEqual(await standing(), {
    tax: [{ kind: 'GRANT', id: second.grant?.id, subject: SUBJECT, fields }],
  });
  const [own] = nodesOf(await ask('agency', OWN), 'applications');
  assert.deepEqual(
    own?.history.map(({ kind, from, to, reason }) => [kind, from, to, reason]),
    [
      ['APPLY', null, 'PENDING', null],
      ['APPROVE', 'PENDING', 'AWAITING_SECOND', 'in order'],
      ['APPROVE', 'AWAITING_SECOND', 'APPROVED', 'in order'],
    ],
  );
});

test('is not decided on by its applicant, its organisation, or without duty in its sector', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask, pool } = access;
  const id = await apply(access);
  for (const [who, code] of [
    ['agency', 'ROLE_REQUIRED'],
    ['agencyColleague', 'ROLE_REQUIRED'],
    ['reviewerAtAgency', 'ROLE_REQUIRED'],
    ['reviewerWhoApplies', 'ROLE_REQUIRED'],
    ['reviewerOfCourts', 'ACCESS_ITEM_NOT_FOUND'],
    ['reviewerWithoutOffice', 'ACCESS_ITEM_NOT_FOUND'],
    ['government', 'ACCESS_ITEM_NOT_FOUND'],
    ['enterprise', 'ACCESS_ITEM_NOT_FOUND'],
    ['agencyOther', 'ACCESS_ITEM_NOT_FOUND'],
    ['anonymous', 'ROLE_REQUIRED'],
  ] as const) {
    for (const decision of ['APPROVE', 'REFUSE']) {
      const answer = await ask(who, DECIDE, { id, decision, reason: 'mine' });
      assert.equal(codeOf(answer), code, `${who} ${decision}`);
    }
  }
  const { rows } = await pool.query('select 1 from access_reviews');
  assert.equal(rows.length, 0);
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

test('is not approved twice by one reviewer', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask } = access;
  const id = await apply(access);
  itemOf(await ask('reviewer', DECIDE, approve(id)), 'decideApplication');
  assert.equal(codeOf(await ask('reviewer', DECIDE, approve(id))), 'ROLE_REQUIRED');
  const [own] = nodesOf(await ask('agency', OWN), 'applications');
  assert.equal(own?.state, 'AWAITING_SECOND');
});

test('is narrowed by either reviewer, and widened by none', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask } = access;
  const fields = [...APPLICATION.fields, 'TaxInspection.penaltyDocument'];
  const id = await apply(access, { fields });
  const narrow = (more: object): Variables => ({
    id,
    decision: 'NARROW',
    reason: 'enough',
    ...more,
  });
  const [facts, recovered, penalty] = fields;
  const first = await ask('reviewer', DECIDE, narrow({ fields: [facts, recovered] }));
  const narrowed = itemOf(first, 'decideApplication');
  assert.deepEqual(narrowed.standingFields, [facts, recovered]);
  assert.equal(narrowed.standingUntil, APPLICATION.until);
  for (const wider of [
    { fields: [facts, penalty] },
    { fields: [facts, recovered, penalty] },
    { fields: ['TaxInspection.transferredToJustice'] },
    { fields: [] },
    { until: '2027-06-01' },
    { until: '2026-11-22' },
    { fields: [facts, recovered], until: APPLICATION.until },
    {},
  ]) {
    const answer = await ask('second', DECIDE, narrow(wider));
    assert.equal(codeOf(answer), 'BAD_USER_INPUT', JSON.stringify(wider));
  }
  for (const decision of ['APPROVE', 'REFUSE']) {
    const answer = await ask('second', DECIDE, { ...narrow({ fields: [facts] }), decision });
    assert.equal(codeOf(answer), 'BAD_USER_INPUT', decision);
  }
  const second = await ask('second', DECIDE, narrow({ fields: [facts], until: '2026-12-01' }));
  const granted = itemOf(second, 'decideApplication').grant;
  assert.deepEqual([granted?.fields, granted?.until], [[facts], '2026-12-01']);
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
});

test('ends with one refusal, and grants nothing then', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask, replicas } = access;
  const id = await apply(access);
  itemOf(await ask('reviewer', DECIDE, approve(id)), 'decideApplication');
  const refused = itemOf(
    await ask('second', DECIDE, { id, decision: 'REFUSE', reason: 'no basis' }),
    'decideApplication',
  );
  assert.deepEqual([refused.state, refused.grant], ['REFUSED', null]);
  assert.equal(codeOf(await ask('third', DECIDE, approve(id))), 'MOVE_NOT_POSSIBLE');
  assert.equal(codeOf(await ask('agency', WITHDRAW, { id })), 'MOVE_NOT_POSSIBLE');
  assert.equal((await replicas[0].standing(inquiryOf('agency'), [SUBJECT])).size, 0);
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

test('whose last day has passed is neither approved nor taken back', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask, setNow } = access;
  const id = await apply(access);
  itemOf(await ask('reviewer', DECIDE, approve(id)), 'decideApplication');
  setNow('2027-05-31T16:00:00Z');
  const late = await ask('second', DECIDE, approve(id));
  assert.equal(codeOf(late), 'MOVE_NOT_POSSIBLE');
  assert.equal(late.errors?.[0]?.extensions?.['state'], 'EXPIRED');
  assert.equal(nodesOf(await ask('agency', OWN), 'applications')[0]?.state, 'EXPIRED');
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

test('decided on at once by several reviewers on two replicas, is decided once', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask, pool } = access;
  for (let round = 0; round < 5; round++) {
    const id = await apply(access, { caseReference: `ROUND-${round}` });
    const first = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        ask('reviewer', DECIDE, approve(id), at % 2 === 0 ? 0 : 1),
      ),
    );
    assert.equal(first.filter(({ errors }) => errors === undefined).length, 1);
    const second = await Promise.all([
      ask('second', DECIDE, approve(id), 0),
      ask('third', DECIDE, { id, decision: 'REFUSE', reason: 'no' }, 1),
      ask('second', DECIDE, approve(id), 1),
      ask('agency', WITHDRAW, { id }, 1),
    ]);
    assert.equal(second.filter(({ errors }) => errors === undefined).length, 1);
    const { rows } = await pool.query<{ state: string; version: number; grants: number }>(
      `select a.state, a.version, (select count(*)::int from access_grants as g
         where g.application_id = a.id) as grants from access_applications as a where a.id = $1`,
      [id],
    );
    assert.equal(rows[0]?.version, 3);
    assert.equal(rows[0].grants, rows[0].state === 'APPROVED' ? 1 : 0);
  }
});

test('keeps its history: a move is neither changed nor deleted', async (t) => {
  const access = await openAccessUnderTest(t);
  await grant(access);
  for (const statement of [
    `update access_moves set reason = 'x'`,
    'delete from access_moves',
    'truncate access_moves',
  ]) {
    await assert.rejects(access.pool.query(statement), /moves stand/);
  }
});

test('gives each decision a reason without control characters or the number of a person', async (t) => {
  const access = await openAccessUnderTest(t);
  const id = await apply(access);
  for (const reason of ['', ' ', 'x'.repeat(1_001), 'a\u0007', 'of 11010519491231002X']) {
    const answer = await access.ask('reviewer', DECIDE, { id, decision: 'REFUSE', reason });
    assert.equal(codeOf(answer), 'BAD_USER_INPUT');
  }
  const reason = 'one\ntwo';
  const answer = await access.ask('reviewer', DECIDE, { id, decision: 'REFUSE', reason });
  assert.equal(itemOf(answer, 'decideApplication').reviews[0]?.['reason'], reason);
});
