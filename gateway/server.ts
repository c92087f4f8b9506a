// The only file that connects the rooms: what a running gateway consists of, in the order in which it
// is opened. How a request goes through the rooms is told in graph.ts.
import { PublicError } from '../subgraphs/kit/errors.ts';
import { createLog, type Logger } from '../subgraphs/kit/log.ts';
import { openAccess } from './access/open-access.ts';
import { specialFieldsOf } from './access/special-fields.ts';
import {
  createAuthentication,
  type AuthenticationOptions,
} from './authentication/create-authentication.ts';
import type { Explain } from './authorization/create-explain.ts';
import { readRequirements } from '../subgraphs/kit/composition/requirements/requirements.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database/open-database.ts';
import { openEnvelopes } from './envelope/open-envelopes.ts';
import { openGraph } from './graph.ts';
import { createHandler, type Page } from './http/create-handler.ts';
import { listen } from './http/listen.ts';
import { createReadiness } from './http/readiness.ts';
import { ACCESS_SUBGRAPH, openSectors } from './sectors.ts';
import { loadSupergraph, type Supergraph } from './supergraph/load-supergraph.ts';

/** What a gateway can be given beside its configuration. */
export interface GatewayOptions {
  readonly page?: Page;
  /** Default: the one in this repository. */
  readonly supergraph?: Supergraph;
  readonly log?: Logger;
  /** The clock of consents and grants; a test may hold it still. */
  readonly now?: () => Date;
  readonly authentication?: AuthenticationOptions;
}

/** A running gateway. */
export interface Gateway {
  /** Where it answers GraphQL. */
  readonly url: string;
  /** Ends requests under way within the grace, then closes everything; may be called twice. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the gateway; it listens when the promise resolves, whether or not its sectors answer yet.
 *
 * @throws Error when the supergraph, the keys, the database or the address cannot be had
 */
export async function startGateway(config: Config, options: GatewayOptions = {}): Promise<Gateway> {
  const log = options.log ?? createLog('gateway', config.log.level, config.log.form);
  const closers: (() => Promise<unknown>)[] = [];
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= closeAll(closers));
  try {
    return { url: await open(config, options, log, closers), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Opens everything in order; `closers` takes how each is closed. Returns the address. */
async function open(
  config: Config,
  options: GatewayOptions,
  log: Logger,
  closers: (() => Promise<unknown>)[],
): Promise<string> {
  const supergraph = options.supergraph ?? (await loadSupergraph());
  const requirements = readRequirements(supergraph.document, supergraph.features);
  const database = config.databaseUrl && (await openDatabase(config.databaseUrl, log));
  if (database) {
    closers.push(database.close);
    await database.recordGeneration(supergraph.generation, supergraph.sdl);
  }
  // The graph is opened over this room, which hands on to it what is to be explained.
  let explain: Explain = () => {
    throw new PublicError('SERVICE_UNAVAILABLE', 'The gateway is starting.');
  };
  const access = openAccess({
    databaseUrl: config.databaseUrl,
    sectors: new Set(requirements.sectors.filter((sector) => sector !== ACCESS_SUBGRAPH)),
    special: specialFieldsOf(supergraph.document, {
      classOf: (type, field) => requirements.ofField(type, field).class,
      sectorsOf: requirements.sectorsOf,
    }),
    log,
    explain: (asker, given) => explain(asker, given),
    ...(options.now && { now: options.now }),
  });
  closers.push(access.close);
  const envelopes = await openEnvelopes(config.envelope, log);
  closers.push(envelopes.close);
  const authentication = createAuthentication(config.authentication, log, options.authentication);
  closers.push(authentication.close);
  const rooms = { config, supergraph, requirements, access, log };
  const sectors = openSectors({ ...rooms, envelopes });
  const graph = await openGraph({ ...rooms, authentication, sectors });
  explain = graph.explain;
  closers.push(graph.close);
  const { bodyTimeoutMs } = config;
  const listening = await listen({
    host: config.host,
    port: config.port,
    graceMs: config.shutdownGraceMs,
    requestTimeoutMs: bodyTimeoutMs,
    handle: createHandler({
      answer: graph.answer,
      schemaText: graph.schemaText,
      envelopeKeys: envelopes.publicKeys,
      readiness: createReadiness({
        graph: graph.isAnswering,
        ...(database && { database: database.isAnswering }),
      }),
      page: options.page,
      limits: { bodyBytes: config.limits.bodyBytes, bodyTimeoutMs },
      log,
    }),
  });
  closers.push(listening.stop);
  return `${listening.origin}/graphql`;
}

/** Closes what was opened, last first. */
async function closeAll(closers: (() => Promise<unknown>)[]): Promise<void> {
  for (const close of closers.reverse()) await close();
}
