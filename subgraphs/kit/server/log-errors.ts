// Writes what a caller does not see of its errors to the log, under the id of the request.
import type { ApolloServerPlugin } from '@apollo/server';
import { judgeError } from './format-error.ts';
import type { SectorContext } from './resolver.ts';

/** A page of records may fail a hundred times for one reason. */
const ERRORS_LOGGED_MAX = 5;

/** Makes the plugin that logs defects as errors and the causes of public errors as warnings. */
export function logErrors(): ApolloServerPlugin<SectorContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors: ({ errors, contextValue: { log } }) => {
          const judged = errors.map((error) => ({ error, ...judgeError(error) }));
          const told = judged.filter(({ isPublic, behind }) => !isPublic || behind !== undefined);
          for (const { error, isPublic, behind } of told.slice(0, ERRORS_LOGGED_MAX)) {
            const { path, extensions } = error;
            if (!isPublic) log.error({ err: behind, path }, 'a request met a defect');
            else log.warn({ err: behind, path, code: extensions['code'] }, 'a read failed');
          }
          const rest = told.length - ERRORS_LOGGED_MAX;
          if (rest > 0) log.warn({ errors: rest }, 'further errors of the request are not listed');
          return Promise.resolve();
        },
      }),
  };
}
