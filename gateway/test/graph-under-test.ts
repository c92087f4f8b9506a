// The graph that a test asks: the gateway as it runs, over the fixture, or over whatever else is
// handed in. Tests of what holds for every graph take it as a parameter.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../subgraphs/kit/log.ts';
import { readConfig, type Config } from '../config.ts';
import { startGateway, type Gateway, type GatewayOptions } from '../server.ts';
import { startFixture, type Fixture } from './fixture/start-fixture.ts';

/** A graph that answers over HTTP. */
export interface GraphUnderTest {
  /** Where it answers GraphQL. */
  readonly url: string;
  /** How often its sectors have been asked; absent where that cannot be known. */
  readonly fetchCount?: () => number;
}

/** A gateway over the fixture. */
export interface FixtureGraph extends GraphUnderTest {
  readonly gateway: Gateway;
  readonly fixture: Fixture;
}

/** An answer, with its body as JSON where it is. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: GraphqlBody;
}

/** A GraphQL result as it is read from the wire. */
export interface GraphqlBody {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly WireError[];
}

/** An error as it is read from the wire. */
export interface WireError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly unknown[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** A code with both check characters, of no place. */
export const CODE = '91990101MA7K3P2Q8J';
/** Headers of a body in JSON. */
export const JSON_HEADERS = { 'content-type': 'application/json' };
/** Another one. */
export const OTHER_CODE = '91990102900000014T';

/** Starts a gateway over the fixture and stops both after the test. */
export async function startFixtureGraph(
  t: { readonly after: (stop: () => Promise<void>) => void },
  environment: Readonly<Record<string, string>> = {},
  options: GatewayOptions = {},
): Promise<FixtureGraph> {
  const fixture = await startFixture();
  const gateway = await startGateway(testConfig(environment), {
    supergraph: fixture.supergraph,
    log: createLog('gateway', 'silent'),
    ...options,
  });
  t.after(async () => {
    await gateway.stop();
    await fixture.stop();
  });
  return { url: gateway.url, gateway, fixture, fetchCount: () => fixture.fetched.length };
}

/** A folder that is not there: no test writes into the data folder of the project. */
const NO_FOLDER = join(tmpdir(), 'credit-graph-no-folder');

/**
 * Reads a configuration on a free port, without a word in the log. Keys are kept in memory unless a
 * data folder is named.
 */
export function testConfig(environment: Readonly<Record<string, string>> = {}): Config {
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    SHUTDOWN_GRACE_MS: '2000',
    DATA_DIR: NO_FOLDER,
    ...environment,
  });
  if ('DATA_DIR' in environment) return config;
  return { ...config, envelope: { ...config.envelope, keys: { kind: 'memory' } } };
}

/** Sends a request and reads the answer. */
export async function send(
  graph: GraphUnderTest,
  init: RequestInit,
  suffix = '',
): Promise<HttpAnswer> {
  const response = await fetch(graph.url + suffix, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as GraphqlBody) : {},
  };
}

/** Sends a body as it is. */
export function askRaw(
  graph: GraphUnderTest,
  body: string,
  headers: Readonly<Record<string, string>> = JSON_HEADERS,
): Promise<HttpAnswer> {
  return send(graph, { method: 'POST', headers, body });
}

/** Asks a GraphQL operation by POST. */
export function ask(
  graph: GraphUnderTest,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> {
  return send(graph, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
}

/** The codes of the errors of an answer. */
export function codesOf({ body }: HttpAnswer): unknown[] {
  return (body.errors ?? []).map((error) => error.extensions['code']);
}

/** Asserts an answer that is nothing but errors of one code, each with a hint. */
export function assertRefused(answer: HttpAnswer, status: number, code: string): void {
  assert.equal(answer.status, status, answer.text);
  assert.ok(answer.body.errors && answer.body.errors.length > 0, answer.text);
  assert.equal('data' in answer.body, false);
  for (const error of answer.body.errors) {
    assert.equal(error.extensions['code'], code, answer.text);
    assert.equal(typeof error.extensions['hint'], 'string');
  }
  assertNothingOfOurs(answer);
}

/** Asserts that nothing of the inside has come out: no stack, file, address or system error. */
export function assertNothingOfOurs({ text }: HttpAnswer): void {
  assert.doesNotMatch(text, /stacktrace|node_modules|\.ts:\d|ECONN|127\.0\.0\.1|10\.0\.0\.7/);
}
