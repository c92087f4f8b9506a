// Answers as they leave: JSON, never cached, never read as anything else.
import type { ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import { CODING, compress } from './compress.ts';
import type { AnswerType } from './media-type.ts';
import { ERROR_CODES, type ErrorCode } from '../../subgraphs/kit/errors.ts';

/** A finished answer. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Headers of every answer that is not a page. */
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** Sends an answer, a large one compressed if its caller takes that; nothing when the caller has gone. */
export function send(response: ServerResponse, answer: Answer): void {
  const compressed = compress(answer.body, response.req.headers['accept-encoding']);
  if (compressed === null) {
    write(response, answer, answer.body);
    return;
  }
  const headers = { ...answer.headers, 'content-encoding': CODING };
  compressed.then(
    (body) => {
      write(response, { ...answer, headers }, body);
    },
    // Without memory for it, say: the answer itself is there.
    () => {
      write(response, answer, answer.body);
    },
  );
}

function write(response: ServerResponse, answer: Answer, body: string | Buffer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(answer.status, headersOf(answer, body));
  response.end(body);
}

const LINGER_MS = 1_000;
const LINGER_BYTES_MAX = 16_777_216;

/**
 * Sends an answer to a request whose body has not been read to its end. Closing at once would make
 * the caller's system throw the answer away with the connection; so what still comes is read and
 * dropped, for a short while.
 */
export function sendEarly(response: ServerResponse, answer: Answer): void {
  const { req: request } = response;
  if (request.complete) {
    send(response, answer);
    return;
  }
  if (response.headersSent || response.destroyed) return;
  response.shouldKeepAlive = false;
  response.writeHead(answer.status, headersOf(answer, answer.body));
  response.write(answer.body);
  let bytes = 0;
  const end = (): void => {
    clearTimeout(timer);
    response.end();
    request.off('data', onData);
  };
  const onData = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > LINGER_BYTES_MAX) end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.on('data', onData).once('end', end).once('error', end).once('close', end);
}

/** Writes errors without data, with the status of the first; 200 for a legacy answer. */
export function errorAnswer(
  errors: readonly GraphQLError[],
  type: AnswerType & { readonly headers?: Readonly<Record<string, string>> },
): Answer {
  const code = errors[0]?.extensions['code'];
  const headers = code === 'METHOD_NOT_ALLOWED' ? { allow: 'POST', ...type.headers } : type.headers;
  return {
    status: type.isLegacy && code !== 'METHOD_NOT_ALLOWED' ? 200 : statusOf(code),
    contentType: type.contentType,
    body: JSON.stringify({ errors }),
    ...(headers && { headers }),
  };
}

/** Reads the status of a code; 500 for one that is not in the table. */
export function statusOf(code: unknown): number {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code)
    ? ERROR_CODES[code as ErrorCode].status
    : 500;
}

function headersOf(answer: Answer, body: string | Buffer): Record<string, string | number> {
  return {
    ...SECURITY_HEADERS,
    vary: 'accept-encoding',
    'content-type': answer.contentType,
    'content-length': Buffer.byteLength(body),
    ...answer.headers,
  };
}
