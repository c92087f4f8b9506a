// The body of a request: whole, within its limit and its deadline, as text.
import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a body.
 *
 * @throws HttpError REQUEST_TOO_LARGE, before reading where the length is announced;
 *   REQUEST_TIMEOUT; BAD_REQUEST for what is not UTF-8 or breaks off
 */
export async function readBody(
  request: IncomingMessage,
  bytesMax: number,
  timeoutMs: number,
): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw tooLarge(bytesMax);
  const bytes = await collect(request, bytesMax, timeoutMs);
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new HttpError('BAD_REQUEST', 'The body is not UTF-8.');
  }
}

function collect(request: IncomingMessage, bytesMax: number, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onBreak).off('close', onBreak);
    };
    const fail = (error: HttpError): void => {
      end();
      reject(error);
    };
    const timer = setTimeout(() => {
      const message = `The body did not arrive within ${timeoutMs} ms.`;
      fail(new HttpError('REQUEST_TIMEOUT', message, { headers: { connection: 'close' } }));
    }, timeoutMs);
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > bytesMax) fail(tooLarge(bytesMax));
      else chunks.push(chunk);
    };
    const onEnd = (): void => {
      end();
      resolve(Buffer.concat(chunks));
    };
    const onBreak = (): void => {
      fail(new HttpError('BAD_REQUEST', 'The body breaks off.'));
    };
    request.on('data', onData).on('end', onEnd).on('error', onBreak).on('close', onBreak);
  });
}

function tooLarge(bytesMax: number): HttpError {
  return new HttpError('REQUEST_TOO_LARGE', `The body is larger than ${bytesMax} bytes.`, {
    headers: { connection: 'close' },
  });
}
