// The columns that a record file can have. A column knows its headings and reads its cells; what it
// returns is typed, so that the sector's code over the cells is checked by the compiler.
import { parseCreditCode } from '../values/credit-code.ts';
import { parseDate, parseDateObject, parseDateSerial, type ParsedDate } from '../values/dates.ts';
import { parseInstant } from '../values/instants.ts';
import { parseMoney, parseMoneyNumber, type Money, type MoneyUnit } from '../values/money.ts';
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

interface ColumnOptions {
  /** Default false. */
  readonly required?: boolean;
}

interface MoneyOptions extends ColumnOptions {
  readonly unit?: MoneyUnit;
  readonly currency?: string;
  /** Accepts amounts below zero; default false. */
  readonly negative?: boolean;
}

/** The value of a column: never undefined when the column is required. */
type Cell<Value, Options> = Options extends { readonly required: true } ? Value : Value | undefined;

const TEXT_MAX = 1_000;
const JSON_MAX = 100_000;
const REMEMBERED_MAX = 4_096;
const REMEMBERED_LENGTH_MAX = 40;
// PostgreSQL stores no NUL; the others are debris of a broken export.

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/**
 * Makes the columns of a record file.
 *
 * Empty cells, `\N`, `null`, `-` and 无 are absent. Every reader refuses what it does not
 * understand; none guesses.
 */
export const column = {
  /** Reads a unified social credit code, in any spelling, into its eighteen characters. */
  code<const Options extends ColumnOptions>(
    headings: Headings,
    options?: Options,
  ): FileColumn<Cell<string, Options>> {
    return textColumn('code', headings, options, (text) => {
      const parsed = parseCreditCode(text);
      return parsed.valid ? parsed.normalized : new Unreadable(parsed.errors.join('; '));
    });
  },

  /** Reads text of at most `max` characters (default 1,000). */
  text<const Options extends ColumnOptions & { readonly max?: number }>(
    headings: Headings,
    options?: Options,
  ): FileColumn<Cell<string, Options>> {
    const max = options?.max ?? TEXT_MAX;
    return textColumn('text', headings, options, (text) => {
      if (text.length > max) return new Unreadable(`longer than ${max} characters`);
      return CONTROL.test(text) ? new Unreadable('holds a control character') : text;
    });
  },

  /**
   * Reads a day as YYYY-MM-DD; 1900-1-1 is absent.
   *
   * A day that means no end (9999-9-9, 长期) is the text OPEN with `open: 'keep'`, the default,
   * absent with `none`, and refused with `reject`.
   */
  date<const Options extends ColumnOptions & { readonly open?: 'keep' | 'none' | 'reject' }>(
    headings: Headings,
    options?: Options,
  ): FileColumn<Cell<string, Options>> {
    const parse = remembered(parseDate);
    return anyColumn('date', headings, options, (cell, text) => {
      const parsed = readDate(cell, text, parse);
      if (parsed.kind === 'date') return parsed.date;
      if (parsed.kind === 'none') return undefined;
      if (parsed.kind === 'error') return new Unreadable(parsed.reason);
      const open = options?.open ?? 'keep';
      if (open === 'reject') return new Unreadable('a day is needed, not "no end"');
      return open === 'keep' ? 'OPEN' : undefined;
    });
  },

  /** Reads a point in time as ISO 8601 in UTC; without a zone it is a time in China. */
  instant<const Options extends ColumnOptions>(
    headings: Headings,
    options?: Options,
  ): FileColumn<Cell<string, Options>> {
    const parse = remembered(parseInstant);
    return anyColumn('instant', headings, options, (cell, text) => {
      if (cell instanceof Date) return cell.toISOString();
      const parsed = parse(text);
      return parsed.kind === 'instant' ? parsed.instant : new Unreadable(parsed.reason);
    });
  },

  /** Reads an amount into minor units; `unit` is what a bare number counts (default yuan). */
  money<const Options extends MoneyOptions>(
    headings: Headings,
    options?: Options,
  ): FileColumn<Cell<Money, Options>> {
    return moneyColumn(headings, options, options?.unit ?? 'yuan');
  },

  /** Reads a whole number within bounds (default 0 to 2^31 - 1); `1,234` is understood. */
  integer<const Options extends ColumnOptions & { readonly min?: number; readonly max?: number }>(
    headings: Headings,
    options?: Options,
  ): FileColumn<Cell<number, Options>> {
    const { min = 0, max = 2_147_483_647 } = options ?? {};
    return textColumn('integer', headings, options, (text) => {
      const plain = plainNumber(text);
      if (!/^[+-]?[0-9]+(?:\.0*)?$/.test(plain)) return new Unreadable('not a whole number');
      return within(Number(plain), min, max);
    });
  },

  /** Reads a number of at most fifteen digits, so that it is exact to its last one. */
  decimal<const Options extends ColumnOptions & { readonly min?: number; readonly max?: number }>(
    headings: Headings,
    options?: Options,
  ): FileColumn<Cell<number, Options>> {
    const { min = -1e15, max = 1e15 } = options ?? {};
    return anyColumn('decimal', headings, options, (cell, text) => {
      if (typeof cell === 'number') return within(Number(cell.toPrecision(15)), min, max);
      const plain = plainNumber(text);
      if (!/^[+-]?[0-9]+(?:\.[0-9]*)?$/.test(plain)) return new Unreadable('not a number');
      const digits = plain.replace(/\D/g, '').replace(/^0+/, '').length;
      return digits > 15 ? new Unreadable('more than 15 digits') : within(Number(plain), min, max);
    });
  },

  /**
   * Reads one of a closed list: spelling in files to value; case and width do not matter, and the
   * value itself is always a spelling.
   */
  choice<const Value extends string, const Options extends ColumnOptions>(
    headings: Headings,
    choices: Readonly<Record<string, Value>>,
    options?: Options,
  ): FileColumn<Cell<Value, Options>> {
    const values = Object.values(choices).map((value) => [value, value] as const);
    const spellings = { ...choices, ...Object.fromEntries(values) };
    return choiceColumn<Value, Options>('choice', headings, spellings, options);
  },

  /** Reads yes or no: 是/否, Y/N, true/false, 1/0. */
  boolean<const Options extends ColumnOptions>(
    headings: Headings,
    options?: Options,
  ): FileColumn<Cell<boolean, Options>> {
    return choiceColumn<boolean, Options>('boolean', headings, BOOLEANS, options);
  },

  /** Reads a JSON value: nested in a JSON line, or as JSON text in a cell. */
  json<const Options extends ColumnOptions>(
    headings: Headings,
    options?: Options,
  ): FileColumn<Cell<unknown, Options>> {
    return {
      kind: 'json',
      headings,
      required: options?.required ?? false,
      read: (cell) => readJson(cell),
    };
  },
} as const;

const BOOLEANS: Readonly<Record<string, boolean>> = {
  ...{ 是: true, 有: true, y: true, yes: true, t: true, true: true, 1: true, '√': true },
  ...{ 否: false, n: false, no: false, f: false, false: false, 0: false, '×': false },
};

function moneyColumn<Options extends MoneyOptions>(
  headings: Headings,
  options: Options | undefined,
  unit: MoneyUnit,
): FileColumn<Cell<Money, Options>> {
  const currency = options?.currency ?? 'CNY';
  const made = anyColumn<Money, Options>('money', headings, options, (cell, text) => {
    const parsed =
      typeof cell === 'number'
        ? parseMoneyNumber(cell, unit, currency)
        : parseMoney(text, unit, currency);
    if (parsed.kind === 'error') return new Unreadable(parsed.reason);
    if (parsed.money.minorUnits < 0 && options?.negative !== true) {
      return new Unreadable('below zero');
    }
    return parsed.money;
  });
  return { ...made, forUnit: (other) => moneyColumn(headings, options, other) };
}

/** A column that needs the cell itself beside its text, which is neither empty nor absent. */
function anyColumn<Value, Options extends ColumnOptions>(
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

function textColumn<Value, Options extends ColumnOptions>(
  kind: string,
  headings: Headings,
  options: Options | undefined,
  parse: (text: string) => Value | Unreadable,
): FileColumn<Cell<Value, Options>> {
  return anyColumn(kind, headings, options, (_cell, text) => parse(text));
}

/** Choices are looked up before a cell counts as absent, since 无 or `-` may be one of them. */
function choiceColumn<Value, Options extends ColumnOptions>(
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

/**
 * Remembers what texts were read as: the days of a file are few and repeat. Keys are copied, since a
 * part of a line would keep the whole block of the file in memory.
 */
function remembered<Value extends object>(parse: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const value = parse(text);
    if (text.length > REMEMBERED_LENGTH_MAX) return value;
    if (known.size >= REMEMBERED_MAX) known.clear();
    known.set(Buffer.from(text).toString(), value);
    return value;
  };
}

function readDate(cell: SourceCell, text: string, parse: (text: string) => ParsedDate): ParsedDate {
  if (cell instanceof Date) return parseDateObject(cell);
  // 20240105 is a day written as a number; a spreadsheet's own day numbers are far smaller.
  if (typeof cell === 'number' && cell < 3_000_000) return parseDateSerial(cell);
  return parse(text);
}

function readJson(cell: SourceCell): unknown {
  if (cell === null || cell === undefined) return undefined;
  if (typeof cell !== 'string') return storableJson(cell);
  const text = cell.trim();
  if (isAbsent(text)) return undefined;
  if (text.length > JSON_MAX) return tooLong();
  try {
    return storableJson(JSON.parse(text));
  } catch {
    // The library's message quotes the text, which must not be repeated.
    return new Unreadable('not JSON');
  }
}

/** PostgreSQL takes no NUL in `jsonb`. */
function storableJson(value: unknown): unknown {
  const text = JSON.stringify(value);
  if (text.length > JSON_MAX) return tooLong();
  return text.includes('\\u0000') ? new Unreadable('holds a control character') : value;
}

function tooLong(): Unreadable {
  return new Unreadable(`longer than ${JSON_MAX} characters`);
}

function plainNumber(text: string): string {
  if (/^[0-9]+(?:\.[0-9]+)?$/.test(text)) return text;
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  return /^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?$/.test(plain)
    ? plain.replaceAll(',', '')
    : plain;
}

function within(value: number, min: number, max: number): number | Unreadable {
  return value >= min && value <= max ? value : new Unreadable(`not between ${min} and ${max}`);
}
