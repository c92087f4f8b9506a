// One row of a file to one record, or to the reasons why not. This is the line that no resident
// number crosses: it looks at every cell, of known and unknown columns, before anything else.
import { containsResidentNumber, looksLikeResidentNumber } from '../values/resident-number.ts';
import { Unreadable, type SourceCell } from './cell-text.ts';
import {
  matchFormat,
  showHeading,
  type BoundColumn,
  type FormatMatch,
} from './format-detection.ts';

import { ImportError } from './import-error.ts';
import { describeFault } from './import-failure.ts';
import type { RecordDraft, Reject } from './record-file.ts';
import { cellHoldsResidentNumber, showCell, WITHHELD, type Rejection } from './rejection.ts';
import type { SourceRow } from './row-source.ts';

/** Reads a row into a draft, or says why it is refused. */
export type RowReader = (row: SourceRow) => RecordDraft | readonly Rejection[];

/** A sector's refusal on its way out of `draft`. */
class RowRefused extends Error {
  readonly column: string;
  readonly reason: string;

  constructor(column: string, reason: string) {
    super('row refused');
    this.column = column;
    this.reason = reason;
  }
}

const REPLACEMENT = '\ufffd';

/**
 * Makes the reader of rows for a file.
 *
 * @param headings of the file; may grow while it is read
 */
export function rowReader(match: FormatMatch, headings: readonly string[]): RowReader {
  let bound = match.columns;
  let known = headings.length;
  const required = Object.entries(match.format.columns)
    .filter(([, column]) => column.required)
    .map(([name]) => name);

  return (row) => {
    if (row.problem !== undefined) return [whole(row.line, row.problem)];
    if (headings.length > known) {
      known = headings.length;
      bound = matchFormat(match.format, headings).columns;
    }
    const refused = refuseRow(row, headings);
    if (refused) return [refused];

    const rejections: Rejection[] = [];
    const cells: Record<string, unknown> = {};
    for (const column of bound) {
      if (cells[column.name] !== undefined) continue;
      const value = column.column.read(row.cells[column.index]);
      if (value instanceof Unreadable) {
        rejections.push(unreadable(row.line, column, row.cells[column.index], value.reason));
      } else cells[column.name] = value;
    }
    if (rejections.length > 0) return rejections;
    for (const name of required) {
      if (cells[name] === undefined) {
        return [{ line: row.line, column: headingOf(name), value: '', reason: 'is empty' }];
      }
    }
    return draft(row, cells);
  };

  function draft(
    row: SourceRow,
    cells: Readonly<Record<string, unknown>>,
  ): RecordDraft | readonly Rejection[] {
    try {
      return match.format.draft(cells, refuse);
    } catch (error) {
      if (!(error instanceof RowRefused)) throw sectorFailed(match.format.name, row.line, error);
      const index = bound.find((column) => column.name === error.column)?.index;
      const value = index === undefined ? '' : showCell(row.cells[index]);
      return [{ line: row.line, column: headingOf(error.column), value, reason: error.reason }];
    }
  }

  function headingOf(name: string): string {
    const heading = bound.find((column) => column.name === name)?.heading;
    return showHeading(heading ?? match.format.columns[name]?.headings[0] ?? name);
  }
}

const refuse: Reject = (column, reason) => {
  throw new RowRefused(column, reason);
};

/** Refuses a row for what no column may hold. Nothing of a row with a resident number is shown. */
function refuseRow(row: SourceRow, headings: readonly string[]): Rejection | undefined {
  const { cells, line } = row;
  let broken = -1;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (cellHoldsResidentNumber(cell)) return resident(line, showHeading(headings[i] ?? ''));
    if (typeof cell === 'string' && broken < 0 && cell.includes(REPLACEMENT)) broken = i;
  }
  if (row.text !== undefined && containsResidentNumber(row.text)) return resident(line, '');
  if (broken < 0) return undefined;
  return {
    line,
    column: showHeading(headings[broken] ?? ''),
    value: showCell(cells[broken]),
    reason: 'broken characters: the file changes its encoding here, or was damaged before',
  };
}

function resident(line: number, column: string): Rejection {
  return { line, column, value: WITHHELD, reason: 'holds a resident identity number' };
}

function unreadable(
  line: number,
  { column, heading }: BoundColumn,
  cell: SourceCell,
  reason: string,
): Rejection {
  const suspect =
    column.kind === 'code' && looksLikeResidentNumber(typeof cell === 'string' ? cell : '');
  return {
    line,
    column: showHeading(heading),
    value: showCell(cell),
    reason: suspect ? 'looks like a resident identity number, not a credit code' : reason,
  };
}

function whole(line: number, reason: string): Rejection {
  return { line, column: '', value: '', reason };
}

/** The message of an error in a sector's code may quote the row; its place in the code may not. */
function sectorFailed(format: string, line: number, error: unknown): ImportError {
  const fault = describeFault(error);
  return new ImportError('input', `The format "${format}" failed on line ${line}: ${fault}.`);
}
