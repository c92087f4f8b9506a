// Reads the JSON body of a request within a limit, or answers what is wrong with it.
import type { IncomingMessage, ServerResponse } from 'node:http';

const BODY_BYTES_MAX = 4 * 1024 * 1024;

/**
 * Reads a JSON body; a GET has none. Returns null after it has answered with an error itself. The
 * gateway sends at most 100 keys and one operation, far below the limit.
 */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<{ readonly value: unknown } | null> {
  if (request.method !== 'POST') return { value: undefined };
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return refuse(response, 413, 'REQUEST_TOO_LARGE');
    chunks.push(chunk);
  }
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(response, 400, 'BAD_REQUEST');
  }
}

function refuse(
  response: ServerResponse,
  status: number,
  code: 'REQUEST_TOO_LARGE' | 'BAD_REQUEST',
): null {
  const message = code === 'BAD_REQUEST' ? 'The body is not JSON.' : 'The body is too large.';
  response
    .writeHead(status, { 'content-type': 'application/json', connection: 'close' })
    .end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
  return null;
}
