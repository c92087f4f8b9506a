// What a column of a record file is, and the frames that all columns share: what is empty, what is
// text, what is one of a list.
import type { MoneyUnit } from '../values/money.ts';
import { foldText, isAbsent, textOfCell, Unreadable, type SourceCell } from './cell-text.ts';

/** Official Chinese heading first, English after; any of them names the column. */
export type Headings = readonly [string, ...string[]];

/** A column of a record file; `read` returns undefined for an empty cell. */
export interface FileColumn<Value> {
  readonly kind: string;
  readonly headings: Headings;
  /** The heading must be there and no cell of the column may be empty. */
  readonly required: boolean;
  readonly read: (cell: SourceCell) => Value | undefined | Unreadable;
  /** Amounts only: the same column in a file whose heading states another unit. */
  readonly forUnit?: (unit: MoneyUnit) => FileColumn<Value>;
}

/** What every column can be told. */
export interface ColumnOptions {
  /** Default false. */
  readonly required?: boolean;
}

/** The value of a column: never undefined when the column is required. */
export type Cell<Value, Options> = Options extends { readonly required: true }
  ? Value
  : Value | undefined;

/** Makes a column that reads the cell beside its text, which is neither empty nor absent. */
export function anyColumn<Value, Options extends ColumnOptions>(
  kind: string,
  headings: Headings,
  options: Options | undefined,
  parse: (cell: SourceCell, text: string) => Value | undefined | Unreadable,
): FileColumn<Cell<Value, Options>> {
  return {
    kind,
    headings,
    required: options?.required ?? false,
    read: (cell) => {
      const text = textOfCell(cell);
      if (text === null) return undefined;
      if (text instanceof Unreadable) return text;
      if (isAbsent(text)) return undefined;
      return parse(cell, text);
    },
  };
}

/** Makes a column that reads its text only. */
export function textColumn<Value, Options extends ColumnOptions>(
  kind: string,
  headings: Headings,
  options: Options | undefined,
  parse: (text: string) => Value | Unreadable,
): FileColumn<Cell<Value, Options>> {
  return anyColumn(kind, headings, options, (_cell, text) => parse(text));
}

/**
 * Makes a column of a closed list. Choices are looked up before a cell counts as absent, since 无 or `-` may be one of
 * them.
 */
export function choiceColumn<Value, Options extends ColumnOptions>(
  kind: string,
  headings: Headings,
  choices: Readonly<Record<string, Value>>,
  options: Options | undefined,
): FileColumn<Cell<Value, Options>> {
  const exact = new Map<string, Value>(Object.entries(choices));
  const folded = new Map<string, Value>();
  for (const [text, value] of exact) folded.set(foldText(text), value);
  const expected = [...exact.keys()].slice(0, 20).join(', ');
  const read = (cell: SourceCell): Value | undefined | Unreadable => {
    const text = textOfCell(cell);
    if (text === null || text instanceof Unreadable) return text ?? undefined;
    if (text === '') return undefined;
    const value = exact.get(text) ?? folded.get(foldText(text));
    if (value !== undefined) return value;
    return isAbsent(text) ? undefined : new Unreadable(`not one of: ${expected}`);
  };
  return {
    kind,
    headings,
    required: options?.required ?? false,
    read: read,
  };
}
