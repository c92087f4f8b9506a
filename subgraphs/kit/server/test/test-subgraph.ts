// A subgraph of a few lines of schema, over real HTTP, with its log within reach of the test.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openPool, type Pool } from '../../database/pool.ts';
import { describeError } from '../../log.ts';
import type { Resolvers } from '../resolver.ts';
import { startSubgraph, type SubgraphOptions } from '../subgraph-server.ts';

/** A JSON answer; a test knows its shape from its own query. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** What a test says of its subgraph. */
export interface TestSubgraphParts extends Partial<SubgraphOptions> {
  /** Types beside `extend schema @link(...)`, which is added. */
  readonly types: string;
  readonly resolvers?: Resolvers;
}

/** A subgraph under test. */
export interface TestSubgraph {
  readonly url: string;
  /** Lines of the log, parsed. */
  readonly logged: Json[];
  /** Sends a body as it is, by default as JSON in a POST. */
  post(body: string | Buffer, init?: RequestInit): Promise<Response>;
  /** Sends an operation; gives the answer and its text. */
  query(
    document: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
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

/** Starts a subgraph on a free port; without a pool it reaches no database. */
export async function openTestSubgraph({
  types,
  resolvers = {},
  ...options
}: TestSubgraphParts): Promise<TestSubgraph> {
  const directory = await mkdtemp(join(tmpdir(), 'credit-subgraph-'));
  await writeFile(join(directory, 'schema.graphql'), `${LINK}\n${types}`);
  const logged: unknown[] = [];
  const log = pino(
    { level: 'trace', serializers: { err: describeError } },
    { write: (line: string) => logged.push(JSON.parse(line)) },
  );
  const sector = { name: 'test', directory, tables: [], files: [], resolvers };
  const server = await startSubgraph(sector, {
    host: '127.0.0.1',
    port: 0,
    pool: options.pool ?? unreachablePool(),
    log,
    ...options,
  }).finally(() => rm(directory, { recursive: true }));
  const post: TestSubgraph['post'] = (body, init = {}) =>
    fetch(server.url, {
      method: 'POST',
      body: body as string,
      signal: AbortSignal.timeout(30_000),
      ...init,
      headers: { 'content-type': 'application/json', ...(init.headers as object) },
    });
  return {
    url: server.url,
    logged,
    post,
    async query(document, variables = {}, headers = {}) {
      const response = await post(JSON.stringify({ query: document, variables }), { headers });
      const text = await response.text();
      return { ...(JSON.parse(text) as object), status: response.status, text };
    },
    stop: () => server.stop(),
  };
}
