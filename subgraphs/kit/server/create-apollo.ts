// The GraphQL engine of a subgraph: what it executes, and nothing that its maker would add.
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../log.ts';
import { formatError } from './format-error.ts';
import { logErrors } from './log-errors.ts';
import type { SectorContext } from './resolver.ts';

/** Far above what a planner makes of the largest operation that the gateway takes. */
const TOKENS_MAX = 50_000;

/**
 * Makes the engine; start it before the first request.
 *
 * The parts named as disabled would come by themselves: traces of every field for whoever sends a
 * header, reports to the maker where the environment holds a key, a page for browsers.
 */
export function createApollo(schema: GraphQLSchema, log: Logger): ApolloServer<SectorContext> {
  return new ApolloServer<SectorContext>({
    schema,
    introspection: false,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    parseOptions: { maxLexicalTokens: TOKENS_MAX },
    logger: log,
    formatError,
    stringifyResult: JSON.stringify,
    plugins: [
      logErrors(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
