// For tests of the file formats: one row as a file of its own, and the reason for which it was refused.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { TestSector } from '../kit/conformance/test-sector.ts';
import type { Receipt } from '../kit/ingestion/import-file.ts';

/** A row under English headings. */
export type TestRow = Readonly<Record<string, unknown>>;

/** A line of a rejects file. */
export interface TestReject {
  readonly line: string;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** Imports rows into a sector under test. */
export interface RowImporter {
  /** Imports one row as a file of the format `as`. */
  readonly importRow: (as: string, row: TestRow) => Promise<Receipt>;
  /** Imports a row that must be refused, and returns the reason. */
  readonly reasonOf: (as: string, row: TestRow) => Promise<string>;
}

/** Makes an importer; `open` gives the sector once it is open. */
export function rowImporter(open: () => TestSector): RowImporter {
  let files = 0;
  const importRow: RowImporter['importRow'] = (as, row) => {
    files += 1;
    return open().importText(`${as}-${files}.jsonl`, `${JSON.stringify(row)}\n`, as);
  };
  return {
    importRow,
    async reasonOf(as, row) {
      const receipt = await importRow(as, row);
      assert.equal(receipt.rejected, 1);
      return (await readRejects(receipt))[0]?.reason ?? '';
    },
  };
}

/** Reads the rejects file of a receipt, which must have one. */
export async function readRejects(receipt: Receipt): Promise<readonly TestReject[]> {
  assert.ok(receipt.rejectsFile);
  return parse(await readFile(receipt.rejectsFile, 'utf8'), { bom: true, columns: true });
}
