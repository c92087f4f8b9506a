// A body that is JSON in UTF-8, as the headers say. Browsers send such a body to another site only
// after asking it, which is never granted.
import type { IncomingHttpHeaders } from 'node:http';
import { HttpError } from './http-error.ts';

/**
 * Refuses a body of another media type, charset or coding.
 *
 * @throws HttpError UNSUPPORTED_MEDIA_TYPE
 */
export function requireJson(headers: IncomingHttpHeaders): void {
  const [type = '', ...parameters] = (headers['content-type'] ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  if (type !== 'application/json') {
    const message = type === '' ? 'The body has no Content-Type.' : 'The body is not JSON.';
    throw new HttpError('UNSUPPORTED_MEDIA_TYPE', message);
  }
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice(8);
  if (charset !== undefined && !/^"?utf-?8"?$/.test(charset)) {
    throw new HttpError('UNSUPPORTED_MEDIA_TYPE', 'The body is not in UTF-8.');
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new HttpError('UNSUPPORTED_MEDIA_TYPE', 'A compressed body is not read.', {
      hint: 'Send the body without Content-Encoding.',
    });
  }
}
