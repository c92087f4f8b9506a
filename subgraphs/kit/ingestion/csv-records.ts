// Lines to CSV records (RFC 4180). Written here because the usual parsers answer a stray quote by
// swallowing rows up to the next one, or the whole file: this one gives up the first line only.
import type { ImportLimits } from './import-limits.ts';
import type { SourceRow } from './row-source.ts';

/** What a line makes of itself: fields, or a quote still open, or a fault. */
type Split = readonly string[] | 'open' | 'fault';

interface Pending {
  readonly number: number;
  readonly text: string;
}

const QUOTE = '"';
const UNCLOSED = 'a quote is opened and not closed';
const BESIDE = 'text beside a quoted field: a quote inside must be doubled';

/** A reader of records in the middle of its work; made by {@link startCsvRecords}. */
export interface CsvRecords {
  readonly delimiter: string;
  readonly fields: number;
  readonly limits: Pick<ImportLimits, 'rowLinesMax' | 'lineBytesMax'>;
  /** Lines of a record whose quote is still open. */
  pending: readonly Pending[];
  pendingLength: number;
  salvaging: boolean;
}

/** Starts reading records of `fields` fields. */
export function startCsvRecords(
  delimiter: string,
  fields: number,
  limits: Pick<ImportLimits, 'rowLinesMax' | 'lineBytesMax'>,
): CsvRecords {
  return { delimiter, fields, limits, pending: [], pendingLength: 0, salvaging: false };
}

/**
 * Takes the next line and adds the rows that are complete to `rows`; null is a line over the limit.
 *
 * A record with another number of fields is a problem. A quote that is opened and not closed in a
 * well-formed way costs its own line: reading goes on with the next.
 */
export function pushCsvLine(
  records: CsvRecords,
  line: string | null,
  number: number,
  rows: SourceRow[],
): void {
  if (line === null) {
    endCsvRecords(records, rows);
    rows.push(problem(number, `longer than ${records.limits.lineBytesMax} bytes`));
  } else if (records.pending.length === 0) take(records, line, number, rows, true);
  else continueRecord(records, line, number, rows);
}

/** Takes the end of the file: a quote that is still open is given up. */
export function endCsvRecords(records: CsvRecords, rows: SourceRow[]): void {
  while (records.pending.length > 0) giveUp(records, rows);
}

function take(
  records: CsvRecords,
  line: string,
  number: number,
  rows: SourceRow[],
  mayOpen: boolean,
): void {
  if (!line.includes(QUOTE)) {
    add(records, line.split(records.delimiter), number, rows);
    return;
  }
  const split = splitQuoted(line, records.delimiter);
  if (split === 'open' && mayOpen) {
    records.pending = [{ number, text: line }];
    records.pendingLength = line.length;
  } else if (split === 'open') rows.push(problem(number, UNCLOSED));
  else if (split === 'fault') rows.push(problem(number, BESIDE));
  else add(records, split, number, rows);
}

function continueRecord(
  records: CsvRecords,
  line: string,
  number: number,
  rows: SourceRow[],
): void {
  records.pending = [...records.pending, { number, text: line }];
  records.pendingLength += line.length + 1;
  if (line.includes(QUOTE)) {
    const text = records.pending.map((part) => part.text).join('\n');
    const split = splitQuoted(text, records.delimiter);
    if (split === 'fault' || (split !== 'open' && split.length !== records.fields)) {
      giveUp(records, rows);
      return;
    }
    if (split !== 'open') {
      rows.push({ line: records.pending[0]?.number ?? number, cells: split, problem: undefined });
      records.pending = [];
      return;
    }
  }
  const { rowLinesMax, lineBytesMax } = records.limits;
  if (records.pending.length > rowLinesMax || records.pendingLength > lineBytesMax) {
    giveUp(records, rows);
  }
}

/**
 * Gives up the first pending line and reads the others again, as if it had not been there. What fails
 * again while doing so is read line by line, which bounds the work to the square of `rowLinesMax`.
 */
function giveUp(records: CsvRecords, rows: SourceRow[]): void {
  const [first, ...rest] = records.pending;
  records.pending = [];
  if (first) rows.push(problem(first.number, UNCLOSED));
  const nested = records.salvaging;
  records.salvaging = true;
  for (const { text, number } of rest) {
    if (nested) take(records, text, number, rows, false);
    else pushCsvLine(records, text, number, rows);
  }
  records.salvaging = nested;
}

function add(records: CsvRecords, cells: readonly string[], line: number, rows: SourceRow[]): void {
  const { fields } = records;
  // A line of empty fields is a blank row of a spreadsheet.
  if (cells[0]?.trim() === '' && !cells.some((cell) => cell.trim() !== '')) return;
  if (cells.length === fields) rows.push({ line, cells, problem: undefined });
  else {
    const hint = cells.length > fields ? 'an unquoted comma?' : 'a line break inside a field?';
    rows.push(problem(line, `${cells.length} fields, expected ${fields}: ${hint}`));
  }
}

/** Splits one line of a CSV file, quoted or not; null if its quotes do not close. */
export function splitCsvLine(line: string, delimiter: string): readonly string[] | null {
  if (!line.includes(QUOTE)) return line.split(delimiter);
  const split = splitQuoted(line, delimiter);
  return split === 'open' || split === 'fault' ? null : split;
}

function splitQuoted(text: string, delimiter: string): Split {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (text.startsWith(QUOTE, at)) {
      let close = text.indexOf(QUOTE, at + 1);
      while (close >= 0 && text.startsWith(QUOTE, close + 1)) {
        close = text.indexOf(QUOTE, close + 2);
      }
      if (close < 0) return 'open';
      const cell = text.slice(at + 1, close);
      cells.push(cell.includes(QUOTE) ? cell.replaceAll('""', QUOTE) : cell);
      at = close + 1;
      if (at === text.length) return cells;
      if (!text.startsWith(delimiter, at)) return 'fault';
    } else {
      const end = text.indexOf(delimiter, at);
      // Behind a line end there is no further field: the record would have ended there.
      const cell = end < 0 ? text.slice(at) : text.slice(at, end);
      if (cell.includes('\n')) return 'fault';
      cells.push(cell);
      if (end < 0) return cells;
      at = end;
    }
    at += delimiter.length;
  }
}

function problem(line: number, reason: string): SourceRow {
  return { line, cells: [], problem: reason };
}
