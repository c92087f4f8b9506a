// A subgraph as an HTTP server: what it takes, what it answers to everything else, and how it ends.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { openTestSubgraph, type TestSubgraph, type Json } from './test/test-subgraph.ts';

const TYPES = `type Query @requiresScopes(scopes: [["credit:public"]]) { hello: String slow: String }`;
const HELLO = JSON.stringify({ query: '{ hello }' });

let release: () => void = () => undefined;
let entered: () => void = () => undefined;
const resolvers = {
  Query: {
    hello: () => 'world',
    slow: () => {
      entered();
      return new Promise<string>((resolve) => {
        release = () => {
          resolve('done');
        };
      });
    },
  },
};
const start = (more: object = {}): Promise<TestSubgraph> =>
  openTestSubgraph({ types: TYPES, resolvers, ...more });

let subgraph: TestSubgraph;

before(async () => {
  subgraph = await start();
});

after(() => subgraph.stop());

async function codeOf(response: Response, status: number): Promise<unknown> {
  assert.equal(response.status, status);
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
  const { errors } = (await response.json()) as Json;
  return errors[0].extensions.code;
}

test('answers a GraphQL request, and nothing else of its maker', async () => {
  const response = await subgraph.post(HELLO, {
    headers: { 'apollo-federation-include-trace': 'ftv1' },
  });
  assert.deepEqual(await response.json(), { data: { hello: 'world' } });
});

test('refuses a body that is no JSON, no object, or no operation', async () => {
  for (const body of ['', '{', 'null', '[]', '"x"', '7', '{}', '{"query":7}', '{"variables":{}}']) {
    assert.equal(await codeOf(await subgraph.post(body), 400), 'BAD_REQUEST', body);
  }
  assert.equal(await codeOf(await subgraph.post(`[${HELLO},${HELLO}]`), 400), 'BAD_REQUEST');
  assert.equal(await codeOf(await subgraph.post('{"query":"{"}'), 400), 'GRAPHQL_PARSE_FAILED');
});

test('refuses another content type, and another charset', async () => {
  for (const type of ['text/plain', 'application/xml', '', 'application/json; charset=gbk']) {
    const response = await subgraph.post(HELLO, { headers: { 'content-type': type } });
    assert.equal(await codeOf(response, 415), 'UNSUPPORTED_MEDIA_TYPE', type);
  }
  const response = await subgraph.post(HELLO, {
    headers: { 'content-type': 'application/json; charset=UTF-8' },
  });
  assert.equal(response.status, 200);
});

test('refuses other methods, also a GET with an operation', async () => {
  const url = `${subgraph.url}?query=%7Bhello%7D`;
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
    const response = await fetch(url, { method, headers: { 'apollo-require-preflight': 'x' } });
    assert.equal(response.headers.get('allow'), 'POST');
    assert.equal(await codeOf(response, 405), 'METHOD_NOT_ALLOWED', method);
  }
});

test('refuses unknown paths', async () => {
  for (const path of ['/', '/graphql/', '/GRAPHQL', '/health', '//graphql']) {
    const response = await fetch(
      new URL(path, 'http://x').pathname.replace(/^/, new URL(subgraph.url).origin),
    );
    assert.equal(await codeOf(response, 404), 'NOT_FOUND', path);
  }
});

test('refuses a body beyond 4 MiB and can be read by who still sends', async () => {
  const response = await subgraph.post(Buffer.alloc(4 * 1024 * 1024 + 1, ' '));
  assert.equal(await codeOf(response, 413), 'REQUEST_TOO_LARGE');
  assert.equal((await subgraph.post(HELLO)).status, 200);
});

test('refuses a document of more tokens than any planner writes', async () => {
  const response = await subgraph.post(JSON.stringify({ query: `{ ${'hello '.repeat(60_000)} }` }));
  assert.equal(await codeOf(response, 400), 'GRAPHQL_PARSE_FAILED');
});

test('survives a document that is nested without end', async () => {
  const response = await subgraph.post(JSON.stringify({ query: '{ hello '.repeat(20_000) }));
  assert.equal(await codeOf(response, 400), 'INTERNAL_SERVER_ERROR');
  assert.equal((await subgraph.post(HELLO)).status, 200);
  subgraph.logged.length = 0;
});

test('tells that it lives, and that it is not ready without its database', async () => {
  const { origin } = new URL(subgraph.url);
  assert.equal((await fetch(`${origin}/health/live`)).status, 200);
  const ready = await fetch(`${origin}/health/ready`);
  assert.equal(ready.status, 503);
  assert.deepEqual(await ready.json(), { status: 'not ready' });
});

async function connectTo(url: string, text: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

const HEAD = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';

test('ends a request that does not arrive in time', async () => {
  const patient = await start({ arrivalTimeoutMs: 200 });
  const socket = await connectTo(patient.url, `${HEAD}content-length: 100\r\n\r\n{"query"`);
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  await once(socket, 'close');
  assert.match(answer, /^HTTP\/1\.1 408 /);
  assert.deepEqual(patient.logged, []);
  await patient.stop();
});

test('does not mind a sender that goes away', async () => {
  const socket = await connectTo(subgraph.url, `${HEAD}content-length: 100\r\n\r\n{"query"`);
  socket.destroy();
  await once(socket, 'close');
  assert.equal((await subgraph.post(HELLO)).status, 200);
  assert.deepEqual(subgraph.logged, []);
});

test('finishes what is under way before it stops, and takes nothing new', async () => {
  const stopping = await start({ stopTimeoutMs: 60_000 });
  const arrived = new Promise<void>((resolve) => (entered = resolve));
  const answer = stopping.post(JSON.stringify({ query: '{ slow }' }));
  await arrived;
  const stopped = stopping.stop();
  await assert.rejects(stopping.post(HELLO));
  release();
  const response = await answer;
  assert.equal(response.headers.get('connection'), 'close');
  assert.deepEqual(await response.json(), { data: { slow: 'done' } });
  await stopped;
  await stopping.stop();
});

test('does not wait for ever for what is under way', async () => {
  const stopping = await start({ stopTimeoutMs: 100 });
  const arrived = new Promise<void>((resolve) => (entered = resolve));
  const answer = stopping.post(JSON.stringify({ query: '{ slow }' }));
  await arrived;
  await Promise.all([assert.rejects(answer), stopping.stop()]);
});

test('says that its port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await assert.rejects(start({ port }), { code: 'EADDRINUSE' });
  other.close();
});

test('answers on IPv6, and names its address so that it can be used', async () => {
  const six = await start({ host: '::1' });
  assert.match(six.url, /^http:\/\/\[::1\]:\d+\/graphql$/);
  assert.equal((await six.post(HELLO)).status, 200);
  await six.stop();
});

test('does not start for a sector with a resolver or a label that means nothing', async () => {
  await assert.rejects(
    start({ resolvers: { Query: { nothing: () => 1 } } }),
    /there is a resolver for Query.nothing/,
  );
  await assert.rejects(start({ types: 'type Query { a: Int @authenticated }' }), /@authenticated/);
  await assert.rejects(start({ types: 'type Query { a: Nothing }', resolvers: {} }), /Nothing/);
});
