// Rows of an opened file into the database: staged as they are read, merged at the end, one
// transaction. Nothing is visible before its commit.
import type { PoolClient } from 'pg';
import type { Pool } from '../database/pool.ts';
import { enterBatch, findBatch } from './batches.ts';
import type { FormatMatch } from './format-detection.ts';
import { ImportError } from './import-error.ts';
import type { ImportLimits } from './import-limits.ts';
import { importQuery, mergeStaged, removeRepeats, type ImportQuery } from './merge.ts';
import type { OpenedFile } from './opened-file.ts';
import type { Rejection } from './rejection.ts';
import type { RejectsFile } from './rejects-file.ts';
import { rowReader } from './row-reader.ts';
import type { SourceRow } from './row-source.ts';
import { rowStager } from './staged-row.ts';
import { startStaging } from './staging.ts';

/** What became of the rows of a file. */
export interface LoadCounts {
  readonly read: number;
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** How far an import is. */
export interface ImportProgress {
  readonly phase: 'reading' | 'merging';
  readonly bytesRead: number;
  readonly rowsRead: number;
  readonly rowsRejected: number;
}

/** What {@link loadRows} works on. */
export interface LoadRequest {
  readonly pool: Pool;
  readonly opened: OpenedFile;
  readonly match: FormatMatch;
  readonly limits: ImportLimits;
  readonly rejects: RejectsFile;
  readonly batchId: string;
  /** Name of the file, as it is entered. */
  readonly file: string;
  readonly again: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly afterMerge?: (client: PoolClient, batchId: string) => Promise<void>;
}

interface Counter {
  read: number;
  staged: number;
  rejected: number;
}

/**
 * Loads all rows and commits, or leaves nothing.
 *
 * @returns the counts, or the batch that held the same bytes before
 */
export async function loadRows(
  request: LoadRequest,
): Promise<LoadCounts | { readonly knownBatch: string }> {
  const client = await request.pool.connect();
  // A connection that breaks fails the query that waits for it; unheard, it would end the process.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  const cancel = cancelOn(request, client);
  let committed = false;
  try {
    const query = importQuery(client, request.limits.durationMsMax);
    await query('begin');
    await query(`set local statement_timeout = ${request.limits.durationMsMax}`);
    await query(`set local work_mem = '64MB'`);
    const counter = await stageRows(request, client);
    request.signal?.throwIfAborted();
    const counts = await mergeRows(request, client, query, counter);
    request.signal?.throwIfAborted();
    await query('commit');
    committed = true;
    return counts;
  } finally {
    cancel();
    client.off('error', ignore);
    // Without a commit the connection is thrown away, and the transaction with it, in whatever
    // state the COPY or the query left it.
    client.release(!committed);
  }
}

/** Stages every good row; back-pressure from the database reaches the reading of the file. */
async function stageRows(request: LoadRequest, client: PoolClient): Promise<Counter> {
  const { opened, match, signal } = request;
  const { table } = match.format;
  const read = rowReader(match, opened.source.headings);
  const stage = rowStager(table, new Date().toISOString());
  const staging = await startStaging(client, table, request.limits.durationMsMax);
  const counter: Counter = { read: 0, staged: 0, rejected: 0 };

  const stageRow = (row: SourceRow, lines: string[], rejections: Rejection[]): void => {
    counter.read += 1;
    const draft = read(row);
    if (!isDraft(draft)) {
      counter.rejected += 1;
      rejections.push(...draft);
      return;
    }
    const staged = stage(draft, row.line);
    if ('copy' in staged) {
      counter.staged += 1;
      lines.push(staged.copy);
      return;
    }
    counter.rejected += 1;
    const { field, reason } = staged;
    rejections.push({ line: row.line, column: field, value: '', reason });
  };

  try {
    for await (const rows of opened.source.batches()) {
      signal?.throwIfAborted();
      const rejections: Rejection[] = [];
      const lines: string[] = [];
      for (const row of rows) stageRow(row, lines, rejections);
      await staging.write(lines);
      await request.rejects.write(rejections);
      report(request, 'reading', counter);
    }
    await staging.end();
    return counter;
  } catch (error) {
    staging.abort();
    throw error;
  }
}

async function mergeRows(
  request: LoadRequest,
  client: PoolClient,
  query: ImportQuery,
  counter: Counter,
): Promise<LoadCounts | { readonly knownBatch: string }> {
  const { opened, match, batchId } = request;
  report(request, 'merging', counter);
  const fileHash = opened.hash();
  const findKnown = (): Promise<string | null> =>
    request.again ? Promise.resolve(null) : findBatch(query, fileHash, match.format.name);
  let known = await findKnown();
  if (known !== null) return { knownBatch: known };
  for await (const { lines, rows } of removeRepeats(query)) {
    counter.rejected += rows;
    counter.staged -= rows;
    const more = rows > lines.length ? ' and others' : '';
    const reason = `lines ${lines.join(', ')}${more} state the same record differently`;
    await request.rejects.write(lines.map((line) => ({ line, column: '', value: '', reason })));
  }
  // Imports of a sector merge one after the other, and each takes its instant when it is its turn: a
  // reader of the change feed has then seen all that came before what it saw last.
  await query('lock table batches in share row exclusive mode');
  // The import that was waited for may have been of the same file.
  known = await findKnown();
  if (known !== null) return { knownBatch: known };
  const [now] = (await query('select clock_timestamp() as now')).rows;
  const at = toInstant(now?.['now']);
  const merged = await mergeStaged(query, match.format.table, batchId, at, counter.staged);
  const counts = { read: counter.read, ...merged, rejected: counter.rejected };
  await enterBatch(query, {
    batchId,
    fileName: request.file,
    fileHash,
    format: match.format.name,
    bytes: opened.bytesRead(),
    startedAt: at,
    ...counts,
  });
  await request.afterMerge?.(client, batchId);
  return counts;
}

/** Cancels what the database is doing when the import is aborted; returns the way back. */
function cancelOn({ signal, pool }: LoadRequest, client: PoolClient): () => void {
  if (!signal) return () => undefined;
  const abort = (): void => {
    const { processID } = client as PoolClient & { readonly processID?: number };
    // If this fails, the end of the connection ends the transaction all the same, only later.
    pool.query('select pg_cancel_backend($1)', [processID]).catch(() => undefined);
  };
  signal.addEventListener('abort', abort, { once: true });
  return () => {
    signal.removeEventListener('abort', abort);
  };
}

function report(
  { onProgress, opened }: LoadRequest,
  phase: ImportProgress['phase'],
  counter: Counter,
): void {
  onProgress?.({
    phase,
    bytesRead: opened.bytesRead(),
    rowsRead: counter.read,
    rowsRejected: counter.rejected,
  });
}

function isDraft<Draft extends object>(
  result: Draft | readonly Rejection[],
): result is Exclude<Draft, readonly Rejection[]> {
  return !Array.isArray(result);
}

/** A pool of the kit gives ISO text, one of plain pg a date object. */
function toInstant(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  throw new ImportError('database', 'The database did not tell the time.');
}
