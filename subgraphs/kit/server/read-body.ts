// Reads the JSON body of a request within a limit, or answers what is wrong with it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendHttpError } from './http-error.ts';

/** Far above the largest page of representations that a gateway sends. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
/** How much of a body that is too large is thrown away, so that its sender can read the answer. */
const DISCARDED_TIMES = 4;

/**
 * Reads a JSON body. Returns null after it has answered with an error itself, and where the sender
 * has gone away.
 */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<{ readonly value: unknown } | null> {
  if (!isJson(request.headers['content-type'])) {
    sendHttpError(response, 'UNSUPPORTED_MEDIA_TYPE', 'The body is not application/json in UTF-8.');
    return null;
  }
  const body = await receiveBody(request, BODY_BYTES_MAX);
  if (body === 'gone') return null;
  if (body === 'too large') {
    response.setHeader('connection', 'close');
    const message = `The body is larger than ${BODY_BYTES_MAX} bytes.`;
    sendHttpError(response, 'REQUEST_TOO_LARGE', message);
    return null;
  }
  try {
    return { value: JSON.parse(body.toString('utf8')) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    sendHttpError(response, 'BAD_REQUEST', 'The body is not JSON.');
    return null;
  }
}

/** Receives a body of at most `bytesMax` bytes; of a larger one as much is read as its sender needs. */
export async function receiveBody(
  request: IncomingMessage,
  bytesMax: number,
): Promise<Buffer | 'too large' | 'gone'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Leaving the loop must not destroy the request: the answer goes through the same socket.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += (chunk as Buffer).length;
      if (bytes <= bytesMax) chunks.push(chunk as Buffer);
      else chunks.length = 0;
      if (bytes > bytesMax * DISCARDED_TIMES) break;
    }
  } catch (error) {
    // The sender closed the connection, or sent so slowly that the server did.
    if (request.destroyed) return 'gone';
    throw error;
  }
  return bytes > bytesMax ? 'too large' : Buffer.concat(chunks);
}

function isJson(contentType = ''): boolean {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  return (
    type.trim() === 'application/json' &&
    (charset === undefined || /^charset="?utf-?8"?$/.test(charset))
  );
}
