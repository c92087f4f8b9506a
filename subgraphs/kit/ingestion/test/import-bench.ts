// Imports texts as a test writes them, into a database of its own.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from '../../database/pool.ts';
import { importFile, type ImportOptions, type Receipt } from '../import-file.ts';
import { createPenaltyDatabase, PENALTY_SECTOR } from './penalty-sector.ts';

/** Code of the subject of most tests. */
export const CODE = '91990101MA7K3P2Q8J';

/** What a test of imports works with. */
export interface ImportBench {
  readonly pool: Pool;
  readonly url: string;
  readonly folder: string;
  /** Imports a text as the file `name`, by default penalties.csv. */
  importText(
    content: string | Buffer,
    options?: Partial<ImportOptions>,
    name?: string,
  ): Promise<Receipt>;
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a database and a folder for the tests of one file. */
export async function openImportBench(): Promise<ImportBench> {
  const database = await createPenaltyDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'credit-import-'));
  return {
    pool: database.pool,
    url: database.url,
    folder,
    async importText(content, options = {}, name = 'penalties.csv') {
      const path = join(folder, name);
      await writeFile(path, content);
      return importFile({
        pool: database.pool,
        sector: PENALTY_SECTOR,
        path,
        rejectsPath: join(folder, 'rejects.csv'),
        ...options,
      });
    },
    async rows(sql) {
      return (await database.pool.query<Record<string, unknown>>(sql)).rows;
    },
    async empty() {
      await database.pool.query('truncate penalties, batches, withdrawals');
    },
    async close() {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Writes a file with four columns: code, number, facts, day. */
export function csv(...rows: readonly string[]): string {
  const headings = '统一社会信用代码,行政处罚决定书文号,违法事实,处罚决定日期';
  return `${[headings, ...rows].join('\n')}\n`;
}

/** Reads the lines of the rejects file of a receipt, without its headings. */
export async function rejectsOf(receipt: Receipt): Promise<readonly string[]> {
  assert.ok(receipt.rejectsFile);
  const text = await readFile(receipt.rejectsFile, 'utf8');
  assert.ok(text.startsWith('\ufefffile,line,column,value,reason\r\n'));
  return text.trimEnd().split('\r\n').slice(1);
}

/** Lists the counts of a receipt: read, inserted, changed, unchanged, rejected. */
export function countsOf(receipt: Receipt): readonly number[] {
  const { read, inserted, changed, unchanged, rejected } = receipt;
  return [read, inserted, changed, unchanged, rejected];
}
