// The page's own addresses over HTTP: who gets what of them, in development, in production and where
// only who is signed in may use the page.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createEndpoints } from '../../playground/endpoints.ts';
import type { GatewayOptions } from '../../server.ts';
import { signDevelopmentToken } from '../../authentication/development/issuer.ts';
import { startFixtureGraph } from '../graph-under-test.ts';

type Headers = Readonly<Record<string, string>>;

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** The endpoints without the built files, which tests in a browser have. */
const page: NonNullable<GatewayOptions['page']> = (parts) => {
  const answer = createEndpoints(parts);
  return (incoming, response) => answer(incoming.url ?? '', incoming, response);
};

const JSON_TYPE: Headers = { 'content-type': 'application/json' };
const TOKEN = '/playground/token';
const PRINCIPALS = '/playground/principals.json';
const STATUS = '/playground/dev-status.json';
const SETTINGS = '/playground/settings.json';

/** Asks with any Host, which `fetch` does not allow. */
function asker(url: string) {
  return (path: string, headers: Headers = {}, body?: string): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      const sent = request(new URL(path, url), { method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      });
      sent.on('error', reject).end(body);
    });
}

async function start(t: TestContext, environment: Readonly<Record<string, string>> = {}) {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'credit-playground-'));
  t.after(() => rm(DATA_DIR, { recursive: true }));
  const graph = await startFixtureGraph(t, { DATA_DIR, ...environment }, { page });
  const bearer = async (): Promise<Headers> => ({
    authorization: `Bearer ${await signDevelopmentToken(DATA_DIR, 'agency', 60)}`,
  });
  return { ask: asker(graph.url), DATA_DIR, graph, bearer };
}

const asJson = ({ text }: Answered) => JSON.parse(text);
const codeOf = (answer: Answered) => asJson(answer).errors[0].extensions.code;

test('in development signs in as a ready caller, with a token that the graph takes', async (t) => {
  const { ask, graph } = await start(t);
  const settings = await ask(SETTINGS);
  assert.deepEqual(asJson(settings), { mode: 'on', development: true, openId: null });
  assert.equal(settings.headers['cache-control'], 'no-store');
  const principals = asJson(await ask(PRINCIPALS));
  const agency = principals.find(({ name }: { name: string }) => name === 'agency');
  assert.equal(agency.tier, 'AGENCY');
  assert.deepEqual(agency.purposes, ['CREDIT_REPORT', 'CREDIT_DECISION']);
  const answered = await ask(TOKEN, JSON_TYPE, '{"name":"agency"}');
  assert.equal(answered.status, 200, answered.text);
  const { token, expiresAt } = asJson(answered);
  const [, claims = ''] = token.split('.');
  const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  assert.ok(Date.parse(expiresAt) <= exp * 1_000, 'never later than the token itself');
  assert.ok(Date.parse(expiresAt) > Date.now() + 3_000_000);
  const { status } = await fetch(graph.url, {
    method: 'POST',
    headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
    body: '{"query":"{__typename}"}',
  });
  assert.equal(status, 200);
});

test('signs nobody in for another site, another name, another machine or another form', async (t) => {
  const { ask } = await start(t);
  const body = '{"name":"agency"}';
  const refusals: [string, Headers, string, number, string][] = [
    ['another site', { 'sec-fetch-site': 'cross-site' }, body, 403, 'BAD_REQUEST'],
    ['a site of the same name', { 'sec-fetch-site': 'same-site' }, body, 403, 'BAD_REQUEST'],
    ['an origin', { origin: 'https://attacker.example' }, body, 403, 'BAD_REQUEST'],
    ['an opaque origin', { origin: 'null' }, body, 403, 'BAD_REQUEST'],
    ['a form', { 'content-type': 'text/plain' }, body, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a name rebound to here', { host: 'attacker.example:4000' }, body, 404, 'NOT_FOUND'],
    ['a name that ends like ours', { host: 'localhost.example' }, body, 404, 'NOT_FOUND'],
    ['a proxy on this machine', { 'x-forwarded-for': '203.0.113.9' }, body, 404, 'NOT_FOUND'],
    ['a proxy that says so', { forwarded: 'for=203.0.113.9' }, body, 404, 'NOT_FOUND'],
    ['no JSON', {}, '{', 400, 'BAD_REQUEST'],
    ['no name', {}, '{}', 400, 'BAD_REQUEST'],
    ['a name of no caller', {}, '{"name":"__proto__"}', 400, 'BAD_REQUEST'],
    ['a body too large', {}, JSON.stringify({ name: 'a'.repeat(2_000) }), 413, 'REQUEST_TOO_LARGE'],
  ];
  for (const [why, headers, sent, status, code] of refusals) {
    const answer = await ask(TOKEN, { ...JSON_TYPE, ...headers }, sent);
    assert.deepEqual([answer.status, codeOf(answer)], [status, code], why);
    assert.doesNotMatch(answer.text, /eyJ|"token"/, why);
  }
  assert.equal((await ask(TOKEN)).status, 405);
  assert.equal((await ask(PRINCIPALS, { host: 'attacker.example' })).status, 404);
  assert.equal(asJson(await ask(SETTINGS, { host: 'attacker.example' })).development, false);
});

test('tells what `sector dev` has written, and nothing where that is not in its form', async (t) => {
  const { ask, DATA_DIR } = await start(t);
  assert.equal((await ask(STATUS)).status, 204, 'nothing is under work');
  const status = {
    sector: 'tax',
    at: '2026-11-23T04:00:00Z',
    state: 'failed',
    problems: [{ file: 'schema.graphql', line: 3, column: 1, message: 'm', remedy: 'r' }],
  };
  const file = join(DATA_DIR, 'dev-status.json');
  await writeFile(file, JSON.stringify({ ...status, secret: 'of the file alone' }));
  assert.deepEqual(asJson(await ask(STATUS)), status);
  for (const wrong of ['{', '[]', JSON.stringify({ ...status, state: 'odd' }), ' '.repeat(2e6)]) {
    await writeFile(file, wrong);
    const answer = await ask(STATUS);
    assert.deepEqual([answer.status, answer.text], [204, '']);
  }
});

test('signed-in gives no token for the asking, and the status to who is signed in', async (t) => {
  const { ask, DATA_DIR, bearer } = await start(t, { PLAYGROUND: 'signed-in' });
  assert.deepEqual(asJson(await ask(SETTINGS)), {
    mode: 'signed-in',
    development: false,
    openId: null,
  });
  assert.equal((await ask(PRINCIPALS)).status, 404);
  assert.equal((await ask(TOKEN, JSON_TYPE, '{"name":"agency"}')).status, 404);
  const status = { sector: 'tax', at: '2026-11-23T04:00:00Z', state: 'ok', problems: [] };
  await writeFile(join(DATA_DIR, 'dev-status.json'), JSON.stringify(status));
  const refused = await ask(STATUS);
  assert.deepEqual([refused.status, codeOf(refused)], [401, 'UNAUTHENTICATED']);
  assert.equal((await ask(STATUS, { authorization: 'Bearer a.b.c' })).status, 401);
  assert.deepEqual(asJson(await ask(STATUS, await bearer())), status);
});

test('in production there is neither a ready caller nor a status, whatever lies there', async (t) => {
  const keys = await mkdtemp(join(tmpdir(), 'credit-playground-keys-'));
  t.after(() => rm(keys, { recursive: true }));
  const { ensureKeyFile } = await import('../../../subgraphs/kit/authority/key-file.ts');
  const ENVELOPE_KEYS_FILE = join(keys, 'envelope.json');
  await ensureKeyFile(ENVELOPE_KEYS_FILE);
  const { ask, DATA_DIR } = await start(t, {
    NODE_ENV: 'production',
    ENVELOPE_KEYS_FILE,
    PLAYGROUND: 'on',
    PLAYGROUND_OIDC_ISSUER: 'https://login.example.org/realm',
    PLAYGROUND_OIDC_CLIENT_ID: 'page',
  });
  await writeFile(
    join(DATA_DIR, 'dev-status.json'),
    JSON.stringify({ sector: 'tax', at: '', state: 'ok', problems: [] }),
  );
  assert.deepEqual(asJson(await ask(SETTINGS)), {
    mode: 'on',
    development: false,
    openId: { issuer: 'https://login.example.org/realm', clientId: 'page', scope: 'openid' },
  });
  for (const path of [PRINCIPALS, STATUS]) assert.equal((await ask(path)).status, 404, path);
  assert.equal((await ask(TOKEN, JSON_TYPE, '{"name":"agency"}')).status, 404);
});
