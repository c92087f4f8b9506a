// Sample files as bytes: CSV and JSONL as a stream of bounded memory, XLSX as one workbook. The
// packages used are for development only, which is why sectors do not import this file.
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import writeXlsxFile, { type Cell, type SheetData } from 'write-excel-file/node';
import { isDamaged, type DamagedRow, type SampleFile } from './sample-file.ts';
import { setZipTimes } from './stable-zip.ts';

/** Bounds the rows of a workbook, which is packed in memory. */
export const XLSX_ROWS_MAX = 200_000;

const ROWS_PER_CHUNK = 500;
// Neither byte begins or continues a character, in UTF-8 and in GB 18030.
const BROKEN = Buffer.from([0xff, 0xff]);

/**
 * Encodes a sample file, chunk by chunk; the same file always gives the same bytes.
 *
 * @throws RangeError for a workbook of more than XLSX_ROWS_MAX rows, or with a damaged row
 */
export async function* encodeSampleFile(file: SampleFile): AsyncGenerator<Buffer> {
  if (file.kind === 'xlsx') {
    yield await encodeWorkbook(file);
    return;
  }
  const line = file.kind === 'csv' ? csvLines : jsonLines;
  if (file.encoding === 'utf-8-bom') yield Buffer.from([0xef, 0xbb, 0xbf]);
  if (file.kind === 'csv') yield encodeText(csvLines([file.headings], file), file);
  let tidy: (readonly string[])[] = [];
  for (const row of file.rows()) {
    if (!isDamaged(row)) tidy.push(row);
    if (tidy.length < ROWS_PER_CHUNK && !isDamaged(row)) continue;
    if (tidy.length > 0) yield encodeText(line(tidy, file), file);
    tidy = [];
    if (isDamaged(row)) yield encodeDamaged(row, file);
  }
  if (tidy.length > 0) yield encodeText(line(tidy, file), file);
}

function encodeText(text: string, file: SampleFile): Buffer {
  return file.encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : Buffer.from(text, 'utf8');
}

// Files in the national encoding come from Windows programs, and end their lines as those do.
function csvLines(rows: readonly (readonly string[])[], file: SampleFile): string {
  const windows = file.encoding !== 'utf-8';
  return stringify([...rows] as string[][], { record_delimiter: windows ? 'windows' : 'unix' });
}

function jsonLines(rows: readonly (readonly string[])[], file: SampleFile): string {
  const objects = rows.map((row) =>
    JSON.stringify(Object.fromEntries(file.headings.map((heading, at) => [heading, row[at]]))),
  );
  return objects.map((object) => `${object}\n`).join('');
}

function encodeDamaged(row: DamagedRow, file: SampleFile): Buffer {
  const { cells, column, damage } = row;
  const mark = '\uE000';
  // A quoted cell would keep the comma in; so the cell loses what would have it quoted.
  const plain = (cells[column] ?? '').replace(/[",\r\n]/gu, '');
  const marked = cells.with(column, mark + plain);
  const line = file.kind === 'csv' ? csvLines([marked], file) : jsonLines([marked], file);
  const at = line.indexOf(mark);
  const before = encodeText(line.slice(0, at), file);
  const after = encodeText(line.slice(at + 1), file);
  const wound = damage === 'BROKEN_BYTES' ? BROKEN : encodeText('另见,', file);
  return Buffer.concat([before, wound, after]);
}

async function encodeWorkbook(file: SampleFile): Promise<Buffer> {
  const typed = new Set(file.typed);
  const sheet: SheetData = [[...file.headings]];
  for (const row of file.rows()) {
    if (isDamaged(row)) throw new RangeError(`${file.fileName}: a workbook has no damaged rows.`);
    if (sheet.length > XLSX_ROWS_MAX) {
      throw new RangeError(`${file.fileName} has more than ${XLSX_ROWS_MAX} rows; write CSV.`);
    }
    sheet.push(row.map((text, at) => cellOf(text, typed.has(file.headings[at] ?? ''))));
  }
  const archive = await writeXlsxFile(sheet).toBuffer();
  setZipTimes(archive);
  return archive;
}

function cellOf(text: string, isTyped: boolean): Cell {
  if (text === '') return null;
  if (isTyped && /^-?[0-9]{1,15}(?:\.[0-9]+)?$/.test(text)) {
    return { type: Number, value: Number(text) };
  }
  if (isTyped && /^(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(text)) {
    return { type: Date, value: new Date(`${text}T00:00:00Z`), format: 'yyyy-mm-dd' };
  }
  return { type: String, value: text };
}
