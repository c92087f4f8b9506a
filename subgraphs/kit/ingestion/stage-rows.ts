// The rows of an opened file on their way into the staging table: read, refused or skipped, or
// written as a line of COPY, with the back-pressure of the database reaching the reading of the file.
import type { PoolClient } from 'pg';
import type { LoadRequest } from './load-rows.ts';
import { assertWithinLimit, isPassedEarly } from './reject-limit.ts';
import type { Rejection } from './rejection.ts';
import { rowReader } from './row-reader.ts';
import type { SourceRow } from './row-source.ts';
import { isBefore } from './since.ts';
import { rowStager } from './staged-row.ts';
import { startStaging } from './staging.ts';

/** What has become of the rows so far. */
export interface RowCounter {
  read: number;
  staged: number;
  rejected: number;
  /** Rows older than `since`. */
  skipped: number;
}

type PlaceRow = (row: SourceRow, lines: string[], rejections: Rejection[]) => void;

/**
 * Stages every good row of a file.
 *
 * @param onRows told after each piece of the file
 * @throws ImportError as soon as more rows are refused than a limit in rows allows
 */
export async function stageRows(
  request: LoadRequest,
  client: PoolClient,
  onRows: (counter: RowCounter) => void,
): Promise<RowCounter> {
  const { opened, match, signal, rejectLimit, limits } = request;
  const counter: RowCounter = { read: 0, staged: 0, rejected: 0, skipped: 0 };
  const place = rowPlacer(request, counter);
  const staging = await startStaging(client, match.format.table, limits.durationMsMax);
  try {
    for await (const rows of opened.source.batches()) {
      signal?.throwIfAborted();
      const rejections: Rejection[] = [];
      const lines: string[] = [];
      for (const row of rows) place(row, lines, rejections);
      await staging.write(lines);
      await request.rejects.write(rejections);
      if (isPassedEarly(rejectLimit, counter)) assertWithinLimit(rejectLimit, counter, false);
      onRows(counter);
    }
    await staging.end();
    return counter;
  } catch (error) {
    staging.abort();
    throw error;
  }
}

/** Makes the function that puts a row where it belongs, and counts it. */
function rowPlacer({ opened, match, since }: LoadRequest, counter: RowCounter): PlaceRow {
  const { format } = match;
  const read = rowReader(match, opened.source.headings);
  const stage = rowStager(format.table, new Date().toISOString());
  return (row, lines, rejections) => {
    counter.read += 1;
    const draft = read(row);
    if (!isDraft(draft)) {
      counter.rejected += 1;
      rejections.push(...draft);
      return;
    }
    if (since !== undefined && isBefore(draft, format, since)) {
      counter.skipped += 1;
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
}

function isDraft<Draft extends object>(
  result: Draft | readonly Rejection[],
): result is Exclude<Draft, readonly Rejection[]> {
  return !Array.isArray(result);
}
