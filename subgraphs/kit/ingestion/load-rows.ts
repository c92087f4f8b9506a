// Rows of an opened file into the database: staged as they are read, merged at the end, one
// transaction. Nothing is visible before its commit.
import type { PoolClient } from 'pg';
import type { Pool } from '../database/pool.ts';
import { enterBatch, findBatch, type KnownBatch } from './batches.ts';
import type { FormatMatch } from './format-detection.ts';
import { ImportError } from './import-error.ts';
import type { ImportLimits } from './import-limits.ts';
import { inImportTransaction } from './import-transaction.ts';
import { mergeStaged, removeRepeats, type ImportQuery } from './merge.ts';
import type { OpenedFile } from './opened-file.ts';
import { readingKey, type ReadingOptions } from './reading-key.ts';
import { assertWithinLimit, type RejectLimit } from './reject-limit.ts';
import type { RejectsFile } from './rejects-file.ts';
import { stageRows, type RowCounter } from './stage-rows.ts';

/** What became of the rows of a file. */
export interface LoadCounts {
  readonly read: number;
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Rows that are older than `since`. */
  readonly skipped: number;
}

/** How far an import is. */
export interface ImportProgress {
  readonly phase: 'reading' | 'merging';
  readonly bytesRead: number;
  readonly rowsRead: number;
  readonly rowsRejected: number;
}

/** What {@link loadRows} works on. */
export interface LoadRequest extends ReadingOptions {
  readonly pool: Pool;
  readonly opened: OpenedFile;
  readonly match: FormatMatch;
  readonly limits: ImportLimits;
  readonly rejects: RejectsFile;
  readonly batchId: string;
  /** Name of the file, as it is entered. */
  readonly file: string;
  readonly again: boolean;
  /** Does everything, and takes it back. */
  readonly dryRun: boolean;
  readonly rejectLimit?: RejectLimit;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly afterMerge?: (client: PoolClient, batchId: string) => Promise<void>;
}

/**
 * Loads all rows and commits, or leaves nothing.
 *
 * @returns the counts, or the batch that held the same bytes before
 */
export async function loadRows(
  request: LoadRequest,
): Promise<LoadCounts | { readonly knownBatch: KnownBatch }> {
  const { pool, signal, dryRun, limits } = request;
  const transaction = { pool, signal, dryRun, timeoutMs: limits.durationMsMax };
  return inImportTransaction(transaction, async (query, client) => {
    const counter = await stageRows(request, client, (soFar) => {
      report(request, 'reading', soFar);
    });
    signal?.throwIfAborted();
    const counts = await mergeRows(request, client, query, counter);
    // A disk that takes no more reasons must be known while everything can still be taken back.
    await request.rejects.close();
    return counts;
  });
}

async function mergeRows(
  request: LoadRequest,
  client: PoolClient,
  query: ImportQuery,
  counter: RowCounter,
): Promise<LoadCounts | { readonly knownBatch: KnownBatch }> {
  const { opened, match, batchId } = request;
  report(request, 'merging', counter);
  const key = readingKey(opened.hash(), request);
  const findKnown = (): Promise<KnownBatch | null> =>
    request.again ? Promise.resolve(null) : findBatch(query, key, match.format.name);
  let known = await findKnown();
  if (known !== null) return { knownBatch: known };
  await refuseConflicts(request, query, counter);
  assertWithinLimit(request.rejectLimit, counter);
  // Imports of a sector merge one after the other, and each takes its instant when it is its turn: a
  // reader of the change feed has then seen all that came before what it saw last.
  await query('lock table batches in share row exclusive mode');
  // The import that was waited for may have been of the same file.
  known = await findKnown();
  if (known !== null) return { knownBatch: known };
  const at = await databaseTime(query);
  const merged = await mergeStaged(query, match.format.table, batchId, at, counter.staged);
  const { read, rejected, skipped } = counter;
  const counts = { read, ...merged, rejected, skipped };
  await enterBatch(query, {
    batchId,
    fileName: request.file,
    fileHash: key.own,
    format: match.format.name,
    bytes: opened.bytesRead(),
    startedAt: at,
    ...counts,
  });
  await request.afterMerge?.(client, batchId);
  return counts;
}

/** Takes rows that contradict each other out of the staging table, and counts them as refused. */
async function refuseConflicts(
  request: LoadRequest,
  query: ImportQuery,
  counter: RowCounter,
): Promise<void> {
  for await (const { lines, rows } of removeRepeats(query)) {
    counter.rejected += rows;
    counter.staged -= rows;
    const more = rows > lines.length ? ' and others' : '';
    const reason = `lines ${lines.join(', ')}${more} state the same record differently`;
    await request.rejects.write(lines.map((line) => ({ line, column: '', value: '', reason })));
  }
}

function report(
  { onProgress, opened }: LoadRequest,
  phase: ImportProgress['phase'],
  counter: RowCounter,
): void {
  onProgress?.({
    phase,
    bytesRead: opened.bytesRead(),
    rowsRead: counter.read,
    rowsRejected: counter.rejected,
  });
}

/** Asks the database for the time; a pool of the kit gives ISO text, one of plain pg a date object. */
export async function databaseTime(query: ImportQuery): Promise<string> {
  const [now] = (await query('select clock_timestamp() as now')).rows;
  const value = now?.['now'];
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  throw new ImportError('database', 'The database did not tell the time.');
}
