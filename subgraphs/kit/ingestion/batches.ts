// The register of imported files: a file is known again by the hash of its bytes and its format.
import type { ImportQuery } from './merge.ts';
import type { ReadingKey } from './reading-key.ts';

/** One imported file, as it is entered when its records become visible. */
export interface Batch {
  readonly batchId: string;
  readonly fileName: string;
  /** Hash of its bytes, and of how they were read where that was not plainly. */
  readonly fileHash: string;
  readonly format: string;
  readonly bytes: number;
  readonly startedAt: string;
  readonly read: number;
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** Tells whether any file of this size was imported, so that hashing a new one first is no waste. */
export async function isSizeKnown(query: ImportQuery, bytes: number): Promise<boolean> {
  const { rows } = await query(`select 1 from batches where bytes = $1::bigint limit 1`, [bytes]);
  return rows.length > 0;
}

/** The batch of a file that was read before. */
export interface KnownBatch {
  readonly batchId: string;
  /** It was taken back: its file must not come in again by itself, as from a folder every night. */
  readonly isWithdrawn: boolean;
}

/** Finds the batch of a file that was read so before; null if there is none. One that stands counts. */
export async function findBatch(
  query: ImportQuery,
  key: ReadingKey,
  format: string,
): Promise<KnownBatch | null> {
  const { rows } = await query(
    `select batch_id, state = 'WITHDRAWN' as is_withdrawn from batches
     where file_hash = any($1) and format = $2 and state in ('DONE', 'WITHDRAWN')
     order by state, started_at limit 1`,
    [key.covering, format],
  );
  const id = rows[0]?.['batch_id'];
  return typeof id === 'string'
    ? { batchId: id, isWithdrawn: rows[0]?.['is_withdrawn'] === true }
    : null;
}

/** Gives the legal day on which the last file of a format was imported; null if none stands. */
export async function lastImportDay(query: ImportQuery, format: string): Promise<string | null> {
  const { rows } = await query(
    `select max((finished_at at time zone interval '8 hours')::date)::text as day
     from batches where format = $1 and state = 'DONE'`,
    [format],
  );
  const day = rows[0]?.['day'];
  return typeof day === 'string' ? day : null;
}

/** Enters a batch; in the transaction of its merge, so that both stand or neither. */
export async function enterBatch(query: ImportQuery, batch: Batch): Promise<void> {
  await query(
    `insert into batches (batch_id, file_name, file_hash, format, bytes, state, started_at,
       finished_at, read, inserted, changed, unchanged, rejected)
     values ($1, $2, $3, $4, $5, 'DONE', $6, clock_timestamp(), $7, $8, $9, $10, $11)`,
    [
      batch.batchId,
      batch.fileName,
      batch.fileHash,
      batch.format,
      batch.bytes,
      batch.startedAt,
      batch.read,
      batch.inserted,
      batch.changed,
      batch.unchanged,
      batch.rejected,
    ],
  );
}
