// What leaves a subgraph of an error: public errors whole, everything else only as a code.
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, PublicError, type ErrorCode } from '../errors.ts';

/** An error as its reader may see it, and what only the log may hold of it. */
export interface JudgedError {
  readonly isPublic: boolean;
  /** What lies behind the error: the cause of a public one, or the defect itself. */
  readonly behind: unknown;
}

const CHAIN_MAX = 8;
/** An error repeats what it was sent; a body of megabytes does not come back as an error. */
const MESSAGE_CHARACTERS_MAX = 1_000;

/** Tells an error that its reader may see from a defect of ours. */
export function judgeError(error: unknown): JudgedError {
  const chain = chainOf(error);
  const publicError = chain.find((entry) => entry instanceof PublicError);
  if (publicError) return { isPublic: true, behind: publicError.originalError };
  // The framework's own errors: syntax, validation, variables. Around anything that a resolver threw
  // there is an error of another kind in the chain.
  const [first] = chain;
  const isFrameworks =
    first instanceof GraphQLError &&
    chain.every((entry) => entry instanceof GraphQLError) &&
    isPublicCode(first.extensions['code']);
  return isFrameworks
    ? { isPublic: true, behind: undefined }
    : { isPublic: false, behind: chain.at(-1) };
}

/** Keeps the errors that their reader may see; of the others only the code and the path. */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  if (judgeError(error).isPublic) {
    const { message } = formatted;
    const extensions = withHint(formatted.extensions ?? {});
    return message.length <= MESSAGE_CHARACTERS_MAX
      ? { ...formatted, extensions }
      : { ...formatted, extensions, message: `${message.slice(0, MESSAGE_CHARACTERS_MAX)}…` };
  }
  return {
    message: 'The sector met a defect of its own.',
    ...(formatted.path && { path: formatted.path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', hint: ERROR_CODES.INTERNAL_SERVER_ERROR.remedy },
  };
}

/** The framework's own errors have a code and no next step. */
function withHint(extensions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const code = extensions['code'];
  if ('hint' in extensions || !isErrorCode(code)) return extensions;
  return { ...extensions, hint: ERROR_CODES[code].remedy };
}

function chainOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at !== undefined && at !== null && chain.length < CHAIN_MAX;) {
    chain.push(at);
    at = (at as { readonly originalError?: unknown }).originalError;
  }
  return chain;
}

function isPublicCode(code: unknown): boolean {
  return isErrorCode(code) && code !== 'INTERNAL_SERVER_ERROR';
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}
