// What the words of a command line come to: files, all record files within folders, standard input.
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { shownFileName, shownRelativePath } from '../ingestion/file-name.ts';
import { ImportError } from '../ingestion/import-error.ts';
import type { ImportLimits } from '../ingestion/import-limits.ts';

/** One input of an import. */
export interface ImportInput {
  /** The file, or `-`. */
  readonly path: string;
  /** How it is called; within a folder, with the folders below that. */
  readonly name: string;
}

/** The inputs of a command. */
export interface ImportInputs {
  readonly inputs: readonly ImportInput[];
  /** Names of files in folders that are no record files by their endings. */
  readonly leftOut: readonly string[];
}

/** The word that stands for standard input. */
export const STANDARD_INPUT = '-';

const RECORD_FILE = /\.(?:csv|tsv|jsonl|ndjson|xlsx)$/i;
const REJECTS_FILE = /\.rejects\.csv$/i;
/** Hidden files, and those that a spreadsheet program leaves beside an open one. */
const HIDDEN = /^(?:\.|~\$)/;

/**
 * Lists the inputs in the order of the words; those of a folder in the order of their names.
 *
 * @throws ImportError where a folder holds no record file, and where there are too many
 */
export async function listImportInputs(
  words: readonly string[],
  limits: Pick<ImportLimits, 'filesMax' | 'foldersDeepMax'>,
): Promise<ImportInputs> {
  const inputs: ImportInput[] = [];
  const leftOut: string[] = [];
  for (const word of words) {
    if (word === STANDARD_INPUT) {
      inputs.push({ path: word, name: 'standard-input' });
      continue;
    }
    const found = await stat(word).catch(() => null);
    // What is missing fails as a file, when it is its turn.
    if (!found?.isDirectory()) {
      inputs.push({ path: word, name: shownFileName(word) });
      continue;
    }
    const files = await listFolder(word, limits);
    const named = files.map((path) => ({ path, name: shownRelativePath(relative(word, path)) }));
    const records = named.filter(({ path }) => RECORD_FILE.test(path));
    if (records.length === 0) {
      throw new ImportError(
        'input',
        `The folder ${shownFileName(word)} holds no record file (.csv, .tsv, .jsonl, .xlsx).`,
      );
    }
    inputs.push(...records);
    leftOut.push(...named.filter((file) => !records.includes(file)).map(({ name }) => name));
  }
  if (inputs.length > limits.filesMax) {
    throw new ImportError(
      'input',
      `There are more than ${limits.filesMax} files; import some first.`,
    );
  }
  return { inputs, leftOut };
}

async function listFolder(
  folder: string,
  limits: Pick<ImportLimits, 'filesMax' | 'foldersDeepMax'>,
  deep = 0,
): Promise<readonly string[]> {
  if (deep > limits.foldersDeepMax) {
    const max = limits.foldersDeepMax;
    throw new ImportError('input', `Folders stand in each other more than ${max} deep.`);
  }
  const found: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (HIDDEN.test(entry.name) || REJECTS_FILE.test(entry.name)) continue;
    const path = join(folder, entry.name);
    // A link to a folder could lead back into it; one to a file is a file.
    if (entry.isDirectory()) found.push(...(await listFolder(path, limits, deep + 1)));
    else if (entry.isFile() || (await isLinkToFile(path))) found.push(path);
    if (found.length > limits.filesMax) {
      throw new ImportError('input', `A folder holds more than ${limits.filesMax} files.`);
    }
  }
  return found;
}

async function isLinkToFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
