// Large answers made small for who takes them so: a schema, or a page of records, is many times as long
// as it has to be.
import { gzip } from 'node:zlib';

/** Length of a body from which it is compressed, in bytes; a smaller one is sent in the time that takes. */
export const COMPRESSED_FROM_BYTES = 16_384;

/** The one coding that is offered: every client has it, and it is made in a thread of its own. */
export const CODING = 'gzip';

/**
 * Compresses a body; null where it is small, or not taken compressed.
 *
 * @param acceptEncoding the header of the request
 */
export function compress(
  body: string,
  acceptEncoding: string | string[] | undefined,
): Promise<Buffer> | null {
  if (body.length < COMPRESSED_FROM_BYTES || !takesGzip(String(acceptEncoding ?? ''))) return null;
  return new Promise((resolve, reject) => {
    gzip(body, (error, compressed) => {
      if (error) reject(error);
      else resolve(compressed);
    });
  });
}

const CODINGS_MAX = 50;
/** Name, and weight where one is given (RFC 9110, section 12.5.3). */
const WEIGHTED = /^\s*([a-z*-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i;

function takesGzip(acceptEncoding: string): boolean {
  const weights = new Map<string, number>();
  for (const coding of acceptEncoding.split(',', CODINGS_MAX)) {
    const [, name, weight = '1'] = WEIGHTED.exec(coding) ?? [];
    if (name !== undefined) weights.set(name.toLowerCase(), Number(weight));
  }
  return (weights.get(CODING) ?? weights.get('*') ?? 0) > 0;
}
