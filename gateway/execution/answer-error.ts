// The last look at the errors of an answer: one written for callers keeps its text, its path becomes
// a path of the response, and whatever else was thrown on the way is ours to read alone.
import { GraphQLError } from 'graphql';
import { ERROR_CODES, PublicError, type ErrorCode } from '../../subgraphs/kit/errors.ts';

/**
 * Rewrites an error of the executor.
 *
 * @param onInternal is given what is withheld, for the log
 */
export function answerError(
  error: GraphQLError,
  requestId: string,
  onInternal: (error: unknown) => void,
): GraphQLError {
  const path = responsePath(error.path);
  const where = path && { path };
  // The planner adds the name of the subgraph, which `sector` says already.
  const extensions = { ...error.extensions };
  delete extensions['serviceName'];
  const { code, sector } = extensions;
  if (typeof code === 'string' && Object.hasOwn(ERROR_CODES, code) && 'hint' in extensions) {
    return new GraphQLError(error.message, { ...where, extensions });
  }
  onInternal(error);
  return internalError(requestId, { ...where, ...(typeof sector === 'string' && { sector }) });
}

/** Writes the error that stands for a defect of ours. */
export function internalError(
  requestId: string,
  details: { readonly path?: readonly (string | number)[]; readonly sector?: string } = {},
): GraphQLError {
  const { path, sector } = details;
  return new GraphQLError('An internal error occurred.', {
    ...(path && { path }),
    extensions: {
      code: 'INTERNAL_SERVER_ERROR' satisfies ErrorCode,
      hint: ERROR_CODES.INTERNAL_SERVER_ERROR.remedy,
      ...(sector !== undefined && { sector }),
      requestId,
    },
  });
}

/** Writes the error of an operation that the planner gives up. */
export function intricacyError(): GraphQLError {
  return new PublicError(
    'OPERATION_LIMIT_EXCEEDED',
    'The operation is too intricate to be planned.',
  );
}

/** The planner writes `@` for "every item", which is no path of a response: what is before it is. */
function responsePath(
  path: readonly (string | number)[] | undefined,
): readonly (string | number)[] | undefined {
  if (!path) return undefined;
  const wild = path.indexOf('@');
  const concrete = wild === -1 ? path : path.slice(0, wild);
  return concrete.length > 0 ? concrete : undefined;
}
