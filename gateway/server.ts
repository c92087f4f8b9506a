// What a running gateway consists of, in the order in which it is opened: here what outlives a
// supergraph, in generation.ts what belongs to one. How a request goes is told in graph.ts.
import { createLog, type Logger } from '../subgraphs/kit/log.ts';
import { openAccessDatabase } from './access/access-database.ts';
import {
  createAuthentication,
  type AuthenticationOptions,
} from './authentication/create-authentication.ts';
import { developmentSignIn } from './authentication/development/sign-in.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database/open-database.ts';
import { openEnvelopes } from './envelope/open-envelopes.ts';
import { followSupergraph } from './follow-supergraph.ts';
import { openGeneration } from './generation.ts';
import { createHandler, type Page } from './http/create-handler.ts';
import { listen } from './http/listen.ts';
import { createReadiness } from './http/readiness.ts';
import type { PlaygroundParts } from './playground/playground-parts.ts';
import { serveGraph } from './served-graph.ts';
import { loadSupergraph, type Supergraph } from './supergraph/load-supergraph.ts';
import { openUsage } from './usage/open-usage.ts';

/** What a gateway can be given beside its configuration. */
export interface GatewayOptions {
  /** Makes the page; none is served without. */
  readonly page?: (parts: PlaygroundParts) => Page;
  /** Served for good; default: the file of the configuration, which is followed. */
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
  const database = config.databaseUrl && (await openDatabase(config.databaseUrl, log));
  if (database) closers.push(database.close);
  const accessDatabase = config.databaseUrl ? openAccessDatabase(config.databaseUrl, log) : null;
  if (accessDatabase) closers.push(accessDatabase.close);
  const envelopes = await openEnvelopes(config.envelope, log);
  closers.push(envelopes.close);
  const authentication = createAuthentication(config.authentication, log, options.authentication);
  closers.push(authentication.close);
  const usage = openUsage({ databaseUrl: config.databaseUrl, config: config.usage, log });
  closers.push(usage.close);
  const shared = { config, accessDatabase, envelopes, authentication, usage, log };
  const { now } = options;
  const served = await serveGraph(
    options.supergraph ?? (await loadSupergraph(config.supergraphFile)),
    {
      open: (supergraph) => openGeneration({ ...shared, ...(now && { now }) }, supergraph),
      record: async ({ generation, sdl }) => {
        if (database) await database.recordGeneration(generation, sdl);
      },
      warmUpMs: config.supergraphWarmUpMs,
      log,
    },
  );
  closers.push(() => served.close());
  if (!options.supergraph) closers.push(followSupergraph(config, served).close);
  const { bodyTimeoutMs } = config;
  const { developmentDirectory } = config.authentication;
  const listening = await listen({
    host: config.host,
    port: config.port,
    graceMs: config.shutdownGraceMs,
    requestTimeoutMs: bodyTimeoutMs,
    handle: createHandler({
      answer: (call) => served.use((graph) => graph.answer(call)),
      schemaText: (headers, which) => served.use((graph) => graph.schemaText(headers, which)),
      envelopeKeys: envelopes.publicKeys,
      readiness: createReadiness({
        graph: () => served.use((graph) => graph.isAnswering()),
        ...(database && { database: database.isAnswering }),
      }),
      served: () => served.state(),
      page: options.page?.({
        config: config.playground,
        log,
        development: developmentDirectory === null ? null : developmentSignIn(developmentDirectory),
        principalOf: authentication.principalOf,
        bodyTimeoutMs,
      }),
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
