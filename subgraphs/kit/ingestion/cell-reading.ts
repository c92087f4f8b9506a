// How single kinds of cell are read: amounts, days, JSON and numbers.
import { parseDateObject, parseDateSerial, type ParsedDate } from '../values/dates.ts';
import { parseMoney, parseMoneyNumber, type Money, type MoneyUnit } from '../values/money.ts';
import { isAbsent, Unreadable, type SourceCell } from './cell-text.ts';
import {
  anyColumn,
  type Cell,
  type ColumnOptions,
  type FileColumn,
  type Headings,
} from './file-column.ts';

/** What a column of amounts can be told beside. */
export interface MoneyOptions extends ColumnOptions {
  readonly unit?: MoneyUnit;
  readonly currency?: string;
  /** Accepts amounts below zero; default false. */
  readonly negative?: boolean;
}

const JSON_MAX = 100_000;
const REMEMBERED_MAX = 4_096;
const REMEMBERED_LENGTH_MAX = 40;

/** Makes a column of amounts, which can be made again for the unit of a heading. */
export function moneyColumn<Options extends MoneyOptions>(
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

/**
 * Remembers what texts were read as: the days of a file are few and repeat. Keys are copied, since a
 * part of a line would keep the whole block of the file in memory.
 */
export function remembered<Value extends object>(
  parse: (text: string) => Value,
): (text: string) => Value {
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

/** Reads a day from a text, a date object or the day number of a spreadsheet. */
export function readDate(
  cell: SourceCell,
  text: string,
  parse: (text: string) => ParsedDate,
): ParsedDate {
  if (cell instanceof Date) return parseDateObject(cell);
  // 20240105 is a day written as a number; a spreadsheet's own day numbers are far smaller.
  if (typeof cell === 'number' && cell < 3_000_000) return parseDateSerial(cell);
  return parse(text);
}

/** Reads a nested value, or JSON in a text, within what the database can store. */
export function readJson(cell: SourceCell): unknown {
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

/** Takes the grouping and the full width off the text of a number. */
export function plainNumber(text: string): string {
  if (/^[0-9]+(?:\.[0-9]+)?$/.test(text)) return text;
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  return /^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?$/.test(plain)
    ? plain.replaceAll(',', '')
    : plain;
}

/** Refuses a number outside its bounds. */
export function within(value: number, min: number, max: number): number | Unreadable {
  return value >= min && value <= max ? value : new Unreadable(`not between ${min} and ${max}`);
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
