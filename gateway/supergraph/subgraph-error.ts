// What of a subgraph's errors may leave the gateway: an error written for callers passes, anything
// else is replaced, and its text goes to the log with the request id.
import type { GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, type ErrorCode } from '../../subgraphs/kit/errors.ts';
import { containsResidentNumber } from '../../subgraphs/kit/values/resident-number.ts';

/** An error of a subgraph, judged. */
export type JudgedError =
  | { readonly kind: 'public'; readonly error: GraphQLFormattedError }
  | { readonly kind: 'internal'; readonly error: GraphQLFormattedError; readonly detail: string };

const DETAIL_CHARACTERS_MAX = 2_000;
const EXTENSIONS_MAX = 12;
const EXTENSION_NAME = /^[a-z][A-Za-z0-9]{0,40}$/;
const EXTENSION_CHARACTERS_MAX = 500;
const WITHHELD_EXTENSIONS = new Set(['code', 'hint', 'sector', 'stacktrace', 'exception', 'http']);

/**
 * Judges one entry of a subgraph's `errors`. It is written for callers if it has a code of the
 * table and a hint, as `PublicError` has; of its further extensions only plain values pass.
 */
export function judgeSubgraphError(sector: string, entry: unknown, requestId: string): JudgedError {
  const { message, path, extensions } = recordOf(entry);
  const given = recordOf(extensions);
  // The planner puts its own path before this one; without one it would put none at all.
  const where = { path: isPath(path) ? path : [] };
  const { code, hint } = given;
  if (typeof message === 'string' && isPublicCode(code) && typeof hint === 'string') {
    const plain = Object.entries(given).filter(isPlain).slice(0, EXTENSIONS_MAX);
    return {
      kind: 'public',
      error: {
        message,
        ...where,
        extensions: { ...Object.fromEntries(plain), code, hint, sector },
      },
    };
  }
  return {
    kind: 'internal',
    error: { ...internalError(sector, requestId), ...where },
    detail: detailOf({ message, extensions }),
  };
}

/** Tells whether a subgraph says of itself that it cannot look at its data now. */
export function saysUnavailable(entry: unknown): boolean {
  const { code } = recordOf(recordOf(entry)['extensions']);
  return code === 'SERVICE_UNAVAILABLE' || code === 'SUBGRAPH_UNAVAILABLE';
}

/** The error that stands for a sector that did not answer. */
export function unavailableError(sector: string): GraphQLFormattedError {
  return {
    message: `The sector ${sector} did not answer; what it holds was not looked at.`,
    extensions: {
      code: 'SUBGRAPH_UNAVAILABLE' satisfies ErrorCode,
      hint: ERROR_CODES.SUBGRAPH_UNAVAILABLE.remedy,
      sector,
    },
  };
}

/** The error that stands for a defect of ours, or of a sector. */
export function internalError(sector: string, requestId: string): GraphQLFormattedError {
  return {
    message: 'An internal error occurred.',
    extensions: {
      code: 'INTERNAL_SERVER_ERROR' satisfies ErrorCode,
      hint: ERROR_CODES.INTERNAL_SERVER_ERROR.remedy,
      sector,
      requestId,
    },
  };
}

/** What goes to the log of an error that is not ours; a person's number must not, whoever sent it. */
function detailOf(error: object): string {
  const text = JSON.stringify(error).slice(0, DETAIL_CHARACTERS_MAX);
  return containsResidentNumber(text) ? '[withheld]' : text;
}

/** INTERNAL_SERVER_ERROR is what servers put on anything; its text is not for callers. */
function isPublicCode(code: unknown): code is ErrorCode {
  return (
    typeof code === 'string' && Object.hasOwn(ERROR_CODES, code) && code !== 'INTERNAL_SERVER_ERROR'
  );
}

function isPlain([name, value]: [string, unknown]): boolean {
  if (!EXTENSION_NAME.test(name) || WITHHELD_EXTENSIONS.has(name)) return false;
  if (typeof value === 'string') return value.length <= EXTENSION_CHARACTERS_MAX;
  return typeof value === 'number' || typeof value === 'boolean';
}

function isPath(path: unknown): path is (string | number)[] {
  return (
    Array.isArray(path) &&
    path.every((part) => typeof part === 'string' || Number.isSafeInteger(part))
  );
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
