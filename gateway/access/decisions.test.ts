import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccessAnswer } from './open-access.ts';
import {
  APPLICATION,
  apply,
  codeOf,
  DECIDE,
  grant,
  inquiryOf,
  itemOf,
  nodesOf,
  openAccessUnderTest,
  SUBJECT,
} from './test/access-under-test.ts';

const WITHDRAW = 'mutation ($id: ID!) { withdrawApplication(id: $id) { id state } }';
const OWN = `{ applications { nodes { state history { kind from to reason } } } }`;
type Variables = Readonly<Record<string, unknown>>;
const approve = (id: string): Variables => ({ id, decision: 'APPROVE', reason: 'in order' });

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

/** All but one are told that they may not, or that it is too late; none that something broke. */
function assertOneWon(answers: readonly AccessAnswer[]): void {
  const codes = answers.map(({ errors }) =>
    errors ? JSON.stringify(errors[0]?.extensions?.['code']) : 'DONE',
  );
  assert.equal(codes.filter((code) => code === 'DONE').length, 1, codes.join());
  for (const code of codes) {
    assert.match(code, /^(DONE|"ROLE_REQUIRED"|"MOVE_NOT_POSSIBLE")$/, codes.join());
  }
}

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
    assertOneWon(first);
    const second = await Promise.all([
      ask('second', DECIDE, approve(id), 0),
      ask('third', DECIDE, { id, decision: 'REFUSE', reason: 'no' }, 1),
      ask('second', DECIDE, approve(id), 1),
      ask('agency', WITHDRAW, { id }, 1),
    ]);
    assertOneWon(second);
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
