// Reads the first sheet of an XLSX file. The sheet is held in memory, so that the size is limited
// before anything is unfolded: a few kilobytes of a ZIP archive can stand for gigabytes.
import type { SourceCell } from './cell-text.ts';
import { ImportError } from './import-error.ts';
import type { ImportLimits } from './import-limits.ts';
import type { KnowsHeadings, RowSource, SourceRow } from './row-source.ts';

const HEADING_ROWS_MAX = 10;
const BATCH_ROWS = 1_000;

/**
 * Opens the first sheet of a workbook.
 *
 * @throws ImportError if the file is too large, no workbook, or empty
 */
export async function openXlsx(
  bytes: Buffer,
  knowsHeadings: KnowsHeadings,
  limits: ImportLimits,
): Promise<RowSource> {
  if (bytes.length > limits.sheetBytesMax) {
    throw new ImportError(
      'input',
      `The sheet is larger than ${limits.sheetBytesMax} bytes; save it as CSV in UTF-8.`,
    );
  }
  const unfolded = unfoldedBytes(bytes);
  if (unfolded === null) throw new ImportError('input', 'The file is not an XLSX workbook.');
  if (unfolded > limits.sheetUnfoldedBytesMax) {
    throw new ImportError(
      'input',
      `The sheet unfolds to more than ${limits.sheetUnfoldedBytesMax} bytes; save it as CSV.`,
    );
  }
  const sheet = await readCells(bytes);
  const index = headingRow(sheet, knowsHeadings);
  const headings = (sheet[index] ?? []).map((cell) =>
    typeof cell === 'string' ? cell.trim() : '',
  );
  if (headings.length === 0) throw new ImportError('input', 'The first sheet is empty.');
  if (headings.length > limits.columnsMax) {
    throw new ImportError('input', `The sheet has more than ${limits.columnsMax} columns.`);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the other sources do wait
  async function* batches(): AsyncGenerator<readonly SourceRow[]> {
    for (let from = index + 1; from < sheet.length; from += BATCH_ROWS) {
      const rows: SourceRow[] = [];
      for (let i = from; i < Math.min(from + BATCH_ROWS, sheet.length); i++) {
        const cells = sheet[i] ?? [];
        if (cells.some((cell) => cell !== null && cell !== '')) rows.push({ line: i + 1, cells });
      }
      yield rows;
    }
  }

  return { kind: 'XLSX', headings, batches };
}

async function readCells(bytes: Buffer): Promise<readonly (readonly SourceCell[])[]> {
  // Most imports read no workbook: what unfolds and parses one is loaded by the first that does.
  const { readSheet } = await import('read-excel-file/node');
  try {
    return await readSheet(bytes, { parseNumber: Number });
  } catch (error) {
    // The library's message may quote a cell; its name says enough.
    const name = error instanceof Error ? error.name : 'error';
    throw new ImportError('input', `The workbook cannot be read (${name}); save it as CSV.`);
  }
}

function headingRow(
  sheet: readonly (readonly SourceCell[])[],
  knowsHeadings: KnowsHeadings,
): number {
  const texts = (row: readonly SourceCell[]): string[] =>
    row.map((cell) => (typeof cell === 'string' ? cell.trim() : ''));
  const found = sheet.slice(0, HEADING_ROWS_MAX).findIndex((row) => knowsHeadings(texts(row)));
  return Math.max(found, 0);
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const ENTRIES_MAX = 10_000;

/** Adds up the sizes that the directory of a ZIP archive states; null if it is none. */
function unfoldedBytes(bytes: Buffer): number | null {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.length - end < 65_600 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) {
    end--;
  }
  if (end < 0 || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) return null;
  const entries = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let total = 0;
  for (let i = 0; i < entries && i < ENTRIES_MAX; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) return null;
    total += bytes.readUInt32LE(at + 24);
    at +=
      46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return total;
}
