// One record file into the database of its sector: all of its good rows or none, and a receipt.
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { PoolClient } from 'pg';
import type { Pool } from '../database/pool.ts';
import type { Logger } from '../log.ts';
import { findBatch, isSizeKnown } from './batches.ts';
import { shownFileName } from './file-name.ts';
import { chooseFormat, type FormatMatch } from './format-detection.ts';
import { toImportError } from './import-failure.ts';
import { ImportError } from './import-error.ts';
import { IMPORT_LIMITS, type ImportLimits } from './import-limits.ts';
import { loadRows, type ImportProgress, type LoadCounts } from './load-rows.ts';
import { importQuery } from './merge.ts';
import {
  hashFile,
  openRecordFile,
  readFileBytes,
  sizeOfFile,
  type OpenedFile,
} from './opened-file.ts';
import type { RecordFile } from './record-file.ts';
import { openRejectsFile } from './rejects-file.ts';
import type { FileKind } from './row-source.ts';

export type { ImportProgress } from './load-rows.ts';

/** The part of a sector that importing needs. */
export interface ImportableSector {
  readonly name: string;
  readonly files: readonly RecordFile[];
  /** Runs inside the transaction of the merge, before anything is visible. */
  readonly afterMerge?: (client: PoolClient, batchId: string) => Promise<void>;
}

/** What to import, and how. */
export interface ImportOptions {
  /** Connections that may write. */
  readonly pool: Pool;
  readonly sector: ImportableSector;
  /** The file; with `content`, only its name. */
  readonly path: string;
  /** The bytes, where they do not come from the disk. */
  readonly content?: AsyncIterable<Buffer>;
  /** Name of the format; by default told by the headings. */
  readonly as?: string;
  /** Where refused rows are written; one of an earlier import is replaced. */
  readonly rejectsPath: string;
  /** Reads a file again that has been imported; default false. */
  readonly again?: boolean;
  readonly log?: Logger;
  readonly signal?: AbortSignal;
  /** Told after every few thousand rows. */
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly limits?: Partial<ImportLimits>;
}

/** What an import did. Rows read = inserted + changed + unchanged + rejected. */
export interface Receipt extends LoadCounts {
  readonly file: string;
  /** Name of the format. */
  readonly format: string;
  readonly kind: FileKind;
  /** The batch of the records; of the earlier import if the file had been imported. */
  readonly batchId: string;
  readonly milliseconds: number;
  /** The same bytes were imported before: nothing was read. */
  readonly alreadyImported: boolean;
  /** The file of refused rows; null if none was refused. */
  readonly rejectsFile: string | null;
}

/**
 * Imports a record file.
 *
 * Stopped at any moment (signal, lost connection, end of the process) it leaves nothing behind. No
 * resident number of the file reaches the database, the rejects file, the receipt or the log.
 *
 * @throws ImportError when the file as a whole cannot be imported
 */
export async function importFile(options: ImportOptions): Promise<Receipt> {
  const started = performance.now();
  const file = shownFileName(options.path);
  const log = options.log;
  try {
    const receipt = await importOpened(options, file, started);
    log?.info(
      { ...receipt, rejectsFile: undefined },
      receipt.alreadyImported ? 'file was imported before' : 'file imported',
    );
    return receipt;
  } catch (error) {
    const failure = toImportError(error, options.signal);
    log?.error({ file, kind: failure.kind, reason: failure.message }, 'import failed');
    throw failure;
  }
}

async function importOpened(
  options: ImportOptions,
  file: string,
  started: number,
): Promise<Receipt> {
  const { sector, path, signal } = options;
  const limits = { ...IMPORT_LIMITS, ...options.limits };
  signal?.throwIfAborted();
  if (resolve(options.rejectsPath) === resolve(path)) {
    throw new ImportError('input', 'The file of refused rows must not be the imported file.');
  }
  const size = options.content ? null : await sizeOfFile(path, limits);
  const bytes = options.content ?? readFileBytes(path);
  const opened = await openRecordFile(bytes, sector.files, limits);
  try {
    const match = chooseFormat(sector.files, opened.source.headings, options.as);
    const base = { file, format: match.format.name, kind: opened.source.kind };
    const before = size === null || options.again ? null : await imported(options, size, match);
    if (before !== null) return receiptOfKnownFile(base, before, started);

    const loaded = await load(options, file, opened, match, limits);
    if ('knownBatch' in loaded) return receiptOfKnownFile(base, loaded.knownBatch, started);
    return { ...base, ...loaded, milliseconds: elapsed(started), alreadyImported: false };
  } finally {
    await opened.close();
  }
}

/** Looks the file up by the hash of its bytes, if one of its size was ever imported. */
async function imported(
  options: ImportOptions,
  size: number,
  match: FormatMatch,
): Promise<string | null> {
  const client = await options.pool.connect();
  try {
    const query = importQuery(client, IMPORT_LIMITS.durationMsMax);
    if (!(await isSizeKnown(query, size))) return null;
    const hash = await hashFile(options.path, options.signal);
    return await findBatch(query, hash, match.format.name);
  } finally {
    client.release();
  }
}

async function load(
  options: ImportOptions,
  file: string,
  opened: OpenedFile,
  match: FormatMatch,
  limits: ImportLimits,
): Promise<
  | (LoadCounts & { readonly batchId: string; readonly rejectsFile: string | null })
  | { readonly knownBatch: string }
> {
  const { sector, signal, onProgress } = options;
  const rejects = await openRejectsFile(options.rejectsPath, file);
  const batchId = randomUUID();
  try {
    const counts = await loadRows({
      pool: options.pool,
      opened,
      match,
      limits,
      rejects,
      batchId,
      file,
      again: options.again ?? false,
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
      ...(sector.afterMerge && { afterMerge: sector.afterMerge }),
    });
    if ('knownBatch' in counts) return counts;
    return { ...counts, batchId, rejectsFile: await rejects.close() };
  } finally {
    await rejects.close();
  }
}

function receiptOfKnownFile(
  base: Pick<Receipt, 'file' | 'format' | 'kind'>,
  batchId: string,
  started: number,
): Receipt {
  const none = { read: 0, inserted: 0, changed: 0, unchanged: 0, rejected: 0 };
  const milliseconds = elapsed(started);
  return { ...base, ...none, batchId, milliseconds, alreadyImported: true, rejectsFile: null };
}

function elapsed(started: number): number {
  return Math.round(performance.now() - started);
}
