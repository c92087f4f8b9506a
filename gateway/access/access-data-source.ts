// This room as the planner calls it: a data source that asks no network. Its shape is that of the
// planner's own (`GraphQLDataSource`), which only other rooms may name.
import { GraphQLError } from 'graphql';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';
import { judgeError } from './judge-error.ts';
import type { Access, AccessAnswer } from './open-access.ts';

/** What a fetch has to know of the request that it belongs to. */
export interface AccessFetchContext {
  readonly requestId: string;
  readonly inquiry: Inquiry;
}

/** A fetch as the planner makes it. */
export interface AccessCall {
  readonly request: {
    readonly query?: string | undefined;
    readonly operationName?: string | undefined;
    readonly variables?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly context: unknown;
}

/** A data source, as far as the planner needs it. */
export interface AccessDataSource {
  readonly process: (call: AccessCall) => Promise<AccessAnswer>;
}

/** Makes the data source. */
export function createAccessDataSource(access: Access, log: Logger): AccessDataSource {
  return {
    async process({ request, context }) {
      const { inquiry, requestId } = context as AccessFetchContext;
      const { query = '', operationName, variables } = request;
      try {
        return await access.answer({ query, operationName, variables, inquiry, requestId });
      } catch (cause) {
        // Of the planner's own making: a text that does not parse, an operation that is not there.
        const error = new GraphQLError('a fetch failed', {
          ...(cause instanceof Error && { originalError: cause }),
        });
        return { errors: [judgeError(error, requestId, log)] };
      }
    },
  };
}
