// Reads one sheet of an XLSX file. The sheets are held in memory, so that the size is limited before
// anything is unfolded: a few kilobytes of a ZIP archive can stand for gigabytes.
import type { SourceCell } from './cell-text.ts';
import { showHeading } from './format-detection.ts';
import { ImportError } from './import-error.ts';
import type { ImportLimits } from './import-limits.ts';
import type { KnowsHeadings, RowSource, SourceRow } from './row-source.ts';

const HEADING_ROWS_MAX = 10;
const BATCH_ROWS = 1_000;
const SHOWN_SHEETS_MAX = 20;

type SheetCells = readonly (readonly SourceCell[])[];

interface NamedSheet {
  readonly name: string;
  readonly cells: SheetCells;
}

/**
 * Opens a sheet of a workbook: the one that is named, or the only one that has headings of a format.
 *
 * @throws ImportError if the file is too large, no workbook, or empty, and where it is not clear which
 *   sheet is meant
 */
export async function openXlsx(
  bytes: Buffer,
  knowsHeadings: KnowsHeadings,
  limits: ImportLimits,
  sheetName?: string,
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
  const sheet = chooseSheet(await readSheets(bytes), knowsHeadings, sheetName);
  const index = Math.max(headingRow(sheet, knowsHeadings), 0);
  const headings = (sheet[index] ?? []).map((cell) =>
    typeof cell === 'string' ? cell.trim() : '',
  );
  if (headings.length === 0)
    throw new ImportError('input', 'The sheet is empty: it has no headings.');
  if (headings.length > limits.columnsMax) {
    throw new ImportError('input', `The sheet has more than ${limits.columnsMax} columns.`);
  }

  // oxlint-disable-next-line typescript/require-await -- the other sources do wait
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

async function readSheets(bytes: Buffer): Promise<readonly NamedSheet[]> {
  // Most imports read no workbook: what unfolds and parses one is loaded by the first that does.
  const { default: readXlsxFile } = await import('read-excel-file/node');
  try {
    const sheets = await readXlsxFile(bytes, { parseNumber: Number });
    return sheets.map(({ sheet, data }) => ({ name: sheet, cells: data }));
  } catch (error) {
    // The library's message may quote a cell; its name says enough.
    const name = error instanceof Error ? error.name : 'error';
    throw new ImportError('input', `The workbook cannot be read (${name}); save it as CSV.`);
  }
}

/** What stands on another sheet must not be left out unseen, so that nothing is guessed. */
function chooseSheet(
  sheets: readonly NamedSheet[],
  knowsHeadings: KnowsHeadings,
  name: string | undefined,
): SheetCells {
  const filled = sheets.filter(({ cells }) => cells.length > 0);
  const known = filled.filter(({ cells }) => headingRow(cells, knowsHeadings) >= 0);
  const candidates = known.length > 0 ? known : filled;
  const chosen = name === undefined ? candidates : sheets.filter((sheet) => sheet.name === name);
  const [first, second] = chosen;
  if (first && !second) return first.cells;
  if (name === undefined && filled.length === 0) {
    throw new ImportError('input', 'The workbook is empty: no sheet has headings.');
  }
  const names = (name === undefined ? candidates : sheets)
    .slice(0, SHOWN_SHEETS_MAX)
    .map((sheet) => `"${showHeading(sheet.name)}"`)
    .join(', ');
  throw new ImportError(
    'input',
    name !== undefined
      ? `The workbook has no sheet of this name; its sheets: ${names}`
      : known.length > 0
        ? `Several sheets have headings of the sector; choose one with --sheet: ${names}`
        : `No sheet has headings of the sector; correct them, or choose one with --sheet: ${names}`,
  );
}

/** Finds the row of known headings; -1 if there is none. */
function headingRow(sheet: SheetCells, knowsHeadings: KnowsHeadings): number {
  const texts = (row: readonly SourceCell[]): string[] =>
    row.map((cell) => (typeof cell === 'string' ? cell.trim() : ''));
  return sheet.slice(0, HEADING_ROWS_MAX).findIndex((row) => knowsHeadings(texts(row)));
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
