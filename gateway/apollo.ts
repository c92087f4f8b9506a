// The server framework, with everything of its own switched off: it takes an operation that may be
// asked, hands it to the planner, and writes the answer.
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Logger } from '../subgraphs/kit/log.ts';
import { internalError } from './execution/answer-error.ts';
import type { Executable } from './execution/operations.ts';

/** A planner as the framework takes it. */
type Planner = ConstructorParameters<typeof ApolloServer>[0]['gateway'] & object;

/** What the framework writes. */
export interface FrameworkAnswer {
  readonly status: number;
  readonly body: string;
}

/** An operation with everything that its execution needs. */
export interface PlannedRequest<Context> {
  readonly executable: Executable;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Media type of the answer. */
  readonly contentType: string;
  readonly context: Context;
}

/** The framework, started. */
export interface Framework<Context> {
  readonly answer: (request: PlannedRequest<Context>) => Promise<FrameworkAnswer>;
  readonly stop: () => Promise<void>;
}

const EXECUTABLES_MAX = 1_000;
const HASH_CHARACTERS = 64;

/** Starts the framework over a planner; the planner has been loaded when the promise resolves. */
export async function startFramework<Context extends object>(
  gateway: Planner,
  log: Logger,
): Promise<Framework<Context>> {
  const executables = new LRUCache<string, DocumentNode>({ max: EXECUTABLES_MAX });
  const apollo = createApollo<Context>(gateway, executables, log);
  await apollo.start();
  return {
    async answer({ executable, operationName, variables, contentType, context }) {
      executables.set(executable.hash, executable.document);
      const result = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          headers: new HeaderMap([['accept', contentType]]),
          search: '',
          body: {
            query: executable.text,
            variables,
            ...(operationName !== null && { operationName }),
          },
        },
        context: () => Promise.resolve(context),
      });
      if (result.body.kind !== 'complete') throw new Error('an answer in parts was not asked for');
      return { status: result.status ?? 200, body: result.body.string };
    },
    stop: () => apollo.stop(),
  };
}

function createApollo<Context extends object>(
  gateway: Planner,
  executables: LRUCache<string, DocumentNode>,
  log: Logger,
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    gateway,
    nodeEnv: 'production',
    // Everything before execution has been done; the framework finds what it would do as done.
    documentStore: {
      get: (key) => Promise.resolve(executables.get(key.slice(-HASH_CHARACTERS))),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(false),
    },
    introspection: false,
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
