// The register of batches as a person reads it: what came in, when, and what was taken back and why.
import type { ImportQuery } from './merge.ts';

/** A batch that was taken back. */
export interface ListedWithdrawal {
  readonly reason: string;
  readonly by: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** One imported file. */
export interface ListedBatch {
  readonly batchId: string;
  readonly fileName: string;
  readonly format: string;
  /** ISO 8601 in UTC. */
  readonly finishedAt: string;
  readonly read: number;
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Null while the batch stands. */
  readonly withdrawal: ListedWithdrawal | null;
}

/** The batches that are listed at once at most. */
export const LISTED_BATCHES_MAX = 1_000;

const INSTANT = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const SELECT = `select b.batch_id, b.file_name, b.format, ${INSTANT('b.finished_at')} as finished_at,
    b.read, b.inserted, b.changed, b.unchanged, b.rejected,
    w.reason, w.withdrawn_by, ${INSTANT('w.withdrawn_at')} as withdrawn_at
  from batches b left join withdrawals w on w.batch_id = b.batch_id`;

/** Reads one batch; null if there is none of this id. */
export async function readBatch(query: ImportQuery, batchId: string): Promise<ListedBatch | null> {
  const { rows } = await query(`${SELECT} where b.batch_id = $1`, [batchId]);
  return rows[0] ? toBatch(rows[0]) : null;
}

/** Lists batches, newest first. */
export async function listBatches(
  query: ImportQuery,
  limit: number,
): Promise<readonly ListedBatch[]> {
  const { rows } = await query(`${SELECT} order by b.finished_at desc, b.batch_id limit $1`, [
    Math.min(limit, LISTED_BATCHES_MAX),
  ]);
  return rows.map(toBatch);
}

function toBatch(row: Readonly<Record<string, unknown>>): ListedBatch {
  const text = (name: string): string => String(row[name]);
  const count = (name: string): number => Number(row[name]);
  return {
    batchId: text('batch_id'),
    fileName: text('file_name'),
    format: text('format'),
    finishedAt: text('finished_at'),
    read: count('read'),
    inserted: count('inserted'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    rejected: count('rejected'),
    withdrawal:
      row['reason'] === null
        ? null
        : { reason: text('reason'), by: text('withdrawn_by'), at: text('withdrawn_at') },
  };
}
