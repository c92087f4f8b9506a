// Why a database of the operator's own cannot be had, in words: which variable names it, and what to do.
import { PublicError } from '../errors.ts';

/**
 * Turns what a first connection failed with into an error for who starts a process. Anything else,
 * such as a statement that failed, is returned as it is.
 *
 * @param name of the sector, or `gateway`
 */
export function explainUnavailable(error: unknown, name: string): unknown {
  const variable = `DATABASE_URL_${name.toUpperCase()}`;
  const hint = HINTS[codeOf(error)] ?? (isLate(error) ? LATE : undefined);
  if (hint === undefined || !(error instanceof Error)) return error;
  // Of several addresses of one name, each failed: the text is in the parts.
  const parts = error instanceof AggregateError ? (error.errors as Error[]) : [error];
  const reason = parts.map(({ message }) => message).join(', ');
  return new PublicError(
    'SERVICE_UNAVAILABLE',
    `The database of ${name} (${variable}) cannot be had: ${reason}.`,
    { hint, cause: error },
  );
}

const NOT_THERE = 'Start that server, or correct host and port in the variable.';
const NOT_LET_IN =
  'Correct user and password in the variable; / ? # @ in them are written in % codes.';

const LATE =
  'See that this server answers there, that nothing between drops what is sent, and how busy it is; ' +
  'then try again.';

/** By the codes of the system and the classes of PostgreSQL's, appendix A of its manual. */
const HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: NOT_THERE,
  ECONNRESET: NOT_THERE,
  EHOSTUNREACH: NOT_THERE,
  ENETUNREACH: NOT_THERE,
  ENOTFOUND: NOT_THERE,
  EAI_AGAIN: NOT_THERE,
  ETIMEDOUT: NOT_THERE,
  '28000': NOT_LET_IN,
  '28P01': NOT_LET_IN,
  '3D000': 'Create that database, in UTF-8, or correct its name in the variable.',
  '42501': 'Name its owner in the variable, who may create tables and roles there.',
  '53300': 'Close other connections, or raise max_connections of that server.',
  '57P03': 'That server is starting or stopping: try again.',
};

/** The deadline of a connection is the driver's own, and its errors have no code: of a client, of a pool. */
const LATE_MESSAGE = /^timeout (?:expired|exceeded when trying to connect)$|connection timeout$/;

function isLate(error: unknown): boolean {
  return error instanceof Error && LATE_MESSAGE.test(error.message);
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}
