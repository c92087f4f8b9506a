// What the words of `import` mean, read before the first file is touched.
import { readFile, stat } from 'node:fs/promises';
import type { ColumnMapping } from '../ingestion/column-mapping.ts';
import { ImportError } from '../ingestion/import-error.ts';
import type { ImportableSector } from '../ingestion/import-file.ts';
import { IMPORT_LIMITS } from '../ingestion/import-limits.ts';
import { parseRejectLimit, type RejectLimit } from '../ingestion/reject-limit.ts';
import { parseSince, type Since } from '../ingestion/since.ts';
import { listImportInputs, STANDARD_INPUT, type ImportInputs } from './import-inputs.ts';

/** The words of the command line that say how to import. */
export interface ImportWords {
  /** Name of the format. */
  readonly as?: string | undefined;
  /** File that says what the columns of the files mean. */
  readonly columns?: string | undefined;
  /** Sheet of a workbook. */
  readonly sheet?: string | undefined;
  /** A day, an instant, or `last`. */
  readonly since?: string | undefined;
  /** A number of rows, or a share of them. */
  readonly rejectLimit?: string | undefined;
  /** File for refused rows; of one file only. */
  readonly rejects?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Reads files again that are known. */
  readonly again?: boolean | undefined;
  /** Writes receipts as JSON, one a line. */
  readonly json?: boolean | undefined;
}

/** What the words mean. */
export interface ImportSettings extends ImportInputs {
  readonly mapping?: ColumnMapping;
  readonly since?: Since | 'last';
  readonly rejectLimit?: RejectLimit;
}

const MAPPING_BYTES_MAX = 262_144;

/**
 * Reads the words of a command line before anything is done.
 *
 * @throws ImportError for words that are wrong
 */
export async function readImportSettings(
  sector: ImportableSector,
  files: readonly string[],
  words: ImportWords,
): Promise<ImportSettings> {
  const wrong = wrongUsage(sector, files, words);
  if (wrong !== undefined) throw new ImportError('input', wrong);
  const { since, rejectLimit, columns } = words;
  const inputs = await listImportInputs(files, IMPORT_LIMITS);
  if (since === 'last' && inputs.inputs.length > 1) {
    throw new ImportError(
      'input',
      '--since last takes one file: after a stop half-way, the files that are in would pass for the ' +
        'last import of those that are not. Name the day.',
    );
  }
  if (words.rejects !== undefined && inputs.inputs.length > 1) {
    throw new ImportError(
      'input',
      '--rejects takes the refused rows of one file; leave it out for several.',
    );
  }
  const mapping = columns === undefined ? undefined : await readMapping(columns, sector);
  return {
    ...inputs,
    ...(mapping && { mapping }),
    ...(since !== undefined && { since: since === 'last' ? since : parseSince(since) }),
    ...(rejectLimit !== undefined && { rejectLimit: parseRejectLimit(rejectLimit) }),
  };
}

/** Most imports map no columns: what reads a mapping is loaded by those that do. */
async function readMapping(path: string, { files }: ImportableSector): Promise<ColumnMapping> {
  if ((await stat(path)).size > MAPPING_BYTES_MAX) {
    throw new ImportError('input', `A column mapping has ${MAPPING_BYTES_MAX} bytes at most.`);
  }
  const { readColumnMapping } = await import('../ingestion/column-mapping.ts');
  return readColumnMapping(await readFile(path, 'utf8'), files);
}

function wrongUsage(
  sector: ImportableSector,
  files: readonly string[],
  { as, columns }: ImportWords,
): string | undefined {
  if (files.length === 0) return 'Name at least one file or folder, or - for standard input.';
  if (files.filter((word) => word === STANDARD_INPUT).length > 1) {
    return 'Standard input (-) can be read once.';
  }
  if (as !== undefined && columns !== undefined) {
    return 'The file of --columns names the format; leave --as out.';
  }
  if (as === undefined || sector.files.some((format) => format.name === as)) return undefined;
  const names = sector.files.map((format) => format.name).join(', ');
  return `The sector ${sector.name} has no format of this name; its formats: ${names}`;
}
