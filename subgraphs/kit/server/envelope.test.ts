// A subgraph behind its envelope: everything that somebody could send instead of one that the gateway
// has just signed for it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { exportJWK, generateSecret, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import {
  ENVELOPE_HEADER,
  ENVELOPE_ISSUER,
  ENVELOPE_TYPE,
  signEnvelope,
} from '../authority/envelope.ts';
import { ANONYMOUS_INQUIRY } from '../authority/principal.ts';
import { makeTestKey, TEST_KEY, testEnvelope, testInquiry } from '../conformance/test-envelope.ts';
import { createEnvelopeVerifier } from './envelope-verifier.ts';
import { KeysUnavailable } from './gateway-keys.ts';
import {
  openTestSubgraph,
  TEST_SECTOR,
  type Json,
  type TestSubgraph,
} from './test/test-subgraph.ts';

const TYPES = `type Query { hello: String @requiresScopes(scopes: [["credit:public"]]) }`;
const HELLO = '{ hello }';
const NOBODY = { inquiry: ANONYMOUS_INQUIRY, standing: [] };
const SECRET = 'SECRET-SUBJECT';

let subgraph: TestSubgraph;
let ran = 0;

before(async () => {
  const resolvers = { Query: { hello: () => `world ${(ran += 1)}` } };
  subgraph = await openTestSubgraph({ types: TYPES, resolvers });
});

after(() => subgraph.stop());

interface Claims extends JWTPayload {
  readonly tier?: string;
}

/** Claims of an envelope that is valid, to be spoilt. */
const now = (): number => Math.floor(Date.now() / 1000);
const claims = (): Claims => ({
  iss: ENVELOPE_ISSUER,
  aud: TEST_SECTOR,
  iat: now(),
  exp: now() + 60,
  tier: 'ANONYMOUS',
  id: null,
  organisation: null,
  subject: null,
  duty: false,
  roles: [],
  purpose: null,
  case: null,
  standing: [],
});

const without = (name: keyof Claims): Claims =>
  Object.fromEntries(Object.entries(claims()).filter(([key]) => key !== name));

const HEADER = { alg: 'EdDSA', kid: TEST_KEY.id, typ: ENVELOPE_TYPE };
const sign = (payload: Claims, header: Partial<typeof HEADER> = {}): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ ...HEADER, ...header }).sign(TEST_KEY.key);

async function signWithSecret(): Promise<string> {
  const secret = await generateSecret('HS256', { extractable: true });
  assert.ok((await exportJWK(secret)).k);
  return new SignJWT(claims()).setProtectedHeader({ ...HEADER, alg: 'HS256' }).sign(secret);
}

async function tampered(): Promise<string> {
  const [header = '', , signature = ''] = (await sign(claims())).split('.');
  const payload = { ...claims(), tier: 'GOVERNMENT', duty: true };
  return [header, Buffer.from(JSON.stringify(payload)).toString('base64url'), signature].join('.');
}

const ATTACKS: Readonly<Record<string, () => Promise<string> | string>> = {
  'is empty': () => '',
  'is no JWS': () => 'abc.def',
  'is longer than any': () => 'a'.repeat(70_000),
  'is for another sector': () => testEnvelope('courts'),
  'is for several sectors, not this one': () => sign({ ...claims(), aud: ['tax', 'courts'] }),
  'is for nobody in particular': () => sign(without('aud')),
  'has expired': () => signEnvelope(NOBODY, TEST_SECTOR, TEST_KEY, new Date(Date.now() - 70_000)),
  'was issued later than now': () => sign({ ...claims(), iat: now() + 60 }),
  'would be valid for a year': () =>
    sign({ ...claims(), iat: now() - 600, exp: now() + 31_536_000 }),
  'does not expire': () => sign(without('exp')),
  'is of another issuer': () => sign({ ...claims(), iss: 'somebody' }),
  'is of another type': () => sign(claims(), { typ: 'JWT' }),
  'is of a key that is not known': async () =>
    testEnvelope(TEST_SECTOR, {}, await makeTestKey('other')),
  'is of another key under a known name': async () =>
    testEnvelope(TEST_SECTOR, {}, await makeTestKey(TEST_KEY.id)),
  'has no signature, and says so': () => new UnsecuredJWT(claims()).encode(),
  'has no signature': async () => (await sign(claims())).replace(/[^.]*$/, ''),
  'is signed with a shared secret': signWithSecret,
  'was changed after it was signed': tampered,
  'has a tier that is not in the list': () => sign({ ...claims(), tier: 'ALMIGHTY' }),
  'lacks a claim': () => sign(without('tier')),
  'has a standing of another form': () =>
    sign({ ...claims(), standing: [{ kind: 'SELF', id: 'x', subject: SECRET }] }),
};

async function refused(headers: Readonly<Record<string, string>>, body: string): Promise<void> {
  const before = ran;
  const response = await fetch(subgraph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  assert.equal(response.status, 401, text);
  const { data, errors }: Json = JSON.parse(text);
  assert.equal(data, undefined);
  assert.equal(errors[0].extensions.code, 'UNAUTHENTICATED');
  assert.match(errors[0].extensions.hint, /^Ask the gateway/);
  assert.doesNotMatch(text, /jose|signature|JWS|claim|SECRET/, 'what is wrong is for the log');
  assert.equal(ran, before);
}

for (const [what, make] of Object.entries(ATTACKS)) {
  test(`refuses an envelope that ${what}`, async () => {
    const envelope = await make();
    subgraph.logged.length = 0;
    await refused({ [ENVELOPE_HEADER]: envelope }, JSON.stringify({ query: HELLO }));
    assert.equal(subgraph.logged.length, 1);
    const [line] = subgraph.logged;
    assert.equal(line.msg, 'an envelope was refused');
    assert.ok((line.reason as string).length > 0);
    assert.doesNotMatch(
      JSON.stringify(line),
      new RegExp(`SECRET|${envelope.slice(-20) || 'SECRET'}`),
    );
  });
}

test('refuses two envelopes in one request', async () => {
  const envelope = await testEnvelope(TEST_SECTOR);
  await refused(
    { [ENVELOPE_HEADER]: `${envelope}, ${envelope}` },
    JSON.stringify({ query: HELLO }),
  );
});

test('reads nothing of a request before its envelope, also what would be refused anyway', async () => {
  const bad = { [ENVELOPE_HEADER]: await testEnvelope('courts') };
  for (const body of ['{', '{ "query": "{ nothing }" }', `{ "query": "${'{a'.repeat(5_000)}" }`]) {
    await refused(bad, body);
    await refused({}, body);
  }
  await refused({ ...bad, 'content-type': 'text/plain' }, HELLO);
});

test('answers without an envelope what asks for the schema alone', async () => {
  for (const query of [
    '{_service{sdl}}',
    'query __ApolloGetServiceDefinition__ { _service { sdl } }',
    'query SubgraphIntrospectQuery {\n  # a comment\n  _service {\n    sdl\n  }\n}',
  ]) {
    const response = await fetch(subgraph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    assert.equal(response.status, 200);
    const { data } = (await response.json()) as Json;
    assert.match(data._service.sdl, /hello: String @requiresScopes/);
  }
});

for (const [what, query] of [
  ['asks for more', '{ _service { sdl } hello }'],
  ['asks for more below', '{ _service { sdl __typename } }'],
  ['asks under another name', '{ hello: _service { sdl } }'],
  ['asks in two operations', 'query A { _service { sdl } } query B { hello }'],
  ['asks in a fragment', '{ ...S } fragment S on Query { _service { sdl } }'],
  ['asks in an inline fragment', '{ ... { _service { sdl } hello } }'],
  ['is a mutation', 'mutation { _service { sdl } }'],
  ['has a directive', '{ _service @skip(if: false) { sdl } }'],
  ['asks for the schema in another way', '{ __schema { types { name } } }'],
  ['asks for its type', '{ __typename }'],
  ['asks for entities', '{ _entities(representations: []) { __typename } }'],
  ['asks in very many words', `{ _service { sdl } ${'#'.repeat(5_000)}\n}`],
] as const) {
  test(`refuses what has no envelope and ${what}`, async () => {
    await refused({}, JSON.stringify({ query }));
  });
}

test('refuses what has no envelope and is a list, or has a name like the schema request', async () => {
  const service = { query: '{ _service { sdl } }' };
  await refused({}, JSON.stringify([service, service]));
  await refused({}, JSON.stringify({ operationName: service.query, query: HELLO }));
  await refused({}, JSON.stringify({ query: HELLO, extensions: service }));
});

test('refuses a large body without an envelope before it has read it', async () => {
  const service = '{ "query": "{ _service { sdl } }" }';
  await refused({}, service + ' '.repeat(4_096));
});

test('answers that health is as it is to everybody', async () => {
  const live = await fetch(new URL('/health/live', subgraph.url));
  assert.equal(live.status, 200);
});

test('is not to blame on its sender that the keys cannot be read', async () => {
  const down = await openTestSubgraph({
    types: TYPES,
    gatewayKeys: () => Promise.reject(new KeysUnavailable(new Error('SECRET path'))),
  });
  const { status, errors, text } = await down.query(HELLO);
  assert.equal(status, 503);
  assert.equal(errors[0].extensions.code, 'SERVICE_UNAVAILABLE');
  assert.doesNotMatch(text, /SECRET/);
  await down.stop();
});

test('takes an envelope that holds the standing over a hundred subjects', async () => {
  const standing = Array.from({ length: 100 }, (_, at) => ({
    kind: 'GRANT' as const,
    id: `0199c4b2-7d1e-7c3a-9f00-${String(at).padStart(12, '0')}`,
    subject: '91990101MA7K3P2Q8J',
    fields: ['TaxInspection.facts', 'TaxInspection.recovered', 'TaxInspection.penaltyDocument'],
  }));
  const { status } = await subgraph.query(HELLO, {}, {}, { standing });
  assert.equal(status, 200);
});

test('names the organisation in the log of a request, and neither the caller nor a subject', async () => {
  const inquiry = testInquiry({
    tier: 'AGENCY',
    id: 'SECRET-PERSON',
    organisation: 'an-agency',
    subject: SECRET,
  });
  const broken = await openTestSubgraph({
    types: TYPES,
    resolvers: { Query: { hello: () => Promise.reject(new TypeError('a defect')) } },
  });
  await broken.query(HELLO, {}, {}, { inquiry });
  const [line] = broken.logged;
  assert.equal(line.organisation, 'an-agency');
  assert.doesNotMatch(JSON.stringify(broken.logged), /SECRET/);
  await broken.stop();
});

test('verifies a text once while it is valid, and again when it is not', async () => {
  let asked = 0;
  const verify = createEnvelopeVerifier(TEST_SECTOR, (header, token) => {
    asked += 1;
    return TEST_KEY.publicKeys(header, token);
  });
  const start = new Date('2026-07-01T00:00:00Z');
  const at = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
  const envelope = await signEnvelope(NOBODY, TEST_SECTOR, TEST_KEY, start);
  for (const second of [0, 1, 30, 59]) await verify(envelope, at(second));
  assert.equal(asked, 1);
  await assert.rejects(verify(envelope, at(70)), { code: 'ERR_JWT_EXPIRED' });
  const bad = `${envelope.slice(0, -4)}AAAA`;
  for (const second of [0, 1]) await assert.rejects(verify(bad, at(second)));
  assert.equal(asked, 4, 'what was refused is not remembered as anything else');
});
