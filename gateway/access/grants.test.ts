import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  APPLICATION,
  codeOf,
  grant,
  inquiryOf,
  itemOf,
  nodesOf,
  openAccessUnderTest,
  OTHER_SUBJECT,
  SUBJECT,
} from './test/access-under-test.ts';

const REVOKE = `mutation ($id: ID!, $reason: String!) {
  revokeGrant(id: $id, reason: $reason) { id state revokedAt revocationReason }
}`;
const GRANTS = `query ($subject: CreditCode) { grants(subject: $subject) { nodes {
  id state subject { code } sector fields organisation until revokedAt revocationReason
  application { id caseReference } history { kind reason } } } }`;
const reason = 'the case is closed';

test('opens its fields to its organisation, for its subject and purpose alone', async (t) => {
  const access = await openAccessUnderTest(t);
  const id = await grant(access);
  const { replicas } = access;
  for (const who of ['agency', 'agencyColleague'] as const) {
    const standing = await replicas[1].standing(inquiryOf(who), [OTHER_SUBJECT, SUBJECT]);
    assert.deepEqual(Object.fromEntries(standing), {
      tax: [{ kind: 'GRANT', id, subject: SUBJECT, fields: APPLICATION.fields }],
    });
  }
  for (const [who, purpose] of [
    ['agency', 'CREDIT_DECISION'],
    ['agency', 'ENFORCEMENT'],
    ['agency', null],
    ['agencyOther', undefined],
    ['enterprise', undefined],
    ['reviewer', undefined],
    ['anonymous', 'CREDIT_REPORT'],
  ] as const) {
    const nothing = await replicas[1].standing(inquiryOf(who, purpose), [SUBJECT]);
    assert.equal(nothing.size, 0, `${who} for ${purpose}`);
  }
  const other = await replicas[1].standing(inquiryOf('agency'), [OTHER_SUBJECT]);
  assert.equal(other.size, 0);
});

test('is held in its sector, for its purpose, until its last day', async (t) => {
  const access = await openAccessUnderTest(t);
  await grant(access);
  const held = async (purpose?: 'CREDIT_DECISION' | null): Promise<unknown> => {
    const holdings = await access.replicas[1].holdings(inquiryOf('agency', purpose));
    return [[...holdings.consents], [...holdings.grants]];
  };
  assert.deepEqual(await held(), [[], ['tax']]);
  assert.deepEqual(await held('CREDIT_DECISION'), [[], []]);
  assert.deepEqual(await held(null), [[], []]);
  access.setNow('2027-05-31T15:59:59.999Z');
  assert.deepEqual(await held(), [[], ['tax']]);
  access.setNow('2027-05-31T16:00:00.000Z');
  assert.deepEqual(await held(), [[], []]);
  assert.equal((await access.replicas[0].standing(inquiryOf('agency'), [SUBJECT])).size, 0);
});

for (const who of ['reviewer', 'third', 'agency', 'agencyColleague'] as const) {
  test(`revoked by ${who} on one replica, opens nothing in the next lookup on the other`, async (t) => {
    const access = await openAccessUnderTest(t);
    const id = await grant(access);
    const { ask, replicas } = access;
    assert.equal((await replicas[1].standing(inquiryOf('agency'), [SUBJECT])).size, 1);
    const revoked = itemOf(await ask(who, REVOKE, { id, reason }, 0), 'revokeGrant');
    assert.equal(revoked.state, 'REVOKED');
    assert.equal(revoked['revocationReason'], reason);
    assert.equal((await replicas[1].standing(inquiryOf('agency'), [SUBJECT])).size, 0);
    assert.equal((await replicas[1].holdings(inquiryOf('agency'))).grants.size, 0);
    const again = await ask(who, REVOKE, { id, reason }, 1);
    assert.equal(codeOf(again), 'MOVE_NOT_POSSIBLE');
    assert.equal(again.errors?.[0]?.extensions?.['state'], 'REVOKED');
  });
}

test('revoked many times at once is revoked once', async (t) => {
  const access = await openAccessUnderTest(t);
  const id = await grant(access);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      access.ask(at < 4 ? 'reviewer' : 'agency', REVOKE, { id, reason }, at % 2 === 0 ? 0 : 1),
    ),
  );
  assert.equal(answers.filter(({ errors }) => errors === undefined).length, 1);
});

test('is not revoked by its subject, and does not exist for anybody else', async (t) => {
  const access = await openAccessUnderTest(t);
  const id = await grant(access);
  const { ask } = access;
  assert.equal(codeOf(await ask('enterprise', REVOKE, { id, reason })), 'ROLE_REQUIRED');
  const unknown = { id: 'a'.repeat(32), reason };
  for (const who of [
    'agencyOther',
    'enterpriseOther',
    'government',
    'reviewerOfCourts',
    'reviewerWithoutOffice',
  ] as const) {
    const hidden = await ask(who, REVOKE, { id, reason });
    assert.equal(codeOf(hidden), 'ACCESS_ITEM_NOT_FOUND', who);
    assert.deepEqual(await ask(who, REVOKE, unknown), hidden);
    assert.deepEqual(nodesOf(await ask(who, GRANTS), 'grants'), [], who);
  }
  assert.equal(codeOf(await ask('anonymous', REVOKE, { id, reason })), 'ROLE_REQUIRED');
  assert.equal((await access.replicas[0].standing(inquiryOf('agency'), [SUBJECT])).size, 1);
});

test('is seen by its holder, its sector and its subject, who reads neither case nor reason', async (t) => {
  const access = await openAccessUnderTest(t);
  const id = await grant(access);
  const { ask } = access;
  itemOf(await ask('reviewer', REVOKE, { id, reason }), 'revokeGrant');
  for (const who of ['agency', 'agencyColleague', 'second', 'enterprise'] as const) {
    const [seen, ...more] = nodesOf(await ask(who, GRANTS), 'grants');
    assert.deepEqual([seen?.id, seen?.state, more.length], [id, 'REVOKED', 0], who);
    const isSubject = who === 'enterprise';
    assert.deepEqual(seen?.fields, APPLICATION.fields);
    assert.equal(seen['revocationReason'], isSubject ? null : reason);
    assert.equal(seen['application'] === null, isSubject);
    assert.deepEqual(seen.history, [
      { kind: 'GRANT', reason: null },
      { kind: 'REVOKE', reason: isSubject ? null : reason },
    ]);
  }
});

test('is listed once for who holds it and reviews it, and by subject where one is named', async (t) => {
  const access = await openAccessUnderTest(t);
  const id = await grant(access);
  const other = await grant(access, { subject: OTHER_SUBJECT });
  const { ask } = access;
  const listed = async (variables: object): Promise<readonly string[]> =>
    nodesOf(await ask('reviewerAtAgency', GRANTS, { ...variables }), 'grants').map((one) => one.id);
  assert.deepEqual(new Set(await listed({})), new Set([id, other]));
  assert.equal((await listed({})).length, 2);
  assert.deepEqual(await listed({ subject: OTHER_SUBJECT.toLowerCase() }), [other]);
  assert.equal(codeOf(await ask('agency', GRANTS, { subject: 'x' })), 'BAD_USER_INPUT');
});
