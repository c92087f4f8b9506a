// How GraphiQL asks: through the session, as whoever is signed in.
import type { Fetcher } from '@graphiql/toolkit';
import type { TFunction } from 'i18next';
import { AskError, type Ask } from '../graph/ask.ts';

/** Makes GraphiQL's way to the graph. */
export function createFetcher(ask: Ask, t: TFunction): Fetcher {
  return async ({ query, variables, operationName }, options) => {
    try {
      const { data, errors, extensions } = await ask(
        query,
        variables as Readonly<Record<string, unknown>> | undefined,
        {
          operationName: operationName ?? null,
          headers: options?.headers ?? {},
        },
      );
      return {
        ...(errors.length > 0 ? { errors } : {}),
        ...(data === null ? {} : { data }),
        ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
      };
    } catch (error) {
      // GraphiQL would show the stack of what is thrown.
      if (!(error instanceof AskError)) throw error;
      return {
        errors: [
          {
            message: t(`states.failure.${error.kind}`),
            extensions: { hint: t(`states.failureHint.${error.kind}`) },
          },
        ],
      };
    }
  };
}
