// What leaves a subgraph of an error: public errors whole, everything else only as a code.
import { ERROR_CODES, PublicError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { GraphQLFormattedError } from 'graphql';

/** Keeps the errors that their reader may see; logs the others whole and hides them. */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: Logger,
): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  const original = originalOf(error);
  const isPublic = original instanceof PublicError;
  if (isPublic || (isErrorCode(code) && code !== 'INTERNAL_SERVER_ERROR')) {
    const { cause } = original as { cause?: unknown };
    if (cause !== undefined) log.warn({ err: cause, code }, 'a request could not be served');
    return formatted;
  }
  log.error({ err: original, path: formatted.path }, 'a resolver failed');
  return {
    message: 'The sector met a defect of its own.',
    ...(formatted.path && { path: formatted.path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', hint: ERROR_CODES.INTERNAL_SERVER_ERROR.remedy },
  };
}

function originalOf(error: unknown): unknown {
  const { originalError } = (error ?? {}) as { originalError?: unknown };
  return originalError ?? error;
}

function isErrorCode(code: unknown): code is keyof typeof ERROR_CODES {
  return typeof code === 'string' && code in ERROR_CODES;
}
