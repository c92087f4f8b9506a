import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { buildSchema } from 'graphql';
import { createLog } from '../../subgraphs/kit/log.ts';
import { createSectorDataSource } from './sector-data-source.ts';
import { SubgraphClient } from './subgraph-client.ts';

const schema = buildSchema(`
  type Query { rating: String }
`);

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}

/** Asks a subgraph that behaves as the listener says. */
async function ask(
  t: TestContext,
  listener: RequestListener,
  overrides: { timeoutMs?: number; responseBytesMax?: number } = {},
): Promise<Answer> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new SubgraphClient({
    url: `http://127.0.0.1:${port}/graphql`,
    timeoutMs: 2_000,
    connections: 2,
    responseBytesMax: 10_000,
    ...overrides,
  });
  t.after(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  });
  return call(client);
}

async function call(client: SubgraphClient): Promise<Answer> {
  const source = createSectorDataSource({
    sector: 'tax',
    client,
    schema,
    higherClassesExist: () => true,
    log: createLog('test', 'silent'),
  });
  const context = { requestId: 'request-1', classes: ['PUBLIC'] as const };
  return await source.process({
    // The enumeration of kinds is not exported as a value.
    kind: 'incoming operation' as never,
    request: { query: '{ rating }', variables: { a: 1 }, operationName: 'Q' },
    context,
    incomingRequestContext: { context } as never,
  });
}

function assertUnavailable(answer: Answer): void {
  assert.deepEqual(JSON.parse(JSON.stringify(answer)), {
    data: { rating: null },
    errors: [
      {
        message: 'The sector tax did not answer; what it holds was not looked at.',
        path: ['rating'],
        extensions: {
          code: 'SUBGRAPH_UNAVAILABLE',
          hint: 'Read coverage: UNAVAILABLE as unknown, never as none; ask again later.',
          sector: 'tax',
        },
      },
    ],
  });
}

test('sends query, variables, name and request id, and returns the data', async (t) => {
  const answer = await ask(t, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      assert.deepEqual(body, { operationName: 'Q', query: '{ rating }', variables: { a: 1 } });
      assert.equal(request.headers['x-request-id'], 'request-1');
      response.end('{"data":{"rating":"A"}}');
    });
  });
  assert.deepEqual(answer, { data: { rating: 'A' } });
});

test('calls a sector that nobody serves unavailable', async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const client = new SubgraphClient({
    url: `http://127.0.0.1:${port}/`,
    timeoutMs: 2_000,
    connections: 1,
    responseBytesMax: 1_000,
  });
  t.after(() => client.close());
  assertUnavailable(await call(client));
});

const FAILURES: readonly { name: string; listener: RequestListener }[] = [
  { name: 'answers 503', listener: (_, response) => void response.writeHead(503).end('{}') },
  { name: 'sends something that is not JSON', listener: (_, response) => response.end('<html>') },
  {
    name: 'breaks off its answer',
    listener: (request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"data"');
      setImmediate(() => request.socket.destroy());
    },
  },
  {
    name: 'says that its database is gone',
    listener: (_, response) =>
      response.end('{"data":null,"errors":[{"extensions":{"code":"SERVICE_UNAVAILABLE"}}]}'),
  },
  {
    name: 'sends more than the bound',
    listener: (_, response) => response.end(JSON.stringify({ data: 'x'.repeat(20_000) })),
  },
];

for (const { name, listener } of FAILURES) {
  test(`calls a sector unavailable that ${name}`, async (t) => {
    assertUnavailable(await ask(t, listener));
  });
}

test('asks again when a connection breaks before a word of the answer, though only once', async (t) => {
  let requests = 0;
  const answer = await ask(t, (request, response) => {
    requests += 1;
    if (requests === 1) request.socket.destroy();
    else response.end('{"data":{"rating":"A"}}');
  });
  assert.deepEqual(answer, { data: { rating: 'A' } });
  requests = 0;
  const breaking: RequestListener = (request) => {
    requests += 1;
    request.socket.destroy();
  };
  assertUnavailable(await ask(t, breaking));
  assert.equal(requests, 2);
});

test('gives up a sector that does not answer in time', async (t) => {
  assertUnavailable(await ask(t, () => undefined, { timeoutMs: 100 }));
});

test('gives up a sector that drips its answer beyond the deadline', async (t) => {
  const listener: RequestListener = (_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 10);
    response.on('close', () => {
      clearInterval(drip);
    });
  };
  assertUnavailable(await ask(t, listener, { timeoutMs: 150 }));
});

test('replaces the text of an internal error and says so once', async (t) => {
  const answer = await ask(t, (_, response) =>
    response.writeHead(400).end('{"errors":[{"message":"at /srv/tax/db.ts: 10.0.0.7"}]}'),
  );
  assert.equal(answer.data, undefined);
  assert.equal(answer.errors?.length, 1);
  assert.equal(answer.errors[0]?.extensions?.['requestId'], 'request-1');
  assert.doesNotMatch(JSON.stringify(answer), /srv|10\.0\.0/);
});

test('takes JSON that is no GraphQL result for a defect', async (t) => {
  const answer = await ask(t, (_, response) => response.end('"hello"'));
  assert.equal(answer.errors?.[0]?.extensions?.['code'], 'INTERNAL_SERVER_ERROR');
});
