import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  codeOf,
  CONSENT,
  CONSENT_INPUT,
  inquiryOf,
  itemOf,
  nodesOf,
  openAccessUnderTest,
  OTHER_SUBJECT,
  SUBJECT,
} from './test/access-under-test.ts';

const CONSENTS = '{ consents { nodes { id state subject { code } history { kind from to } } } }';
const WITHDRAW =
  'mutation ($id: ID!) { withdrawConsent(id: $id) { id state withdrawnAt history { kind } } }';
const UNKNOWN_ID = '0'.repeat(32);

test('opens to its holder, on the subject, in the sectors and for the purpose it names', async (t) => {
  const { ask, replicas } = await openAccessUnderTest(t);
  const given = itemOf(await ask('enterprise', CONSENT, { input: CONSENT_INPUT }), 'giveConsent');
  assert.equal(given.state, 'LIVE');
  const standing = await replicas[1].standing(inquiryOf('agency'), [SUBJECT, OTHER_SUBJECT]);
  const expected = [{ kind: 'CONSENT', id: given.id, subject: SUBJECT }];
  assert.deepEqual(Object.fromEntries(standing), { tax: expected, courts: expected });
  for (const [who, purpose] of [
    ['agency', 'CREDIT_DECISION'],
    ['agency', null],
    ['agency', 'AUDIT'],
    ['agencyOther', undefined],
    ['registered', undefined],
    ['reviewerAtAgency', undefined],
    ['anonymous', 'CREDIT_REPORT'],
  ] as const) {
    const nothing = await replicas[0].standing(inquiryOf(who, purpose), [SUBJECT]);
    assert.equal(nothing.size, 0, `${who} for ${purpose}`);
  }
});

test('is for agencies: the same organisation with another tier has no standing by it', async (t) => {
  const { ask, replicas } = await openAccessUnderTest(t);
  const input = { ...CONSENT_INPUT, purpose: 'SUPERVISION' };
  itemOf(await ask('enterprise', CONSENT, { input }), 'giveConsent');
  assert.equal((await replicas[0].standing(inquiryOf('reviewerAtAgency'), [SUBJECT])).size, 0);
  const { consents } = await replicas[0].holdings(inquiryOf('reviewerAtAgency'));
  assert.equal(consents.size, 0);
});

test('is read for codes in any spelling, and for no text that is none', async (t) => {
  const { ask, replicas } = await openAccessUnderTest(t);
  await ask('enterprise', CONSENT, { input: CONSENT_INPUT });
  const spelt = ` ${SUBJECT.toLowerCase().slice(0, 8)}-${SUBJECT.slice(8)}`;
  const standing = await replicas[0].standing(inquiryOf('agency'), [spelt, "' or 1=1 --", '']);
  assert.equal(standing.get('tax')?.[0]?.subject, SUBJECT);
  assert.equal((await replicas[0].standing(inquiryOf('agency'), ['%'])).size, 0);
});

test('withdrawn on one replica, opens nothing in the next lookup on the other', async (t) => {
  const { ask, replicas } = await openAccessUnderTest(t);
  const { id } = itemOf(await ask('enterprise', CONSENT, { input: CONSENT_INPUT }), 'giveConsent');
  assert.equal((await replicas[1].standing(inquiryOf('agency'), [SUBJECT])).size, 2);
  const withdrawn = itemOf(await ask('enterprise', WITHDRAW, { id }, 0), 'withdrawConsent');
  assert.equal(withdrawn.state, 'WITHDRAWN');
  assert.equal(withdrawn['withdrawnAt'], '2026-11-23T04:00:00.000Z');
  assert.equal((await replicas[1].standing(inquiryOf('agency'), [SUBJECT])).size, 0);
  assert.equal((await replicas[1].holdings(inquiryOf('agency'))).consents.size, 0);
  assert.equal(codeOf(await ask('enterprise', WITHDRAW, { id })), 'MOVE_NOT_POSSIBLE');
});

test('opens through its last day in China, and nothing after it', async (t) => {
  const { ask, replicas, setNow } = await openAccessUnderTest(t);
  const input = { ...CONSENT_INPUT, until: '2026-12-31' };
  const { id } = itemOf(await ask('enterprise', CONSENT, { input }), 'giveConsent');
  const held = async (): Promise<readonly number[]> => [
    (await replicas[0].standing(inquiryOf('agency'), [SUBJECT])).size,
    (await replicas[0].holdings(inquiryOf('agency'))).consents.size,
  ];
  setNow('2026-12-31T15:59:59.999Z');
  assert.deepEqual(await held(), [2, 2]);
  setNow('2026-12-31T16:00:00.000Z');
  assert.deepEqual(await held(), [0, 0]);
  assert.equal(nodesOf(await ask('agency', CONSENTS), 'consents')[0]?.state, 'EXPIRED');
  assert.equal(codeOf(await ask('enterprise', WITHDRAW, { id })), 'MOVE_NOT_POSSIBLE');
});

test('is given by the subject itself only, and never to itself', async (t) => {
  const { ask } = await openAccessUnderTest(t);
  for (const who of ['agency', 'registered', 'reviewer', 'anonymous'] as const) {
    assert.equal(codeOf(await ask(who, CONSENT, { input: CONSENT_INPUT })), 'ROLE_REQUIRED', who);
  }
  const input = { ...CONSENT_INPUT, organisation: SUBJECT.toLowerCase() };
  assert.equal(codeOf(await ask('enterprise', CONSENT, { input })), 'BAD_USER_INPUT');
});

test('has an end within two years, sectors of the graph, and an organisation', async (t) => {
  const { ask, pool } = await openAccessUnderTest(t);
  for (const more of [
    { until: '2026-11-22' },
    { until: '2028-11-24' },
    { until: '9999-12-31' },
    { until: '2027-02-30' },
    { sectors: [] },
    { sectors: ['access'] },
    { sectors: ['tax', '__proto__'] },
    { sectors: Array.from({ length: 51 }, () => 'tax') },
    { organisation: '' },
    { organisation: ' \u3000' },
    { organisation: 'x'.repeat(201) },
    { organisation: 'a\u0000b' },
    { organisation: '11010519491231002X' },
  ]) {
    const answer = await ask('enterprise', CONSENT, { input: { ...CONSENT_INPUT, ...more } });
    assert.equal(codeOf(answer), 'BAD_USER_INPUT', JSON.stringify(more));
    assert.doesNotMatch(JSON.stringify(answer), /11010519491231002X/);
  }
  const { rows } = await pool.query<{ count: number }>('select count(*) from access_consents');
  assert.equal(Number(rows[0]?.count), 0);
  const longest = { ...CONSENT_INPUT, until: '2028-11-23' };
  itemOf(await ask('enterprise', CONSENT, { input: longest }), 'giveConsent');
});

test('given twice, also at once on two replicas, is one consent', async (t) => {
  const { ask, pool } = await openAccessUnderTest(t);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) => {
      const sectors = at % 2 === 0 ? ['courts', 'tax'] : ['tax', 'courts', 'tax'];
      const input = { ...CONSENT_INPUT, sectors };
      return ask('enterprise', CONSENT, { input }, at % 2 === 0 ? 0 : 1);
    }),
  );
  const ids = new Set(answers.map((answer) => itemOf(answer, 'giveConsent').id));
  assert.equal(ids.size, 1);
  const { rows } = await pool.query<{ kind: string }>('select kind from access_moves');
  assert.deepEqual(rows, [{ kind: 'GIVE' }]);
});

test('is seen by the subject and its holder, and withdrawn by the subject only', async (t) => {
  const { ask } = await openAccessUnderTest(t);
  const { id } = itemOf(await ask('enterprise', CONSENT, { input: CONSENT_INPUT }), 'giveConsent');
  for (const who of ['enterprise', 'agency', 'agencyColleague'] as const) {
    const [seen, ...more] = nodesOf(await ask(who, CONSENTS), 'consents');
    assert.deepEqual([seen?.id, more.length], [id, 0]);
    assert.deepEqual(seen?.history, [{ kind: 'GIVE', from: null, to: 'LIVE' }]);
  }
  for (const who of ['agencyOther', 'enterpriseOther', 'reviewer', 'government'] as const) {
    assert.deepEqual(nodesOf(await ask(who, CONSENTS), 'consents'), []);
    const hidden = await ask(who, WITHDRAW, { id });
    assert.equal(codeOf(hidden), 'ACCESS_ITEM_NOT_FOUND');
    assert.deepEqual(hidden, await ask(who, WITHDRAW, { id: UNKNOWN_ID }));
    assert.deepEqual(hidden, await ask(who, WITHDRAW, { id: "' or true --" }));
  }
  assert.equal(codeOf(await ask('agency', WITHDRAW, { id })), 'ROLE_REQUIRED');
  assert.equal(codeOf(await ask('anonymous', CONSENTS)), 'ROLE_REQUIRED');
});
