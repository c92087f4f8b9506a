import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { awaitGateways, type GatewayOutcome } from './await-gateways.ts';

const PROBE_MS = 400;
const LONG_MS = 20_000;

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

const serving = (generation: string): string =>
  JSON.stringify({ supergraph: { generation, refused: null } });

async function outcomeOf(url: string, deadlineMs: number): Promise<GatewayOutcome> {
  const [outcome] = await awaitGateways([url], 'new', deadlineMs, PROBE_MS);
  assert.ok(outcome);
  return outcome;
}

test('asks a gateway again that took too long or broke off, and hears that it serves', async (t) => {
  let asked = 0;
  const url = await serve(t, (request, response) => {
    asked += 1;
    if (asked === 1) setTimeout(() => response.end(serving('old')), 3_000);
    else if (asked === 2) request.socket.destroy();
    else response.end(serving('new'));
  });
  assert.equal((await outcomeOf(url, LONG_MS)).kind, 'serving');
  assert.equal(asked, 3);
});

test('calls a gateway late that says nothing until the deadline', async (t) => {
  const url = await serve(t, () => undefined);
  const { kind, afterMs } = await outcomeOf(url, 1_000);
  assert.equal(kind, 'late');
  assert.ok(afterMs >= 1_000, String(afterMs));
});

test('does not wait where nobody listens, or somebody who is no gateway', async (t) => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const other = await serve(t, (_, response) => response.end('<p>Welcome</p>'));
  const urls = [`http://127.0.0.1:${port}`, `http://localhost:${port}`, other];
  const nameless = 'http://gateway.invalid:4000';
  for (const { kind, url } of await awaitGateways([...urls, nameless], 'new', LONG_MS)) {
    assert.equal(kind, 'unreachable', url);
  }
});

test('tells a refusal with its reason', async (t) => {
  const url = await serve(t, (_, response) => {
    const refused = { generation: 'new', reason: 'it does not open' };
    response.statusCode = 503;
    response.end(JSON.stringify({ supergraph: { generation: 'old', refused } }));
  });
  const { kind, reason } = await outcomeOf(url, LONG_MS);
  assert.deepEqual([kind, reason], ['refused', 'it does not open']);
});
