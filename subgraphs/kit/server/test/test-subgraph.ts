// A subgraph of a few lines of schema, over real HTTP, with its log within reach of the test.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { ENVELOPE_HEADER } from '../../authority/envelope.ts';
import { TEST_KEY, testEnvelope, type TestCaller } from '../../conformance/test-envelope.ts';
import { openPool, type Pool } from '../../database/pool.ts';
import { readersOver } from '../../database/readers.ts';
import { describeError } from '../../log.ts';
import type { Resolvers } from '../resolver.ts';
import { startSubgraph, type SubgraphOptions } from '../subgraph-server.ts';

/** A JSON answer; a test knows its shape from its own query. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any;

/** What a test says of its subgraph. */
export interface TestSubgraphParts extends Partial<SubgraphOptions> {
  /** Types beside `extend schema @link(...)`, which is added. */
  readonly types: string;
  readonly resolvers?: Resolvers;
  /** What all readers read through; without one no database is reached. */
  readonly pool?: Pool;
}

/** A subgraph under test. */
export interface TestSubgraph {
  readonly url: string;
  /** Lines of the log, parsed. */
  readonly logged: Json[];
  /** Sends a body as it is, by default as JSON in a POST, in an anonymous envelope. */
  post(body: string | Buffer, init?: RequestInit): Promise<Response>;
  /** Sends an operation; gives the answer and its text. An envelope in `headers` replaces that of `caller`. */
  query(
    document: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
    caller?: TestCaller,
  ): Promise<Json>;
  stop(): Promise<void>;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@requiresScopes"])`;

/** A pool that reaches no server. */
export function unreachablePool(): Pool {
  return openPool('postgres://nobody:hunter2@127.0.0.1:1/none', {
    name: 'test',
    onIdleError: () => undefined,
  });
}

/** Name of the sector of these subgraphs: the audience of its envelopes. */
export const TEST_SECTOR = 'test';

/** Starts a subgraph on a free port; without a pool it reaches no database. */
export async function openTestSubgraph({
  types,
  resolvers = {},
  pool = unreachablePool(),
  ...options
}: TestSubgraphParts): Promise<TestSubgraph> {
  const directory = await mkdtemp(join(tmpdir(), 'credit-subgraph-'));
  await writeFile(join(directory, 'schema.graphql'), `${LINK}\n${types}`);
  const logged: unknown[] = [];
  const log = pino(
    { level: 'trace', serializers: { err: describeError } },
    { write: (line: string) => logged.push(JSON.parse(line)) },
  );
  const sector = { name: TEST_SECTOR, directory, tables: [], files: [], resolvers };
  const server = await startSubgraph(sector, {
    host: '127.0.0.1',
    port: 0,
    readers: readersOver(pool),
    gatewayKeys: TEST_KEY.publicKeys,
    log,
    ...options,
  })
    // oxlint-disable-next-line typescript/no-misused-promises -- finally waits for it
    .finally(() => rm(directory, { recursive: true }));
  const post: TestSubgraph['post'] = async (body, init = {}) =>
    fetch(server.url, {
      method: 'POST',
      body: body as string,
      signal: AbortSignal.timeout(30_000),
      ...init,
      headers: {
        'content-type': 'application/json',
        [ENVELOPE_HEADER]: await testEnvelope(TEST_SECTOR),
        ...(init.headers as object),
      },
    });
  return {
    url: server.url,
    logged,
    post,
    async query(document, variables = {}, headers = {}, caller = {}) {
      const envelope = await testEnvelope(TEST_SECTOR, caller);
      const response = await post(JSON.stringify({ query: document, variables }), {
        headers: { [ENVELOPE_HEADER]: envelope, ...headers },
      });
      const text = await response.text();
      return { ...(JSON.parse(text) as object), status: response.status, text };
    },
    stop: () => server.stop(),
  };
}
