import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { buildSchema } from 'graphql';
import { createLog } from '../../subgraphs/kit/log.ts';
import { ANONYMOUS_INQUIRY, type Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { createSectorDataSource, type FetchContext } from './sector-data-source.ts';
import { SubgraphClient } from './subgraph-client.ts';

const CODE = '91990101MA7K3P2Q8J';

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

async function call(
  client: SubgraphClient,
  inquiry: Inquiry = ANONYMOUS_INQUIRY,
  standingIn: FetchContext['standingIn'] = () => Promise.reject(new Error('nobody asked for it')),
): Promise<Answer> {
  const source = createSectorDataSource({
    sector: 'tax',
    client,
    schema,
    higherClassesExist: () => true,
    seal: (content, sector) => Promise.resolve(`sealed for ${sector}: ${JSON.stringify(content)}`),
    log: createLog('test', 'silent'),
  });
  const context: FetchContext = { requestId: 'request-1', inquiry, standingIn };
  return await source.process({
    // The enumeration of kinds is not exported as a value.
    kind: 'incoming operation' as never,
    request: { query: '{ rating }', variables: { a: 1, code: CODE }, operationName: 'Q' },
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

test('sends query, variables, name, request id and envelope, and returns the data', async (t) => {
  const answer = await ask(t, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      const variables = { a: 1, code: CODE };
      assert.deepEqual(body, { operationName: 'Q', query: '{ rating }', variables });
      assert.equal(request.headers['x-request-id'], 'request-1');
      const envelope = { inquiry: ANONYMOUS_INQUIRY, standing: [] };
      assert.equal(
        request.headers['credit-envelope'],
        `sealed for tax: ${JSON.stringify(envelope)}`,
      );
      response.end('{"data":{"rating":"A"}}');
    });
  });
  assert.deepEqual(answer, { data: { rating: 'A' } });
});

const AGENCY: Inquiry = {
  principal: { ...ANONYMOUS_INQUIRY.principal, tier: 'AGENCY', purposes: ['CREDIT_REPORT'] },
  purpose: 'CREDIT_REPORT',
  caseReference: null,
};

/** Asks a sector that answers, as an agency; returns what the sector was told. */
async function askAsAgency(
  t: TestContext,
  standingIn: FetchContext['standingIn'],
): Promise<{ readonly answer: Answer; readonly envelopes: readonly unknown[] }> {
  const envelopes: unknown[] = [];
  const server = createServer((request, response) => {
    envelopes.push(request.headers['credit-envelope']);
    response.end('{"data":{"rating":"A"}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new SubgraphClient({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    timeoutMs: 2_000,
    connections: 1,
    responseBytesMax: 1_000,
  });
  t.after(async () => {
    await client.close();
    server.close();
  });
  return { answer: await call(client, AGENCY, standingIn), envelopes };
}

test('looks up standing over the subjects that the fetch names, and seals it', async (t) => {
  const standing = [{ kind: 'CONSENT', id: 'c1', subject: CODE }] as const;
  const { answer, envelopes } = await askAsAgency(t, (sector, codes) => {
    assert.deepEqual([sector, codes], ['tax', [CODE]]);
    return Promise.resolve(standing);
  });
  assert.deepEqual(answer, { data: { rating: 'A' } });
  assert.deepEqual(envelopes, [`sealed for tax: ${JSON.stringify({ inquiry: AGENCY, standing })}`]);
});

test('asks no sector when standing cannot be looked up', async (t) => {
  const { answer, envelopes } = await askAsAgency(t, () => Promise.reject(new Error('gone')));
  assertUnavailable(answer);
  assert.deepEqual(envelopes, []);
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
  {
    name: 'refuses the envelope',
    listener: (_, response) =>
      void response
        .writeHead(401)
        .end('{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED","hint":"x"}}]}'),
  },
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
