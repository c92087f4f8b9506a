// The columns that a record file can have. A column knows its headings and reads its cells; what it
// returns is typed, so that the sector's code over the cells is checked by the compiler.
import { parseCreditCode } from '../values/credit-code.ts';
import { parseDate } from '../values/dates.ts';
import { parseInstant } from '../values/instants.ts';
import type { Money } from '../values/money.ts';
import {
  moneyColumn,
  plainNumber,
  readDate,
  readJson,
  remembered,
  within,
  type MoneyOptions,
} from './cell-reading.ts';
import { Unreadable } from './cell-text.ts';
import {
  anyColumn,
  choiceColumn,
  textColumn,
  type Cell,
  type ColumnOptions,
  type FileColumn,
  type Headings,
} from './file-column.ts';

const TEXT_MAX = 1_000;
// PostgreSQL stores no NUL; the others are debris of a broken export.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

const BOOLEANS: Readonly<Record<string, boolean>> = {
  ...{ 是: true, 有: true, y: true, yes: true, t: true, true: true, 1: true, '√': true },
  ...{ 否: false, n: false, no: false, f: false, false: false, 0: false, '×': false },
};

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
