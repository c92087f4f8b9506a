// Cells as sources give them, and the texts by which exports say that a cell is empty.

/** A cell before its column has read it: text, or what a spreadsheet or JSON line holds instead. */
export type SourceCell = unknown;

/** A cell that cannot be read, with the reason; never with the cell's own text. */
export class Unreadable {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

const ABSENT: ReadonlySet<string> = new Set([
  '',
  '-',
  '--',
  '—',
  '——',
  '无',
  'null',
  'NULL',
  'Null',
  '\\N',
  '\\n',
  '\\\\N',
  '\\\\n',
]);

/** Tells whether a trimmed text stands for an empty cell: `\N`, `null`, `-`, 无, ... */
export function isAbsent(text: string): boolean {
  return text.length <= 4 && ABSENT.has(text);
}

/**
 * Reads a cell as trimmed text, before anything is known of its column.
 *
 * @returns null for a cell that is missing altogether
 */
export function textOfCell(cell: SourceCell): string | Unreadable | null {
  if (typeof cell === 'string') return cell.trim();
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number') return textOfNumber(cell);
  if (typeof cell === 'boolean') return String(cell);
  if (cell instanceof Date) {
    if (Number.isNaN(cell.getTime())) return new Unreadable('not a date');
    return cell.toISOString().slice(0, 10);
  }
  return new Unreadable('a list or an object where one value is expected');
}

/** Numbers beyond 2^53 have lost their last digits, so that no text of theirs is true. */
function textOfNumber(value: number): string | Unreadable {
  if (!Number.isFinite(value)) return new Unreadable('not a number');
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return new Unreadable('stored as a number, which has lost digits: store it as text');
  }
  return String(value);
}

/** Folds a text for comparison with headings and choices: NFKC, lower case, no white space. */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u200b-\u200f\ufeff]/g, '');
}
