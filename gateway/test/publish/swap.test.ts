// The running gateway goes over to another supergraph: under load, with nothing failing and nothing
// answered wrongly, whatever becomes of the new one.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueryPlanner } from '@apollo/query-planner';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { startGateway, type Gateway } from '../../server.ts';
import type { ServedState } from '../../served-graph.ts';
import { generationOf } from '../../supergraph/load-supergraph.ts';
import { FIXTURE_SCHEMAS } from '../fixture/schemas.ts';
import { startFixture, type Fixture } from '../fixture/start-fixture.ts';
import { ask, CODE, testConfig } from '../graph-under-test.ts';

interface FollowedGraph {
  readonly gateway: Gateway;
  readonly fixture: Fixture;
  readonly file: string;
  /** Puts a text in the file, as `publish` does. */
  readonly write: (text: string) => Promise<void>;
}

async function openFollowed(
  t: TestContext,
  environment: Readonly<Record<string, string>> = {},
): Promise<FollowedGraph> {
  const folder = await mkdtemp(join(tmpdir(), 'credit-swap-'));
  const fixture = await startFixture();
  const file = join(folder, 'supergraph.graphql');
  const write = async (text: string): Promise<void> => {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  };
  await write(fixture.supergraph.sdl);
  const gateway = await startGateway(
    testConfig({ SUPERGRAPH_FILE: file, SUPERGRAPH_POLL_MS: '50', ...environment }),
    { log: createLog('gateway', 'silent') },
  );
  t.after(async () => {
    await gateway.stop();
    await fixture.stop();
    await rm(folder, { recursive: true });
  });
  return { gateway, fixture, file, write };
}

async function stateOf({ url }: Gateway): Promise<ServedState> {
  const response = await fetch(new URL('/health/ready', url));
  assert.equal(response.status, 200);
  return ((await response.json()) as { supergraph: ServedState }).supergraph;
}

/** Waits until the gateway says what is expected of it. */
async function until(
  gateway: Gateway,
  isMet: (state: ServedState) => boolean,
): Promise<ServedState> {
  const deadlineMs = performance.now() + 30_000;
  for (;;) {
    const state = await stateOf(gateway);
    if (isMet(state)) return state;
    assert.ok(performance.now() < deadlineMs, JSON.stringify(state));
    await sleep(20);
  }
}

const WITH_NEWS = FIXTURE_SCHEMAS.tax.replace('latest: Cred', 'news: String\n      latest: Cred');
const NEWS = `{ subject(code: "${CODE}") { tax { news } } }`;

test('serves a new field within seconds, and the fields of before without a break', async (t) => {
  const { gateway, fixture, write } = await openFollowed(t);
  const before = await ask(gateway, NEWS);
  assert.match(before.text, /GRAPHQL_VALIDATION_FAILED/);
  const next = fixture.compose({ tax: WITH_NEWS });
  await write(next);
  await until(gateway, ({ generation }) => generation === generationOf(next));
  // The sector does not know the field yet: it is asked for all the same, so that the graph has it.
  const after = await ask(gateway, NEWS);
  assert.doesNotMatch(after.text, /GRAPHQL_VALIDATION_FAILED/);
  assert.ok(fixture.fetched.some(({ query }) => query.includes('news')));
});

test('reports what is no supergraph or is gone, and serves on what it had', async (t) => {
  const { gateway, fixture, file, write } = await openFollowed(t);
  const { sdl, generation } = fixture.supergraph;
  const isServing = async (): Promise<void> => {
    const { body } = await ask(gateway, `{ subject(code: "${CODE}") { name } }`);
    assert.deepEqual(body, { data: { subject: { name: `Subject ${CODE.slice(-4)}` } } });
  };
  const broken = 'type Query {';
  await write(broken);
  const first = await until(gateway, ({ refused }) => refused !== null);
  assert.equal(first.generation, generation);
  assert.equal(first.refused?.reason, 'not a supergraph');
  assert.equal(first.refused.generation, generationOf(broken));
  await isServing();

  const unplannable = 'type Query { a: Int }';
  await write(unplannable);
  const second = await until(gateway, ({ refused }) => refused?.reason === 'cannot be opened');
  assert.equal(second.generation, generation);
  await isServing();

  await rm(file);
  const third = await until(gateway, ({ refused }) => refused?.reason === 'unreadable');
  assert.equal(third.refused?.generation, null);
  await isServing();

  await write(sdl);
  const healed = await until(gateway, ({ refused }) => refused === null);
  assert.equal(healed.generation, generation);
});

test('plans the operations asked most before a new supergraph serves, and asks nobody for it', async (t) => {
  const { mock } = t.mock.method(QueryPlanner.prototype, 'buildQueryPlan');
  const planned = (): readonly (string | undefined)[] =>
    mock.calls.map(({ arguments: [operation] }) => operation.name);
  const { gateway, fixture, write } = await openFollowed(t);
  const often =
    'query Often($code: CreditCode!) { subject(code: $code) { name tax { latest { id } } } }';
  const before = await ask(gateway, often, { code: CODE });
  await ask(gateway, often, { code: CODE });
  await ask(gateway, `query Seldom { subject(code: "${CODE}") { code } }`);
  const next = fixture.compose({ tax: WITH_NEWS });
  mock.resetCalls();
  const fetches = (): number =>
    fixture.fetched.filter(({ query }) => query.includes('Often')).length;
  const asked = fetches();
  await write(next);
  await until(gateway, ({ generation }) => generation === generationOf(next));
  assert.deepEqual(
    planned().filter((name) => name !== 'Ready'),
    ['Often', 'Seldom'],
  );
  assert.equal(fetches(), asked);
  mock.resetCalls();
  assert.deepEqual((await ask(gateway, often, { code: CODE })).body, before.body);
  assert.deepEqual(planned(), []);
});

test('ends a request on the generation that it began on', async (t) => {
  let release: () => void = () => undefined;
  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const slow = createServer((_request, response) => {
    arrive();
    released.then(
      () => response.end('{"data":{"subject":{"name":"late"}}}'),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  t.after(() => slow.close());
  const { port } = slow.address() as AddressInfo;
  const { gateway, fixture, write } = await openFollowed(t, {
    SUBGRAPH_URL_REGISTRY: `http://127.0.0.1:${port}/`,
    SUBGRAPH_TIMEOUT_MS: '60000',
  });
  const answer = ask(gateway, `{ subject(code: "${CODE}") { name } }`);
  await arrived;
  // The field that is being asked for goes: the request has nothing to do with that.
  const registry = FIXTURE_SCHEMAS.registry.replace('name: String', 'title: String');
  const next = fixture.compose({ registry });
  await write(next);
  const deadlineMs = performance.now() + 30_000;
  for (;;) {
    const { text } = await ask(gateway, '{ __type(name: "Subject") { fields { name } } }');
    if (text.includes('"title"')) break;
    assert.ok(performance.now() < deadlineMs);
    await sleep(20);
  }
  release();
  assert.deepEqual((await answer).body, { data: { subject: { name: 'late' } } });
});
