// One subgraph as a process part: its schema over its database, answering GraphQL over HTTP.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { randomUUID } from 'node:crypto';
import { anonymousViewer } from '../authority/viewer.ts';
import type { Pool } from '../database/pool.ts';
import { createRecordLoader } from '../database/record-loader.ts';
import type { Logger } from '../log.ts';
import { legalDay } from '../values/legal-day.ts';
import { formatError } from './format-error.ts';
import { readBody } from './read-body.ts';
import type { SectorContext } from './resolver.ts';
import type { Sector } from './sector.ts';
import { buildSectorSchema, type SubgraphSchema } from './subgraph-schema.ts';

/** How a subgraph answers. */
export interface SubgraphOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly pool: Pool;
  readonly log: Logger;
  /** The clock; a test may hold it still. */
  readonly now?: () => Date;
}

/** A running subgraph. */
export interface SubgraphServer {
  /** Where it answers GraphQL. */
  readonly url: string;
  /** Finishes what is under way, then closes; the pool stays with its owner. */
  stop(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 15_000;
const REQUEST_ID = /^[\w-]{1,64}$/;

/** Starts the subgraph of a sector; it listens when the promise resolves. */
export async function startSubgraph(
  sector: Sector,
  options: SubgraphOptions,
): Promise<SubgraphServer> {
  const subgraph = buildSectorSchema(sector);
  const apollo = new ApolloServer<SectorContext>({
    schema: subgraph.schema,
    introspection: false,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    logger: options.log,
    formatError: (formatted, error) => formatError(formatted, error, options.log),
  });
  await apollo.start();
  const server = createServer((request, response) => {
    handle(apollo, subgraph, options, request, response).catch((error: unknown) => {
      options.log.error({ err: error }, 'a request failed');
      if (!response.headersSent) reply(response, 500, { status: 'failed' });
      response.destroy();
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = 60_000;
  await listen(server, options.port, options.host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}/graphql`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await apollo.stop();
      await closed;
    },
  };
}

async function handle(
  apollo: ApolloServer<SectorContext>,
  subgraph: SubgraphSchema,
  options: SubgraphOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path, search = ''] = (request.url ?? '/').split('?', 2) as [string, string?];
  if (path === '/health/live') {
    reply(response, 200, { status: 'live' });
    return;
  }
  if (path === '/health/ready') {
    const ready = await options.pool.query('select 1').then(
      () => true,
      () => false,
    );
    reply(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready' });
    return;
  }
  if (path !== '/graphql') {
    reply(response, 404, { status: 'not found' });
    return;
  }
  const body = await readBody(request, response);
  if (body === null) return;
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: (request.method ?? 'GET').toUpperCase(),
      headers,
      search: search === '' ? '' : `?${search}`,
      body: body.value,
    },
    context: () => Promise.resolve(createContext(subgraph, options, headers)),
  });
  response.statusCode = result.status ?? 200;
  for (const [name, value] of result.headers) response.setHeader(name, value);
  if (result.body.kind === 'complete') {
    response.end(result.body.string);
  } else {
    // Incremental delivery is not offered: the schema has neither @defer nor @stream.
    response.destroy(new Error('an answer in parts was not asked for'));
  }
}

function createContext(
  { classes }: SubgraphSchema,
  { pool, log, now }: SubgraphOptions,
  headers: HeaderMap,
): SectorContext {
  const given = headers.get('x-request-id') ?? '';
  const requestId = REQUEST_ID.test(given) ? given : randomUUID();
  const at = now?.() ?? new Date();
  const viewer = anonymousViewer(legalDay(at));
  return {
    viewer,
    records: createRecordLoader(pool, classes, viewer),
    pool,
    classes,
    now: at,
    requestId,
    log: log.child({ requestId }),
    memo: new Map(),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
