// The command `import` as a test runs it: on the database of its bench, with its output kept.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PENALTY_SECTOR } from '../../ingestion/test/penalty-sector.ts';
import type { ImportBench } from '../../ingestion/test/import-bench.ts';
import { importCommand, type ImportRequest } from '../import.ts';

/** What a run of the command came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Writes files by name, and imports them. */
export async function runImport(
  bench: ImportBench,
  contents: Readonly<Record<string, string>>,
  request: Partial<ImportRequest> = {},
): Promise<Ran> {
  const files: string[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const path = join(bench.folder, name);
    await writeFile(path, content);
    files.push(path);
  }
  return runImportOf(bench, files, request);
}

/** Imports what the words of a command line name. */
export async function runImportOf(
  bench: ImportBench,
  files: readonly string[],
  request: Partial<ImportRequest> = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await importCommand({
    sector: PENALTY_SECTOR,
    databaseUrl: bench.url,
    files,
    dataDirectory: bench.folder,
    write: {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
    },
    ...request,
  });
  return { code, out, err };
}
