// What leaves this room of an error: one written for callers whole, anything else as a defect of ours,
// which is logged under the request id.
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, PublicError, type ErrorCode } from '../../subgraphs/kit/errors.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';
import { ACCESS_SUBGRAPH } from './subgraph-name.ts';

const CHAIN_MAX = 8;

/** Writes an error as it may leave; what it holds back goes to the log. */
export function judgeError(
  error: GraphQLError,
  requestId: string,
  log: Logger,
): GraphQLFormattedError {
  const path = error.path && { path: error.path };
  const written = publicErrorOf(error);
  if (written) {
    const { message, extensions } = written;
    return { message, ...path, extensions: { ...extensions, sector: ACCESS_SUBGRAPH } };
  }
  log.error({ err: error.originalError ?? error, requestId, path: error.path }, 'access failed');
  return {
    message: 'An internal error occurred.',
    ...path,
    extensions: {
      code: 'INTERNAL_SERVER_ERROR' satisfies ErrorCode,
      hint: ERROR_CODES.INTERNAL_SERVER_ERROR.remedy,
      sector: ACCESS_SUBGRAPH,
      requestId,
    },
  };
}

function publicErrorOf(error: GraphQLError): PublicError | null {
  let at: unknown = error;
  for (let depth = 0; depth < CHAIN_MAX && at instanceof Error; depth++) {
    if (at instanceof PublicError) return at;
    at = (at as { readonly originalError?: unknown }).originalError;
  }
  return null;
}
