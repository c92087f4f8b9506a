// Which of a sector's formats a file has, told by its headings, and which column each heading is.
import { containsResidentNumber } from '../values/resident-number.ts';
import type { MoneyUnit } from '../values/money.ts';
import { foldText } from './cell-text.ts';
import type { FileColumn } from './file-column.ts';
import { ImportError } from './import-error.ts';
import type { RecordFile } from './record-file.ts';

/** A column of the format with the heading by which this file names it. */
export interface BoundColumn {
  /** Place of the heading in the file, from 0. */
  readonly index: number;
  readonly name: string;
  readonly heading: string;
  readonly column: FileColumn<unknown>;
}

/** What the headings of a file mean to one format. */
export interface FormatMatch {
  readonly format: RecordFile;
  /**
   * The headings that are the format's. A file may have a column under two, one for each language:
   * the one that the format lists first comes first here, and the other fills its empty cells.
   */
  readonly columns: readonly BoundColumn[];
  /** Official headings of required columns that the file does not have. */
  readonly missing: readonly string[];
}

/** Headings that are spelled as the format lists them count before those that are not. */
const INEXACT_RANK = 1_000;
/** Longest part of a heading that an error repeats. */
const SHOWN_MAX = 40;
const SHOWN_HEADINGS_MAX = 60;
const UNITS: Readonly<Record<string, MoneyUnit>> = {
  元: 'yuan',
  人民币元: 'yuan',
  yuan: 'yuan',
  cny: 'yuan',
  rmb: 'yuan',
  万元: 'wan yuan',
  万: 'wan yuan',
  人民币万元: 'wan yuan',
  'wan yuan': 'wan yuan',
  wanyuan: 'wan yuan',
  分: 'fen',
  fen: 'fen',
};

/**
 * Chooses the format of a file by its headings: all required columns are there, and no other format
 * knows as many of the headings.
 *
 * @param as name of the format to take, if the caller says so
 * @throws ImportError naming what was looked for and what was found
 */
export function chooseFormat(
  formats: readonly RecordFile[],
  headings: readonly string[],
  as?: string,
): FormatMatch {
  const candidates = as === undefined ? formats : formats.filter((format) => format.name === as);
  if (candidates.length === 0) {
    throw new ImportError('input', `There is no format "${as ?? ''}"; ${choices(formats)}`);
  }
  const matches = candidates.map((format) => matchFormat(format, headings));
  const whole = matches.filter((match) => match.missing.length === 0);
  const best = Math.max(...whole.map(knownHeadings));
  const [first, ...others] = whole.filter((match) => knownHeadings(match) === best);
  if (!first) throw new ImportError('input', explainMissing(matches, headings));
  if (others.length > 0) {
    const names = [first, ...others].map((match) => match.format.name).join(', ');
    throw new ImportError('input', `The headings fit several formats; choose one: --as ${names}`);
  }
  return first;
}

/** Tells whether headings have every required column of some format. */
export function knowsHeadings(
  formats: readonly RecordFile[],
  headings: readonly string[],
): boolean {
  return formats.some((format) => matchFormat(format, headings).missing.length === 0);
}

/** Finds which column of a format each heading names. */
export function matchFormat(format: RecordFile, headings: readonly string[]): FormatMatch {
  const columns = headings
    .map((heading, index) => findColumn(format, heading, index))
    .filter((found) => found !== undefined)
    .sort((a, b) => a.rank - b.rank)
    .map((found) => found.bound);
  const names = new Set(columns.map((bound) => bound.name));
  const missing = Object.entries(format.columns)
    .filter(([name, column]) => column.required && !names.has(name))
    .map(([, column]) => column.headings[0]);
  return { format, columns, missing };
}

interface Found {
  readonly bound: BoundColumn;
  readonly rank: number;
}

function findColumn(format: RecordFile, heading: string, index: number): Found | undefined {
  let found: Found | undefined;
  if (format.ignoredHeadings?.includes(heading)) return undefined;
  for (const [name, column] of Object.entries(format.columns)) {
    for (const [place, known] of column.headings.entries()) {
      const exact = foldText(known) === foldText(heading);
      const rank = exact ? place : place + INEXACT_RANK;
      if (found && found.rank <= rank) continue;
      const read = columnUnder(column, known, heading, exact);
      if (read) found = { bound: { index, name, heading, column: read }, rank };
    }
  }
  return found;
}

/** The column as a heading of the file means it; undefined if it does not mean the column. */
function columnUnder(
  column: FileColumn<unknown>,
  known: string,
  heading: string,
  exact: boolean,
): FileColumn<unknown> | undefined {
  const listed = splitHeading(known);
  const given = splitHeading(heading);
  if (!exact && listed.name !== given.name) return undefined;
  if (column.forUnit) return given.unit === '' ? column : withUnit(column, given.unit);
  // Two different brackets are two different columns: a code of one kind, and of another.
  return exact || listed.unit === '' || given.unit === '' ? column : undefined;
}

/** A bracket behind an amount must be a unit we know: 万元 taken for 元 would be a grave error. */
function withUnit(column: FileColumn<unknown>, unit: string): FileColumn<unknown> | undefined {
  const known = unitOfText(unit);
  return known && column.forUnit ? column.forUnit(known) : undefined;
}

/** Reads what amounts count: 元, yuan, 万元, ... */
export function unitOfText(text: string): MoneyUnit | undefined {
  return UNITS[
    text
      .trim()
      .toLowerCase()
      .replace(/^单位[::]?/, '')
  ];
}

/** Reads the unit in the bracket of a heading. */
export function unitOfHeading(heading: string): MoneyUnit | undefined {
  return unitOfText(splitHeading(heading).unit);
}

/** Folds a heading and takes off a unit in brackets and the asterisk of a required field. */
function splitHeading(heading: string): { readonly name: string; readonly unit: string } {
  const folded = foldText(heading).replace(/^\*|\*$/g, '');
  const match = /^(.+?)[([【〔]([^)\]】〕]*)[)\]】〕]$/.exec(folded);
  return { name: match?.[1] ?? folded, unit: match?.[2] ?? '' };
}

function knownHeadings(match: FormatMatch): number {
  return new Set(match.columns.map((bound) => bound.name)).size;
}

function choices(formats: readonly RecordFile[]): string {
  return `the formats are: --as ${formats.map((format) => format.name).join(', ')}`;
}

function explainMissing(matches: readonly FormatMatch[], headings: readonly string[]): string {
  const shown = headings.slice(0, SHOWN_HEADINGS_MAX).map(showHeading).join(' | ');
  const lines = matches.map(
    (match) => `  ${match.format.name}: missing ${match.missing.join(', ')}`,
  );
  return [
    'The headings fit no format of the sector.',
    ...lines,
    `  found: ${shown}`,
    'Where they look broken, save the file in UTF-8 or GB 18030. Else correct them in the first line of ' +
      `the file, or map them by --columns; ${choices(matches.map((m) => m.format))}`,
  ].join('\n');
}

/** Shows a heading; a file without headings has a record there, which must not be printed. */
export function showHeading(heading: string): string {
  if (containsResidentNumber(heading)) return '[withheld]';
  const plain = heading.replace(/[\p{Cc}\p{Cf}]/gu, '?');
  return plain.length > SHOWN_MAX ? `${plain.slice(0, SHOWN_MAX)}...` : plain;
}
