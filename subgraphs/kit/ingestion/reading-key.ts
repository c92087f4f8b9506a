// By what a file is known again: its bytes, and how they were read. The same bytes read from a later
// day on, or by other columns, are another reading of the file.
import { hash } from 'node:crypto';
import type { Since } from './since.ts';

/** What of an import decides which records a file comes to, beside its bytes and its format. */
export interface ReadingOptions {
  /** Rows older than this are skipped. */
  readonly since?: Since;
  /** Digest of the column mapping. */
  readonly mappingDigest?: string;
  /** Sheet of the workbook. */
  readonly sheet?: string;
}

/** The keys of a reading. */
export interface ReadingKey {
  /** Under which it is entered. */
  readonly own: string;
  /** Readings that make this one needless: itself, and the same without a beginning. */
  readonly covering: readonly string[];
}

/** Makes the keys of a reading from the hexadecimal SHA-256 of the bytes. */
export function readingKey(fileHash: string, options: ReadingOptions): ReadingKey {
  const whole = keyOf(fileHash, [options.mappingDigest, options.sheet]);
  if (options.since === undefined) return { own: whole, covering: [whole] };
  const own = keyOf(whole, ['since', options.since.instant]);
  return { own, covering: [own, whole] };
}

/** A plain reading has the hash of the file itself. */
function keyOf(fileHash: string, parts: readonly (string | undefined)[]): string {
  if (parts.every((part) => part === undefined)) return fileHash;
  return hash('sha256', JSON.stringify([fileHash, ...parts]));
}
