// `npm run sector -- import <sector> <file...>`: files in, a receipt each. Receipts go to standard
// output, everything else to standard error.
import { join } from 'node:path';
import { stat } from 'node:fs/promises';
import { openPool, type Pool } from '../database/pool.ts';
import { shownFileName } from '../ingestion/file-name.ts';
import { importFile, type ImportableSector, type Receipt } from '../ingestion/import-file.ts';
import { ImportError } from '../ingestion/import-error.ts';
import { importProgress } from './import-progress.ts';

/** What the command line asks for. */
export interface ImportRequest {
  readonly sector: ImportableSector;
  /** Database of the sector, with its migrations applied. */
  readonly databaseUrl: string;
  readonly files: readonly string[];
  /** Refused rows are written below it unless `rejects` says otherwise. */
  readonly dataDirectory: string;
  /** Name of the format. */
  readonly as?: string | undefined;
  /** Writes receipts as JSON, one a line. */
  readonly json?: boolean | undefined;
  /** File for refused rows; of one file only. */
  readonly rejects?: string | undefined;
  /** Ends the import; default: the first Ctrl-C or SIGTERM. */
  readonly signal?: AbortSignal | undefined;
  /** Where receipts and messages go; default: standard output and standard error. */
  readonly write?: ImportOutput | undefined;
}

/** Where an import writes. */
export interface ImportOutput {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Exit codes of the command. */
export const IMPORT_EXIT = {
  /** Every row of every file is in. */
  done: 0,
  /** A file could not be imported; nothing of it is in. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Every file is in, and some rows were refused. */
  rowsRefused: 3,
  /** Stopped by Ctrl-C; nothing of the file under way is in. */
  stopped: 130,
} as const;

const PROCESS_OUTPUT: ImportOutput = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

/** Imports files one after the other; returns one of {@link IMPORT_EXIT}. */
export async function importCommand(request: ImportRequest): Promise<number> {
  const output = request.write ?? PROCESS_OUTPUT;
  const wrong = wrongUsage(request);
  if (wrong !== undefined) {
    output.err(`${wrong}\n`);
    return IMPORT_EXIT.usage;
  }
  const pool = openPool(request.databaseUrl, {
    name: `${request.sector.name}-import`,
    connectionsMax: 2,
    readOnly: false,
    // The import that used the connection fails with the reason.
    onIdleError: () => undefined,
  });
  const interrupt = request.signal ? undefined : listenForInterrupt(output);
  try {
    return await importAll(request, pool, output, request.signal ?? interrupt?.signal);
  } finally {
    interrupt?.stop();
    await pool.end();
  }
}

async function importAll(
  request: ImportRequest,
  pool: Pool,
  output: ImportOutput,
  signal: AbortSignal | undefined,
): Promise<number> {
  let exitCode: number = IMPORT_EXIT.done;
  let receipts = 0;
  for (const path of request.files) {
    try {
      const receipt = await importOne(request, pool, path, signal);
      output.out(request.json ? jsonLine(request, receipt) : receiptText(receipt, receipts === 0));
      receipts += 1;
      if (receipt.rejected > 0 && exitCode === IMPORT_EXIT.done) exitCode = IMPORT_EXIT.rowsRefused;
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      const file = shownFileName(path);
      output.err(`${file}: ${error.message}\n`);
      if (request.json) output.out(`${JSON.stringify({ file, error: error.message })}\n`);
      if (error.kind === 'stopped') return IMPORT_EXIT.stopped;
      exitCode = IMPORT_EXIT.failed;
    }
  }
  return exitCode;
}

async function importOne(
  request: ImportRequest,
  pool: Pool,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Receipt> {
  const found = await stat(path).catch(() => null);
  const progress = request.write ? undefined : importProgress(path, found?.size ?? 0);
  try {
    return await importFile({
      pool,
      sector: request.sector,
      path,
      rejectsPath: request.rejects ?? defaultRejectsPath(request, path),
      ...(request.as !== undefined && { as: request.as }),
      ...(signal && { signal }),
      ...(progress && { onProgress: progress.show }),
    });
  } finally {
    progress?.end();
  }
}

function defaultRejectsPath({ dataDirectory, sector }: ImportRequest, path: string): string {
  const name = shownFileName(path).replace(/[[\]]/g, '');
  return join(dataDirectory, 'rejects', sector.name, `${name}.rejects.csv`);
}

function wrongUsage({ files, rejects, as, sector }: ImportRequest): string | undefined {
  if (files.length === 0) return 'Name at least one file.';
  if (rejects !== undefined && files.length > 1) {
    return '--rejects takes the refused rows of one file; leave it out for several.';
  }
  if (as === undefined || sector.files.some((format) => format.name === as)) return undefined;
  const names = sector.files.map((format) => format.name).join(', ');
  return `The sector ${sector.name} has no format of this name; its formats: ${names}`;
}

function jsonLine({ sector }: ImportRequest, receipt: Receipt): string {
  return `${JSON.stringify({ sector: sector.name, ...receipt })}\n`;
}

const COLUMNS = ['read', 'inserted', 'changed', 'unchanged', 'rejected'] as const;
const NUMBER_WIDTH = 11;
const NAME_WIDTH = 44;

function receiptText(receipt: Receipt, withHeadings: boolean): string {
  const head = ['file (format)'.padEnd(NAME_WIDTH), ...COLUMNS, 'seconds']
    .map((text) => text.padStart(NUMBER_WIDTH))
    .join('');
  const lines = withHeadings ? [head] : [];
  const name = `${receipt.file} (${receipt.format})`;
  if (receipt.alreadyImported) {
    lines.push(`${name.padEnd(NAME_WIDTH)}  unchanged file: batch ${receipt.batchId} holds it`);
  } else {
    const numbers = COLUMNS.map((column) => receipt[column].toLocaleString('en-GB'));
    const seconds = (receipt.milliseconds / 1000).toFixed(1);
    const cells = [...numbers, seconds].map((text) => text.padStart(NUMBER_WIDTH));
    lines.push(name.padEnd(NAME_WIDTH) + cells.join(''));
  }
  if (receipt.rejectsFile !== null) lines.push(`  refused rows: ${receipt.rejectsFile}`);
  return `${lines.join('\n')}\n`;
}

/** The first Ctrl-C stops the import in good order; the second ends the process as usual. */
function listenForInterrupt(output: ImportOutput): {
  readonly signal: AbortSignal;
  readonly stop: () => void;
} {
  const controller = new AbortController();
  const abort = (): void => {
    output.err('\nStopping; nothing of the file under way will be kept.\n');
    stop();
    controller.abort();
  };
  const stop = (): void => {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
  };
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  return { signal: controller.signal, stop };
}
