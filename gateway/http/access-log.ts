// One line a request. It says what was asked by name and hash, never with what: no variables, no
// codes, no text of an operation, no header.
import { namesSomebody } from './names-somebody.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../../subgraphs/kit/log.ts';

/** What a handler adds to the line of its request. */
export interface AccessEntry {
  requestId: string;
  /** Name of the operation, as the caller calls it. */
  operation?: string | null;
  /** First characters of the SHA-256 of the operation's text. */
  hash?: string;
  /** Codes of the errors that were answered. */
  codes?: readonly string[];
}

const HASH_CHARACTERS = 16;
const CODES_MAX = 10;

/** Starts the line of a request; it is written when the answer has left or the caller has gone. */
export function openAccessEntry(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  log: Logger,
): AccessEntry {
  const started = performance.now();
  const entry: AccessEntry = { requestId };
  response.once('close', () => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const isHealth = path.startsWith('/health/');
    log[isHealth ? 'debug' : 'info'](
      {
        requestId,
        method: request.method,
        path: isHealth || path === '/graphql' ? path : undefined,
        status: response.statusCode,
        durationMs: Math.round((performance.now() - started) * 10) / 10,
        ...(entry.operation !== undefined && { operation: shown(entry.operation) }),
        ...(entry.hash !== undefined && { hash: entry.hash.slice(0, HASH_CHARACTERS) }),
        ...(entry.codes?.length && { codes: [...new Set(entry.codes)].slice(0, CODES_MAX) }),
        ...(!response.writableFinished && { broken: true }),
      },
      'request',
    );
  });
  return entry;
}

/** The caller chooses the name of an operation, and may have put anybody's code into it. */
function shown(operation: string | null): string | null {
  return operation !== null && namesSomebody(operation) ? '[withheld]' : operation;
}
