// The room as the planner and the rest of the gateway meet it: who one is, what is said where there is
// no database, and what of an error leaves.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { pino } from 'pino';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import { createLog } from '../../subgraphs/kit/log.ts';
import { createAccessDataSource } from './access-data-source.ts';
import { openAccessDatabase } from './access-database.ts';
import { openAccess, type Access } from './open-access.ts';
import {
  APPLICATION,
  APPLY,
  CONSENT,
  CONSENT_INPUT,
  inquiryOf,
  itemOf,
  openAccessUnderTest,
  SECTORS,
  SUBJECT,
} from './test/access-under-test.ts';
import { readShippedSpecialFields } from './test/special-fields-of-supergraph.ts';

const ME = `{ me { tier organisation subject { code } sectorsOfDuty roles
  purposes { name meaning } purpose } }`;
const ID = '0'.repeat(32);

async function openWith(
  t: TestContext,
  databaseUrl: string | null,
  log = createLog('test', 'silent'),
): Promise<Access> {
  const database = databaseUrl === null ? null : openAccessDatabase(databaseUrl, log);
  t.after(() => database?.close());
  const special = await readShippedSpecialFields();
  const explain = (): object => ({ decision: 'ALLOWED', fields: [] });
  return openAccess({
    database,
    sectors: new Set(SECTORS),
    special,
    log,
    explain,
    grantObstacle: () => null,
  });
}

test('tells a caller who it is, and an anonymous one that it is nobody', async (t) => {
  const { ask } = await openAccessUnderTest(t);
  assert.deepEqual(itemOf(await ask('anonymous', ME), 'me'), {
    tier: 'ANONYMOUS',
    organisation: null,
    subject: null,
    sectorsOfDuty: [],
    roles: [],
    purposes: [],
    purpose: null,
  });
  assert.deepEqual(itemOf(await ask('enterprise', ME), 'me'), {
    tier: 'REGISTERED',
    organisation: SUBJECT,
    subject: { code: SUBJECT },
    sectorsOfDuty: [],
    roles: [],
    purposes: [{ name: 'OWN_RECORDS', meaning: 'To read the records on oneself.' }],
    purpose: 'OWN_RECORDS',
  });
  const reviewer = itemOf(await ask('reviewer', ME), 'me');
  assert.deepEqual([reviewer['sectorsOfDuty'], reviewer['roles']], [['tax'], ['REVIEWER']]);
});

const EVERYTHING: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['{ applications { nodes { id } } }', {}],
  ['{ applicationsToDecide { nodes { id } } }', {}],
  ['{ grants { nodes { id } } }', {}],
  ['{ consents { nodes { id } } }', {}],
  [APPLY, { input: { ...APPLICATION, subject: '91990102900000014T', purpose: 'SUPERVISION' } }],
  [CONSENT, { input: CONSENT_INPUT }],
  ['mutation ($id: ID!) { withdrawApplication(id: $id) { id } }', { id: ID }],
  [
    'mutation ($id: ID!) { decideApplication(id: $id, decision: APPROVE, reason: "x") { id } }',
    { id: ID },
  ],
  ['mutation ($id: ID!) { revokeGrant(id: $id, reason: "x") { id } }', { id: ID }],
  ['mutation ($id: ID!) { withdrawConsent(id: $id) { id } }', { id: ID }],
];

for (const [what, url] of [
  ['without a database', null],
  ['with a database that is gone', 'postgres://nobody@127.0.0.1:9/none'],
] as const) {
  test(`${what}, every field but me says that it is unavailable`, async (t) => {
    const access = await openWith(t, url);
    const inquiry = inquiryOf('reviewer');
    // A subject that reviews is of no office; here it stands for everybody at once.
    const principal = { ...inquiry.principal, subject: SUBJECT };
    for (const [query, variables] of EVERYTHING) {
      const { data, errors } = await access.answer({
        query,
        variables,
        inquiry: { ...inquiry, principal },
        requestId: 'r',
      });
      assert.equal(errors?.[0]?.extensions?.['code'], 'SERVICE_UNAVAILABLE', query);
      assert.equal(typeof errors[0].extensions['hint'], 'string');
      assert.deepEqual(Object.values(data ?? { x: 0 }), [null]);
      assert.doesNotMatch(JSON.stringify(errors), /127\.0\.0\.1|ECONN|nobody/);
    }
    itemOf(await access.answer({ query: ME, inquiry, requestId: 'r' }), 'me');
  });
}

test('without a database nobody has standing; with one that is gone nobody is told so', async (t) => {
  const absent = await openWith(t, null);
  assert.equal((await absent.standing(inquiryOf('agency'), [SUBJECT])).size, 0);
  const { consents, grants } = await absent.holdings(inquiryOf('agency'));
  assert.deepEqual([consents.size, grants.size], [0, 0]);
  const gone = await openWith(t, 'postgres://nobody@127.0.0.1:9/none');
  const code = (error: unknown): boolean =>
    error instanceof PublicError && error.extensions['code'] === 'SERVICE_UNAVAILABLE';
  await assert.rejects(gone.standing(inquiryOf('agency'), [SUBJECT]), code);
  await assert.rejects(gone.holdings(inquiryOf('agency')), code);
});

test('hands the planner public errors whole, and of a defect only the request id', async (t) => {
  const { replicas } = await openAccessUnderTest(t);
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  const source = createAccessDataSource(replicas[0], log);
  const context = { requestId: 'request-7', inquiry: inquiryOf('agency') };
  const request = { query: '{ mine: grants(first: 200) { nodes { id } } }' };
  assert.deepEqual(JSON.parse(JSON.stringify(await source.process({ request, context }))), {
    data: { mine: null },
    errors: [
      {
        message: 'first is 200; it must be 0 to 100.',
        path: ['mine'],
        extensions: {
          code: 'BAD_USER_INPUT',
          hint: 'Read further pages with the end cursor of this one as `after`.',
          sector: 'access',
        },
      },
    ],
  });
  const broken = await source.process({ request: { query: '{ secret-of-ours' }, context });
  assert.equal(broken.errors?.length, 1);
  assert.equal(broken.errors[0]?.extensions?.['code'], 'INTERNAL_SERVER_ERROR');
  assert.equal(broken.errors[0].extensions['requestId'], 'request-7');
  assert.doesNotMatch(JSON.stringify(broken), /secret-of-ours|Syntax/);
  assert.match(lines.join(''), /request-7/);
});

test('masks what the database says of a defect, and logs it under the request id', async (t) => {
  const { pool, url } = await openAccessUnderTest(t);
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  const access = await openWith(t, url, log);
  await pool.query('alter table access_consents rename column purpose to reason_of_asking');
  const query = '{ consents { nodes { id } } }';
  const inquiry = inquiryOf('agency');
  const { errors } = await access.answer({ query, inquiry, requestId: 'request-8' });
  assert.equal(errors?.length, 1);
  assert.equal(errors[0]?.extensions?.['code'], 'INTERNAL_SERVER_ERROR');
  assert.equal(errors[0].extensions['requestId'], 'request-8');
  assert.doesNotMatch(JSON.stringify(errors), /purpose|column|select/i);
  const [line, ...more] = lines;
  assert.equal(more.length, 0);
  assert.match(line ?? '', /request-8.*purpose|purpose.*request-8/);
});

test('takes a defect in one field as one: the others are answered', async (t) => {
  const { ask } = await openAccessUnderTest(t);
  const both = await ask('registered', '{ me { tier } applicationsToDecide { nodes { id } } }');
  assert.deepEqual(JSON.parse(JSON.stringify(both.data)), {
    me: { tier: 'REGISTERED' },
    applicationsToDecide: null,
  });
  assert.equal(both.errors?.[0]?.extensions?.['code'], 'ROLE_REQUIRED');
});

test('answers aliases that are names of objects themselves', async (t) => {
  const { ask } = await openAccessUnderTest(t);
  const answer = await ask('agency', '{ __proto__: me { constructor: tier } }');
  const data = answer.data as Readonly<Record<string, unknown>>;
  assert.deepEqual(Object.keys(data), ['__proto__']);
});
