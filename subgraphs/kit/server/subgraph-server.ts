// One subgraph as a process part: its schema over its database, answering GraphQL over HTTP.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { JWTVerifyGetKey } from 'jose';
import { PUBLIC_AUTHORITY } from '../authority/policy.ts';
import { readerOf } from '../authority/viewer.ts';
import type { Readers } from '../database/readers.ts';
import type { Logger } from '../log.ts';
import { createApollo } from './create-apollo.ts';
import { createEnvelopeVerifier, type EnvelopeVerifier } from './envelope-verifier.ts';
import { sendHttpError, sendJson } from './http-error.ts';
import { openEnvelope } from './open-envelope.ts';
import { readBody } from './read-body.ts';
import { createContext } from './request-context.ts';
import type { SectorContext } from './resolver.ts';
import type { Sector } from './sector.ts';
import { buildSectorSchema, type SubgraphSchema } from './subgraph-schema.ts';

/** How a subgraph answers. */
export interface SubgraphOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** The ways into the sector's database; they stay with their owner. */
  readonly readers: Readers;
  /** Public keys of the gateway: nobody else is answered. */
  readonly gatewayKeys: JWTVerifyGetKey;
  readonly log: Logger;
  /** The clock of the records; a test may hold it still. Envelopes expire by that of the machine. */
  readonly now?: () => Date;
  /** Longest that a request may take to arrive, milliseconds. Default 10,000. */
  readonly arrivalTimeoutMs?: number;
  /** Longest that `stop` waits for requests under way, milliseconds. Default 10,000. */
  readonly stopTimeoutMs?: number;
}

/** A running subgraph. */
export interface SubgraphServer {
  /** Where it answers GraphQL. */
  readonly url: string;
  /** Finishes what is under way, then closes. May be called twice. */
  stop(): Promise<void>;
}

/** What answering a request needs. */
interface Answering extends SubgraphSchema {
  readonly sector: string;
  readonly verify: EnvelopeVerifier;
  readonly apollo: ApolloServer<SectorContext>;
  readonly options: SubgraphOptions;
}

const KEEP_ALIVE_MS = 60_000;
/** An envelope holds the standing over every subject that a request names. */
const HEADERS_BYTES_MAX = 96 * 1024;

/** Starts the subgraph of a sector; it listens when the promise resolves. */
export async function startSubgraph(
  sector: Sector,
  options: SubgraphOptions,
): Promise<SubgraphServer> {
  const subgraph = buildSectorSchema(sector);
  const { arrivalTimeoutMs = 10_000 } = options;
  const apollo = createApollo(subgraph.schema, options.log);
  await apollo.start();
  const answering: Answering = {
    ...subgraph,
    apollo,
    options,
    sector: sector.name,
    verify: createEnvelopeVerifier(sector.name, options.gatewayKeys),
  };
  const server = createServer({
    maxHeaderSize: HEADERS_BYTES_MAX,
    requestTimeout: arrivalTimeoutMs,
    headersTimeout: arrivalTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.ceil(arrivalTimeoutMs / 4),
  });
  const close = closer(server, options.stopTimeoutMs ?? 10_000);
  server.on('request', (request, response) => {
    handle(answering, request, response).catch((error: unknown) => {
      options.log.error({ err: error }, 'a request failed');
      if (response.headersSent) response.destroy();
      else sendHttpError(response, 'INTERNAL_SERVER_ERROR', 'The sector met a defect of its own.');
    });
  });
  try {
    await listen(server, options.port, options.host);
  } catch (error) {
    await apollo.stop();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const host = isIPv6(options.host) ? `[${options.host}]` : options.host;
  let stopped: Promise<void> | undefined;
  return {
    url: `http://${host}:${port}/graphql`,
    stop: () => (stopped ??= close().then(() => apollo.stop())),
  };
}

/**
 * Makes the function that closes a server in order. Connections under way when it is called are told
 * to end with their answer: kept alive, each would hold the server open for another minute.
 */
function closer(server: Server, timeoutMs: number): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  let isStopping = false;
  const endConnection = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };
  server.on('request', (_request, response) => {
    if (isStopping) endConnection(response);
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  return async () => {
    isStopping = true;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const response of underWay) endConnection(response);
    const timer = setTimeout(() => {
      server.closeAllConnections();
    }, timeoutMs);
    await closed;
    clearTimeout(timer);
  };
}

async function handle(
  answering: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { readers } = answering.options;
  const [path] = (request.url ?? '/').split('?', 1);
  if (path === '/health/live') {
    sendJson(response, 200, { status: 'live' });
    return;
  }
  if (path === '/health/ready') {
    const reader = readers.of(readerOf(PUBLIC_AUTHORITY));
    const ready = await reader.query({ text: 'select 1' }).then(
      () => true,
      () => false,
    );
    sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready' });
    return;
  }
  if (path !== '/graphql') {
    sendHttpError(response, 'NOT_FOUND', 'There is nothing at this address.');
    return;
  }
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    sendHttpError(response, 'METHOD_NOT_ALLOWED', 'A subgraph takes POST only.');
    return;
  }
  await answer(answering, request, response);
}

async function answer(
  { apollo, options, classes, sector, verify }: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { readers, log, now = () => new Date() } = options;
  const opened = await openEnvelope(request, response, verify, log);
  if (opened === null) return;
  const { envelope, body = await readBody(request, response) } = opened;
  if (body === null) return;
  const headers = headersOf(request);
  const requestId = headers.get('x-request-id');
  const parts = { sector, readers, classes, log, now: now(), envelope, requestId };
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers, search: '', body: body.value },
    context: () => Promise.resolve(createContext(parts)),
  });
  // Incremental delivery is not offered: the schema has neither @defer nor @stream.
  if (result.body.kind !== 'complete') throw new Error('an answer in parts was not asked for');
  response.statusCode = result.status ?? 200;
  for (const [name, value] of result.headers) response.setHeader(name, value);
  response.end(result.body.string);
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
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
