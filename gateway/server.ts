// The only file that connects the rooms: a request goes through them in the order of this file.
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { DocumentNode, GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { DisclosureClass } from '../subgraphs/kit/authority/disclosure-class.ts';
import { PUBLIC_AUTHORITY } from '../subgraphs/kit/authority/policy.ts';
import { ANONYMOUS_INQUIRY, type Inquiry } from '../subgraphs/kit/authority/principal.ts';
import { createLog, type Logger } from '../subgraphs/kit/log.ts';
import type { Decision } from './authorization/authorize.ts';
import { createAuthorization } from './authorization/create-authorization.ts';
import { refusalError } from './authorization/refusal-error.ts';
import { readRequirements, type Requirements } from './authorization/requirements.ts';
import { UNAUTHORIZED_HEADER, unauthorizedMode } from './authorization/unauthorized-mode.ts';
import { subgraphVariable, type Config } from './config.ts';
import { openDatabase } from './database/open-database.ts';
import { internalError } from './execution/answer-error.ts';
import { coerceVariables } from './execution/coerce-variables.ts';
import {
  createExecution,
  type ExecutionContext,
  type ExecutionOptions,
} from './execution/create-execution.ts';
import { Operations, type Executable } from './execution/operations.ts';
import { createHandler, type GraphqlCall, type Page } from './http/create-handler.ts';
import { HttpError } from './http/http-error.ts';
import { listen } from './http/listen.ts';
import { DEFAULT_ANSWER_TYPE } from './http/media-type.ts';
import { createReadiness } from './http/readiness.ts';
import { requestIdOf } from './http/request-id.ts';
import { errorAnswer, type Answer } from './http/send.ts';
import { checkDocument } from './limits/check-document.ts';
import { checkRequest } from './limits/check-request.ts';
import { checkVariables } from './limits/check-variables.ts';
import { compileCost, type Cost } from './limits/compile-cost.ts';
import { parseDocument } from './limits/parse-document.ts';
import { loadSupergraph, type Supergraph } from './supergraph/load-supergraph.ts';
import { createSectorDataSource } from './supergraph/sector-data-source.ts';
import { SubgraphClient } from './supergraph/subgraph-client.ts';

/** What a gateway can be given beside its configuration. */
export interface GatewayOptions {
  readonly page?: Page;
  /** Default: the one in this repository. */
  readonly supergraph?: Supergraph;
  readonly log?: Logger;
}

/** A running gateway. */
export interface Gateway {
  /** Where it answers GraphQL. */
  readonly url: string;
  /** Ends requests under way within the grace, then closes everything; may be called twice. */
  readonly stop: () => Promise<void>;
}

/** What execution and data sources find in the context of a request. */
interface RequestContext extends ExecutionContext {
  readonly classes: readonly DisclosureClass[];
}

const EXECUTABLES_MAX = 1_000;
const HASH_CHARACTERS = 64;

/** Asks the sector that every graph has, for a code with the region of no place. */
const READINESS_QUERY = 'query Ready { subject(code: "91990101MA7K3P2Q8J") { code } }';

/**
 * Starts the gateway; it listens when the promise resolves, whether or not its sectors answer yet.
 *
 * @throws Error when the supergraph, the database or the address cannot be had
 */
export async function startGateway(config: Config, options: GatewayOptions = {}): Promise<Gateway> {
  const log = options.log ?? createLog('gateway', config.log.level, config.log.form);
  const closers: (() => Promise<unknown>)[] = [];
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= closeAll(closers));
  try {
    const supergraph = options.supergraph ?? (await loadSupergraph());
    const database = config.databaseUrl && (await openDatabase(config.databaseUrl, log));
    if (database) {
      closers.push(database.close);
      await database.recordGeneration(supergraph.generation, supergraph.sdl);
    }
    const graph = await openGraph(config, supergraph, log);
    closers.push(graph.close);
    const readiness = createReadiness({
      graph: graph.isAnswering,
      ...(database && { database: database.isAnswering }),
    });
    const { bodyTimeoutMs } = config;
    const listening = await listen({
      host: config.host,
      port: config.port,
      graceMs: config.shutdownGraceMs,
      requestTimeoutMs: bodyTimeoutMs,
      handle: createHandler({
        answer: graph.answer,
        readiness,
        page: options.page,
        limits: { bodyBytes: config.limits.bodyBytes, bodyTimeoutMs },
        log,
      }),
    });
    closers.push(listening.stop);
    return { url: `${listening.origin}/graphql`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Closes what was opened, last first. */
async function closeAll(closers: (() => Promise<unknown>)[]): Promise<void> {
  for (const close of closers.reverse()) await close();
}

/** The graph of one supergraph: what answers an operation, without anything of HTTP. */
interface Graph {
  readonly answer: (call: GraphqlCall) => Promise<Answer>;
  readonly isAnswering: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

async function openGraph(config: Config, supergraph: Supergraph, log: Logger): Promise<Graph> {
  const { limits } = config;
  const requirements = readRequirements(supergraph.document, supergraph.features);
  const sectors = openSectors(config, supergraph, requirements, log);
  const { plannerSdl } = supergraph;
  const execution = createExecution({ plannerSdl, log, dataSourceOf: sectors.dataSourceOf });
  const executables = new LRUCache<string, DocumentNode>({ max: EXECUTABLES_MAX });
  const apollo = createApollo(execution.gateway, executables, log);
  await apollo.start();
  const schema = execution.schema();
  const authorization = createAuthorization(schema, requirements);
  const operations = new Operations<Inquiry, Decision, Cost>({
    schema,
    parse: (text) => parseDocument(text, limits.tokens),
    check: (document) => checkDocument(document, limits),
    decide: authorization.decide,
    cost: (document, operation) => compileCost(schema, document, operation),
    callerKey: authorization.keyOf,
    schemaOf: authorization.schemaOf,
  });

  async function answer(call: GraphqlCall): Promise<Answer> {
    const { request, entry } = call;
    // Credentials are not read yet: every caller is anonymous.
    const inquiry = ANONYMOUS_INQUIRY;
    const mode = unauthorizedMode(call.headers[UNAUTHORIZED_HEADER]);
    if (!mode) {
      throw new HttpError('BAD_REQUEST', 'Credit-Unauthorized has an unknown value.', {
        hint: 'Send "filter" to leave out what you may not see, or leave the header out.',
      });
    }
    const prepared = operations.prepare(
      request.query,
      request.operationName,
      inquiry,
      request.isReadOnly,
    );
    if (prepared.kind === 'invalid') {
      entry.hash = prepared.hash;
      return refuse(call, prepared.errors);
    }
    const { decision, operation, cost } = prepared;
    entry.operation = prepared.name;
    entry.hash = prepared.asWritten.hash;
    let executable = prepared.asWritten;
    let errorsBeside: readonly GraphQLError[] = [];
    if (decision.kind === 'refuse') {
      errorsBeside = decision.refused.map(refusalError);
      if (mode === 'refuse' || !decision.remainder) return refuse(call, errorsBeside);
      executable = operations.executable(decision.remainder);
    }
    const oversized = checkVariables(request.variables, limits);
    if (oversized.length > 0) return refuse(call, oversized);
    const variables = coerceVariables(schema, operation, request.variables);
    if (variables.kind === 'invalid') return refuse(call, variables.errors);
    const exceeded = checkRequest(cost, variables.values, limits);
    if (exceeded.length > 0) return refuse(call, exceeded);
    executables.set(executable.hash, executable.document);
    return execute(apollo, executable, call, errorsBeside);
  }

  return {
    answer,
    isAnswering: () => isAnswering(answer),
    close: async () => {
      await apollo.stop();
      await sectors.close();
    },
  };
}

/** The sectors of a supergraph, each with a client of its own. */
function openSectors(
  { subgraphs }: Config,
  { schema }: Supergraph,
  { higherClassesExist }: Requirements,
  log: Logger,
): Pick<ExecutionOptions, 'dataSourceOf'> & { readonly close: () => Promise<unknown> } {
  const clients: SubgraphClient[] = [];
  return {
    dataSourceOf: (sector, url) => {
      const address = { ...subgraphs, url: subgraphs.urls[subgraphVariable(sector)] ?? url };
      const client = new SubgraphClient(address);
      clients.push(client);
      return createSectorDataSource({ sector, client, schema, higherClassesExist, log });
    },
    close: () => Promise.all(clients.map((client) => client.close())),
  };
}

/** Hands an operation that may be asked to the server framework, which hands it to the planner. */
async function execute(
  apollo: ApolloServer<RequestContext>,
  executable: Executable,
  { request, requestId, type, entry }: GraphqlCall,
  errorsBeside: readonly GraphQLError[],
): Promise<Answer> {
  const { operationName, variables } = request;
  const codes: string[] = [];
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap([['accept', type.contentType]]),
      search: '',
      body: { query: executable.text, variables, ...(operationName !== null && { operationName }) },
    },
    context: () =>
      Promise.resolve({ requestId, classes: PUBLIC_AUTHORITY.classes, errorsBeside, codes }),
  });
  if (result.body.kind !== 'complete') throw new Error('an answer in parts was not asked for');
  entry.codes = codes;
  return {
    status: result.status ?? 200,
    contentType: type.contentType,
    body: result.body.string,
  };
}

function createApollo(
  gateway: ConstructorParameters<typeof ApolloServer>[0]['gateway'] & object,
  executables: LRUCache<string, DocumentNode>,
  log: Logger,
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    gateway,
    nodeEnv: 'production',
    // Everything before execution has been done; the framework finds what it would do as done.
    documentStore: {
      get: (key) => Promise.resolve(executables.get(key.slice(-HASH_CHARACTERS))),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(false),
    },
    introspection: true,
    csrfPrevention: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    stringifyResult: (result) => JSON.stringify(result),
    formatError: (formatted, error) => {
      // The executor has written every error that may be read; one without a hint is none of them.
      if (formatted.extensions && 'hint' in formatted.extensions) return formatted;
      log.error({ err: error }, 'the server framework failed');
      return internalError('').toJSON();
    },
    logger: log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

async function isAnswering(answer: Graph['answer']): Promise<boolean> {
  const { body } = await answer({
    request: { query: READINESS_QUERY, operationName: null, variables: {}, isReadOnly: true },
    requestId: requestIdOf(undefined),
    headers: {},
    type: DEFAULT_ANSWER_TYPE,
    entry: { requestId: '' },
  });
  return !('errors' in (JSON.parse(body) as object));
}

function refuse({ type, entry }: GraphqlCall, errors: readonly GraphQLError[]): Answer {
  entry.codes = errors.map((error) => String(error.extensions['code']));
  return errorAnswer(errors, type);
}
