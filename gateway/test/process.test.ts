// The gateway as a process and as a server that stops.
import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createTestDatabase } from '../../subgraphs/kit/database/test-database.ts';
import { createLog } from '../../subgraphs/kit/log.ts';
import { startGateway } from '../server.ts';
import { startFixture } from './fixture/start-fixture.ts';
import { ask, CODE, startFixtureGraph, testConfig } from './graph-under-test.ts';

/** What the gateway says of itself. */
interface Readiness {
  readonly status: string;
  readonly supergraph: { readonly generation: string; readonly refused: unknown };
}

const MAIN = join(import.meta.dirname, '../main.ts');

/** Starts the gateway as its own process; it needs no sector to listen. */
function forkGateway(
  t: TestContext,
  environment: NodeJS.ProcessEnv = {},
  words: readonly string[] = [],
): ChildProcess {
  const child = fork(MAIN, words, {
    env: {
      ...process.env,
      PORT: '0',
      LOG_LEVEL: 'fatal',
      PLAYGROUND: 'off',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const [message] = (await once(child, 'message')) as [{ kind: string; url: string }];
  assert.equal(message.kind, 'ready');
  return message.url;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`says where it answers, and ends with exit code 0 on ${signal}`, async (t) => {
    const child = forkGateway(t);
    const response = await fetch(new URL('/health/live', await readyUrl(child)));
    assert.equal(response.status, 200);
    child.kill(signal);
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });
}

test('ends with its parent', async (t) => {
  const child = forkGateway(t);
  await readyUrl(child);
  child.disconnect();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('ends with exit code 1 and every problem of its configuration', async (t) => {
  const child = forkGateway(t, { PORT: 'x', DEPTH_MAX: 'y' });
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  assert.deepEqual(await once(child, 'exit'), [1, null]);
  assert.match(text, /PORT/);
  assert.match(text, /DEPTH_MAX/);
});

/** What a gateway of a child says of why it does not start; it ends with exit code 1. */
async function failureOf(t: TestContext, environment: NodeJS.ProcessEnv): Promise<string> {
  const child = forkGateway(t, { LOG_FORM: 'json', ...environment });
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  assert.deepEqual(await once(child, 'close'), [1, null]);
  const { msg, err } = JSON.parse(text) as { msg: string; err?: unknown };
  assert.equal(err, undefined, 'a stack is for defects of ours');
  return msg;
}

test('says which port is taken, and what to do', async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  assert.equal(
    await failureOf(t, { PORT: String(port) }),
    `Port ${port} of 127.0.0.1 is taken by another program. ` +
      'Stop what listens there, or set PORT to another one.',
  );
});

test('says which database cannot be had, and what to do', async (t) => {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const address = `postgres://somebody:secret@127.0.0.1:${port}/credit`;
  assert.equal(
    await failureOf(t, { DATABASE_URL_GATEWAY: address }),
    'The database of gateway (DATABASE_URL_GATEWAY) cannot be had: ' +
      `connect ECONNREFUSED 127.0.0.1:${port}. ` +
      'Start that server, or correct host and port in the variable.',
  );
  const known = new URL((await createTestDatabase('gateway')).url);
  known.pathname = '/no_such_database';
  assert.match(await failureOf(t, { DATABASE_URL_GATEWAY: known.href }), /Create that database/);
  known.password = 'wrong';
  const refused = await failureOf(t, { DATABASE_URL_GATEWAY: known.href });
  assert.match(refused, /Correct user and password|Create that database/);
  assert.doesNotMatch(refused, /wrong/);
});

test('says which supergraph cannot be served, and what to do', async (t) => {
  const missing = await failureOf(t, { SUPERGRAPH_FILE: '/no/such/supergraph.graphql' });
  assert.match(missing, /^The supergraph \/no\/such\/supergraph.graphql cannot be read: .*npm run/);
  const ordinary = join(import.meta.dirname, '../access/schema.graphql');
  assert.match(await failureOf(t, { SUPERGRAPH_FILE: ordinary }), /^The supergraph .*npm run/);
});

test('finishes requests under way when it stops, and takes no more', async (t) => {
  let release: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = createServer((_request, response) => {
    release();
    setTimeout(() => response.end('{"data":{"subject":{"code":"late"}}}'), 300);
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const { port } = slow.address() as AddressInfo;
  const { gateway, url } = await startFixtureGraph(t, {
    SUBGRAPH_URL_REGISTRY: `http://127.0.0.1:${port}/`,
  });
  t.after(() => slow.close());
  const answer = ask({ url }, `{ subject(code: "${CODE}") { code } }`);
  await arrived;
  const stopped = gateway.stop();
  await assert.rejects(fetch(url, { headers: { connection: 'close' } }));
  assert.deepEqual((await answer).body, { data: { subject: { code: 'late' } } });
  await stopped;
  await gateway.stop();
});

test('breaks off what outlasts the grace', async (t) => {
  const hanging = createServer(() => undefined);
  await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    hanging.closeAllConnections();
    hanging.close();
  });
  const { port } = hanging.address() as AddressInfo;
  const { gateway, url } = await startFixtureGraph(t, {
    SUBGRAPH_URL_REGISTRY: `http://127.0.0.1:${port}/`,
    SHUTDOWN_GRACE_MS: '100',
    SUBGRAPH_TIMEOUT_MS: '60000',
  });
  const answer = ask({ url }, `{ subject(code: "${CODE}") { code } }`);
  const refused = assert.rejects(answer);
  await once(hanging, 'request');
  await gateway.stop();
  await refused;
});

test('keeps what it served, and is not ready without its database', async (t) => {
  const fixture = await startFixture();
  const database = await createTestDatabase('gateway');
  const gateway = await startGateway(testConfig({ DATABASE_URL_GATEWAY: database.url }), {
    supergraph: fixture.supergraph,
    log: createLog('gateway', 'silent'),
  });
  t.after(async () => {
    await gateway.stop();
    await fixture.stop();
  });
  const ready = new URL('/health/ready', gateway.url);
  const { status, supergraph } = (await (await fetch(ready)).json()) as Readiness;
  assert.equal(status, 'ready');
  assert.equal(supergraph.generation, fixture.supergraph.generation);
  assert.equal(supergraph.refused, null);
  await database.drop();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  assert.deepEqual(await (await fetch(ready)).json(), {
    status: 'not ready',
    missing: ['database'],
    supergraph,
  });
});

test('waits for the variables that its parent tells it, and ends with a parent that never does', async (t) => {
  const forkWaiting = (): ChildProcess =>
    forkGateway(t, { PORT: 'to be told' }, ['--told-by-parent']);
  const told = forkWaiting();
  told.send({ kind: 'environment', variables: { PORT: '0' } });
  assert.match(await readyUrl(told), /^http:.*\/graphql$/);
  told.kill('SIGTERM');
  assert.deepEqual(await once(told, 'exit'), [0, null]);
  const alone = forkWaiting();
  alone.disconnect();
  assert.deepEqual(await once(alone, 'exit'), [1, null]);
});
