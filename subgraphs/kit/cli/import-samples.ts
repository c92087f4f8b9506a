// The sample files of a sector in its database, each once: what was imported is known by its bytes, and
// not even opened again.
import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMAND_CONNECT_TIMEOUT_MS, openPool, type Pool } from '../database/pool.ts';
import type { Receipt } from '../ingestion/import-file.ts';
import type { Logger } from '../log.ts';
import type { Sector } from '../server/sector.ts';

/**
 * Which sample files are imported:
 * - `new`: those that never came in.
 * - `alone`: the same, and none into a database to which anything else ever came in.
 */
export type SampleChoice = 'new' | 'alone';

/** What the samples of a sector came to. */
export interface SampleTotals {
  readonly records: number;
  readonly rejected: number;
  /** Files that were read now; the others had been imported before. */
  readonly files: number;
}

/**
 * Imports the sample files of a sector through the import that its own files go through. One that was
 * withdrawn stays so.
 */
export async function importSamples(
  sector: Sector,
  url: string,
  dataDirectory: string,
  log: Logger,
  choice: SampleChoice = 'new',
): Promise<SampleTotals> {
  const pool = openPool(url, {
    name: `${sector.name} import`,
    readOnly: false,
    connectionsMax: 2,
    statementTimeoutMs: 0,
    connectTimeoutMs: COMMAND_CONNECT_TIMEOUT_MS,
    onIdleError: (error) => {
      log.warn({ err: error }, 'an idle connection broke');
    },
  });
  try {
    const folder = join(sector.directory, 'samples');
    const receipts: Receipt[] = [];
    const names = await namesOfNew(pool, folder, choice);
    if (names.length === 0) return { records: 0, rejected: 0, files: 0 };
    // What reads record files is large, and most starts have none to read.
    const { importFile } = await import('../ingestion/import-file.ts');
    for (const name of names) {
      const rejectsPath = join(dataDirectory, 'rejects', sector.name, `${name}.rejects.csv`);
      receipts.push(await importFile({ pool, sector, path: join(folder, name), rejectsPath }));
    }
    return {
      records: receipts.reduce((sum, r) => sum + r.inserted + r.changed, 0),
      rejected: receipts.reduce((sum, r) => sum + r.rejected, 0),
      files: receipts.length,
    };
  } finally {
    await pool.end();
  }
}

/** Lists the files of a folder that are to come into the database, by name. */
async function namesOfNew(
  pool: Pool,
  folder: string,
  choice: SampleChoice,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ hash: string }>('select file_hash as hash from batches');
  const known = new Set(rows.map((row) => row.hash));
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => ({
      name,
      hash: hash('sha256', await readFile(join(folder, name)), 'hex'),
    })),
  );
  if (choice === 'alone') {
    // Samples of which some are in were stopped half-way, and are gone on with.
    const samples = new Set(files.map((file) => file.hash));
    if (![...known].every((one) => samples.has(one))) return [];
  }
  return files
    .filter((file) => !known.has(file.hash))
    .map((file) => file.name)
    .sort();
}
