// Bytes that can be read more than once: a file of the disk, or what came by standard input.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ImportError } from './import-error.ts';
import type { ImportLimits } from './import-limits.ts';

/** A file whose size is known before it is read. */
export interface StoredFile {
  readonly bytes: number;
  /** Reads it from the beginning. */
  readonly read: () => AsyncIterable<Buffer>;
}

/**
 * Bytes that are read, decoded and staged at once. Larger pieces are no faster, and most of their
 * rows outlive a collection of the young generation: they fill the memory until a full one.
 */
export const PIECE_BYTES = 32 * 1024;

/**
 * Finds a file of the disk.
 *
 * @throws ImportError if there is none, or it is larger than the limit
 */
export async function storedFile(
  path: string,
  limits: Pick<ImportLimits, 'fileBytesMax'>,
): Promise<StoredFile> {
  const found = await stat(path).catch(ofMissing);
  if (!found?.isFile()) throw new ImportError('input', 'There is no such file.');
  if (found.size > limits.fileBytesMax) throw tooLarge(limits);
  return {
    bytes: found.size,
    read: () => createReadStream(path, { highWaterMark: PIECE_BYTES }),
  };
}

/** A file that may not be looked at is not one that is missing. */
function ofMissing(error: unknown): null {
  const { code } = error as { readonly code?: unknown };
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}

/** Says that a file is larger than the limit. */
export function tooLarge({ fileBytesMax }: Pick<ImportLimits, 'fileBytesMax'>): ImportError {
  return new ImportError('input', `The file is larger than ${fileBytesMax} bytes.`);
}
