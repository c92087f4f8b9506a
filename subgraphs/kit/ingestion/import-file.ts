// One record file into the database of its sector: all of its good rows or none, and a receipt.
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { PoolClient } from 'pg';
import type { Pool } from '../database/pool.ts';
import type { Logger } from '../log.ts';
import { findBatch, isSizeKnown, lastImportDay, type KnownBatch } from './batches.ts';
import type { ColumnMapping } from './column-mapping.ts';
import { shownFileName } from './file-name.ts';
import { chooseFormat, type FormatMatch } from './format-detection.ts';
import { toImportError } from './import-failure.ts';
import { ImportError } from './import-error.ts';
import { IMPORT_LIMITS, type ImportLimits } from './import-limits.ts';
import { loadRows, type ImportProgress, type LoadCounts } from './load-rows.ts';
import { importQuery, type ImportQuery } from './merge.ts';
import { hashFile, openRecordFile, type OpenedFile } from './opened-file.ts';
import { readingKey, type ReadingOptions } from './reading-key.ts';
import type { RecordFile } from './record-file.ts';
import type { RejectLimit } from './reject-limit.ts';
import type { Rejection } from './rejection.ts';
import { keepFirstRejections, openRejectsFile } from './rejects-file.ts';
import type { FileKind } from './row-source.ts';
import { sinceDay, type Since } from './since.ts';
import { storedFile, type StoredFile } from './stored-file.ts';

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
  /** The file; with `content` or `stored`, only its name. */
  readonly path: string;
  /** How the file is called in receipts and in the register; default: its name without folder. */
  readonly name?: string;
  /** The bytes, where they do not come from the disk and can be read once. */
  readonly content?: AsyncIterable<Buffer>;
  /** The bytes, where they can be read more than once and stand under no path. */
  readonly stored?: StoredFile;
  /** Name of the format; by default told by the headings. */
  readonly as?: string;
  /** Columns of a file that has headings of its own. */
  readonly mapping?: ColumnMapping;
  /** Sheet of a workbook that has several. */
  readonly sheet?: string;
  /** Skips rows that are older; `last` is the day of the last import of the format. */
  readonly since?: Since | 'last';
  /** Where refused rows are written; one of an earlier import is replaced. Null writes none. */
  readonly rejectsPath: string | null;
  /** Refused rows beyond which nothing of the file comes in. */
  readonly rejectLimit?: RejectLimit;
  /** Does all of the work and takes it back: the receipt says what would have been. Default false. */
  readonly dryRun?: boolean;
  /** Reads a file again that has been imported; default false. */
  readonly again?: boolean;
  readonly log?: Logger;
  readonly signal?: AbortSignal;
  /** Told after every few thousand rows. */
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly limits?: Partial<ImportLimits>;
}

/** What an import did. Rows read = inserted + changed + unchanged + rejected + skipped. */
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
  /** The earlier import was withdrawn; `again` reads the file all the same. */
  readonly wasWithdrawn: boolean;
  /** Nothing was kept: this is what would have been. */
  readonly dryRun: boolean;
  /** The legal day from which on rows were read; null where all were. */
  readonly since: string | null;
  /** The file of refused rows; null if none was refused, or none was to be written. */
  readonly rejectsFile: string | null;
  /** The first reasons, where they were to be written to no file. */
  readonly rejections?: readonly Rejection[];
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
  const file = options.name ?? shownFileName(options.path);
  const log = options.log;
  try {
    const receipt = await importOpened(options, file, started);
    log?.info(
      { ...receipt, rejectsFile: undefined, rejections: undefined },
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
  const { sector, path, signal, mapping } = options;
  const limits = { ...IMPORT_LIMITS, ...options.limits };
  signal?.throwIfAborted();
  if (options.rejectsPath !== null && resolve(options.rejectsPath) === resolve(path)) {
    throw new ImportError('input', 'The file of refused rows must not be the imported file.');
  }
  const source = await bytesOf(options, limits);
  const files = mapping ? [mapping.format] : sector.files;
  const opened = await openRecordFile(source.read(), files, limits, options.sheet);
  try {
    mapping?.assertFits(opened.source);
    const match = chooseFormat(files, opened.source.headings, mapping?.format.name ?? options.as);
    const reading = await readingOptions(options, match);
    const base: ReceiptBase = {
      ...{ file, format: match.format.name, kind: opened.source.kind },
      ...{ dryRun: options.dryRun ?? false, since: reading.since?.day ?? null },
    };
    const mayBeKnown = source.bytes !== null && !options.again;
    const before = mayBeKnown ? await imported(options, source, match, reading) : null;
    if (before !== null) return receiptOfKnownFile(base, before, started);

    const loaded = await load(options, reading, { file, opened, match, limits });
    if ('knownBatch' in loaded) return receiptOfKnownFile(base, loaded.knownBatch, started);
    const milliseconds = elapsed(started);
    return { ...base, ...loaded, milliseconds, alreadyImported: false, wasWithdrawn: false };
  } finally {
    await opened.close();
  }
}

type ReceiptBase = Pick<Receipt, 'file' | 'format' | 'kind' | 'dryRun' | 'since'>;

/** A file whose bytes can be read once has no size yet. */
interface ByteSource {
  readonly bytes: number | null;
  readonly read: () => AsyncIterable<Buffer>;
}

async function bytesOf(options: ImportOptions, limits: ImportLimits): Promise<ByteSource> {
  const { content, stored, path } = options;
  if (content) return { bytes: null, read: () => content };
  return stored ?? (await storedFile(path, limits));
}

/** Settles from when on rows are read. */
async function readingOptions(
  { pool, since, mapping, sheet }: ImportOptions,
  { format }: FormatMatch,
): Promise<ReadingOptions> {
  const day =
    since === 'last' ? await withQuery(pool, (query) => lastImportDay(query, format.name)) : null;
  const from = since === 'last' ? (day === null ? undefined : sinceDay(day)) : since;
  return {
    ...(from && { since: from }),
    ...(mapping && { mappingDigest: mapping.digest }),
    ...(sheet !== undefined && { sheet }),
  };
}

/** Looks the file up by the hash of its bytes, if one of its size was ever imported. */
async function imported(
  { pool, signal }: ImportOptions,
  source: ByteSource,
  match: FormatMatch,
  reading: ReadingOptions,
): Promise<KnownBatch | null> {
  return withQuery(pool, async (query) => {
    if (!(await isSizeKnown(query, source.bytes ?? 0))) return null;
    const key = readingKey(await hashFile(source.read(), signal), reading);
    return findBatch(query, key, match.format.name);
  });
}

async function withQuery<T>(pool: Pool, work: (query: ImportQuery) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(importQuery(client, IMPORT_LIMITS.durationMsMax));
  } finally {
    client.release();
  }
}

interface ToLoad {
  readonly file: string;
  readonly opened: OpenedFile;
  readonly match: FormatMatch;
  readonly limits: ImportLimits;
}

type Loaded = LoadCounts & Pick<Receipt, 'batchId' | 'rejectsFile' | 'rejections'>;

async function load(
  options: ImportOptions,
  reading: ReadingOptions,
  { file, opened, match, limits }: ToLoad,
): Promise<Loaded | { readonly knownBatch: KnownBatch }> {
  const { sector, signal, onProgress, rejectLimit, rejectsPath } = options;
  const kept = keepFirstRejections();
  const rejects = rejectsPath === null ? kept : await openRejectsFile(rejectsPath, file);
  const batchId = randomUUID();
  try {
    const counts = await loadRows({
      ...reading,
      pool: options.pool,
      ...{ opened, match, limits, rejects, batchId, file },
      again: options.again ?? false,
      dryRun: options.dryRun ?? false,
      ...(rejectLimit && { rejectLimit }),
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
      ...(sector.afterMerge && { afterMerge: sector.afterMerge }),
    });
    if ('knownBatch' in counts) return counts;
    const rejections = rejectsPath === null ? { rejections: kept.first() } : {};
    return { ...counts, batchId, rejectsFile: await rejects.close(), ...rejections };
  } finally {
    await rejects.close();
  }
}

function receiptOfKnownFile(
  base: ReceiptBase,
  { batchId, isWithdrawn }: KnownBatch,
  started: number,
): Receipt {
  return {
    ...base,
    ...{ read: 0, inserted: 0, changed: 0, unchanged: 0, rejected: 0, skipped: 0 },
    batchId,
    milliseconds: elapsed(started),
    alreadyImported: true,
    wasWithdrawn: isWithdrawn,
    rejectsFile: null,
  };
}

function elapsed(started: number): number {
  return Math.round(performance.now() - started);
}
