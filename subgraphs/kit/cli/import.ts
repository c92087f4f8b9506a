// `npm run sector -- import <sector> <file...>`: files in, a receipt each. Receipts go to standard
// output, everything else to standard error.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { COMMAND_CONNECT_TIMEOUT_MS, openPool, type Pool } from '../database/pool.ts';
import { importFile, type ImportableSector, type Receipt } from '../ingestion/import-file.ts';
import { ImportError } from '../ingestion/import-error.ts';
import { toImportError } from '../ingestion/import-failure.ts';
import { IMPORT_LIMITS } from '../ingestion/import-limits.ts';
import { spool, type SpooledFile } from '../ingestion/spool.ts';
import { STANDARD_INPUT, type ImportInput, type ImportInputs } from './import-inputs.ts';
import { importProgress } from './import-progress.ts';
import { readImportSettings, type ImportSettings, type ImportWords } from './import-settings.ts';
import { receiptHeadings, receiptText, totalText } from './import-receipt.ts';
import { listenForInterrupt } from './interrupt.ts';

/** What the command line asks for. */
export interface ImportRequest extends ImportWords {
  readonly sector: ImportableSector;
  /** Database of the sector, with its migrations applied. */
  readonly databaseUrl: string;
  /** Files, folders, or `-` for standard input. */
  readonly files: readonly string[];
  /** Refused rows are written below it unless `rejects` says otherwise. */
  readonly dataDirectory: string;
  /** Ends the import; default: the first Ctrl-C or SIGTERM. */
  readonly signal?: AbortSignal | undefined;
  /** Where receipts and messages go; default: standard output and standard error. */
  readonly write?: ImportOutput | undefined;
  /** Default: standard input of the process. */
  readonly input?: (Readable & { readonly isTTY?: boolean }) | undefined;
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

/** Where a command writes unless a test listens. */
export const PROCESS_OUTPUT: ImportOutput = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

const LEFT_OUT_SHOWN_MAX = 10;

/** Imports files one after the other; returns one of {@link IMPORT_EXIT}. */
export async function importCommand(request: ImportRequest): Promise<number> {
  const output = request.write ?? PROCESS_OUTPUT;
  let settings: ImportSettings;
  try {
    settings = await readImportSettings(request.sector, request.files, request);
  } catch (error) {
    output.err(`${toImportError(error).message}\n`);
    return IMPORT_EXIT.usage;
  }
  sayWhatIsLeftOut(settings, output);
  const pool = openPool(request.databaseUrl, {
    name: `${request.sector.name}-import`,
    connectionsMax: 2,
    connectTimeoutMs: COMMAND_CONNECT_TIMEOUT_MS,
    readOnly: false,
    // The import that used the connection fails with the reason.
    onIdleError: () => undefined,
  });
  const interrupt = request.signal
    ? undefined
    : listenForInterrupt(() => {
        output.err('\nStopping; nothing of the file under way will be kept.\n');
      });
  try {
    return await importAll(request, settings, pool, output, request.signal ?? interrupt?.signal);
  } finally {
    interrupt?.stop();
    await pool.end();
  }
}

async function importAll(
  request: ImportRequest,
  settings: ImportSettings,
  pool: Pool,
  output: ImportOutput,
  signal: AbortSignal | undefined,
): Promise<number> {
  const rejectsPaths = rejectsPathsOf(request, settings.inputs);
  const receipts: Receipt[] = [];
  let exitCode: number = IMPORT_EXIT.done;
  if (request.dryRun && !request.json) output.out('A trial: nothing is written.\n');
  for (const [at, input] of settings.inputs.entries()) {
    const rejectsPath = rejectsPaths[at] ?? null;
    try {
      const receipt = await importOne(request, settings, pool, input, rejectsPath, signal);
      if (!request.json && receipts.length === 0) output.out(receiptHeadings());
      output.out(request.json ? jsonLine(request, receipt) : receiptText(receipt));
      receipts.push(receipt);
      if (receipt.rejected > 0 && exitCode === IMPORT_EXIT.done) exitCode = IMPORT_EXIT.rowsRefused;
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      const file = input.name;
      const { kind, message } = error;
      const where = kind === 'refused' && rejectsPath !== null ? `\n  ${rejectsPath}` : '';
      output.err(`${file}: ${message}${where}\n`);
      if (request.json) output.out(`${JSON.stringify({ file, kind, error: message })}\n`);
      const left = settings.inputs.length - at - 1;
      if (kind === 'stopped' || kind === 'database' || kind === 'disk') {
        if (left > 0) output.err(`Not tried: ${left} more. ${RESUME}\n`);
        return kind === 'stopped' ? IMPORT_EXIT.stopped : IMPORT_EXIT.failed;
      }
      exitCode = IMPORT_EXIT.failed;
    }
  }
  if (receipts.length > 1 && !request.json) output.out(totalText(receipts));
  return exitCode;
}

const RESUME = 'The same command again goes on with them: files that are in are known.';

async function importOne(
  request: ImportRequest,
  settings: ImportSettings,
  pool: Pool,
  { path, name }: ImportInput,
  rejectsPath: string | null,
  signal: AbortSignal | undefined,
): Promise<Receipt> {
  const { mapping, since, rejectLimit } = settings;
  const spooled = path === STANDARD_INPUT ? await spoolInput(request, signal) : undefined;
  const bytes = spooled?.bytes ?? (await stat(path).catch(() => null))?.size ?? 0;
  const progress = request.write ? undefined : importProgress(name, bytes);
  try {
    return await importFile({
      ...{ pool, sector: request.sector, path, name, rejectsPath },
      dryRun: request.dryRun ?? false,
      again: request.again ?? false,
      ...(spooled && { stored: spooled }),
      ...(request.as !== undefined && { as: request.as }),
      ...(request.sheet !== undefined && { sheet: request.sheet }),
      ...(mapping && { mapping }),
      ...(since !== undefined && { since }),
      ...(rejectLimit && { rejectLimit }),
      ...(signal && { signal }),
      ...(progress && { onProgress: progress.show }),
    });
  } finally {
    progress?.end();
    await spooled?.close();
  }
}

async function spoolInput(
  { input = process.stdin, dataDirectory }: ImportRequest,
  signal: AbortSignal | undefined,
): Promise<SpooledFile> {
  if (input.isTTY) {
    throw new ImportError('input', 'Nothing is piped into standard input: `import tax - < file`.');
  }
  try {
    const folder = join(dataDirectory, 'spool');
    return await spool(input, { folder, limits: IMPORT_LIMITS, ...(signal && { signal }) });
  } catch (error) {
    throw toImportError(error, signal);
  }
}

function sayWhatIsLeftOut({ leftOut }: ImportInputs, output: ImportOutput): void {
  if (leftOut.length === 0) return;
  const shown = leftOut.slice(0, LEFT_OUT_SHOWN_MAX).join(', ');
  const more = leftOut.length > LEFT_OUT_SHOWN_MAX ? ', ...' : '';
  output.err(`Left out, being no record files by their names: ${shown}${more}\n`);
}

/** Gives every input a place of its own for its refused rows; a trial writes them only where told. */
function rejectsPathsOf(
  request: ImportRequest,
  inputs: readonly ImportInput[],
): readonly (string | null)[] {
  const { rejects, dryRun, dataDirectory, sector } = request;
  if (rejects !== undefined) return [rejects];
  if (dryRun) return [];
  const taken = new Map<string, number>();
  return inputs.map(({ name }) => {
    const plain = name.replace(/[[\]]/g, '');
    const count = (taken.get(plain) ?? 0) + 1;
    taken.set(plain, count);
    const own = count === 1 ? plain : `${plain}.${count}`;
    return join(dataDirectory, 'rejects', sector.name, `${own}.rejects.csv`);
  });
}

function jsonLine({ sector }: ImportRequest, receipt: Receipt): string {
  return `${JSON.stringify({ sector: sector.name, ...receipt })}\n`;
}
