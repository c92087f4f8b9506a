// A record file with headings of its own, read by a small file beside it: which of its headings is
// which column of a format, and what its spellings, its days and its amounts mean.
import { hash } from 'node:crypto';
import { foldText, isAbsent, textOfCell, Unreadable, type SourceCell } from './cell-text.ts';
import { datePattern } from './date-pattern.ts';
import type { FileColumn } from './file-column.ts';
import { matchFormat, showHeading, unitOfHeading, unitOfText } from './format-detection.ts';
import { ImportError } from './import-error.ts';
import { parseMappingText, type MappingText } from './mapping-text.ts';
import type { RecordFile } from './record-file.ts';
import type { RowSource } from './row-source.ts';

/** A mapping that holds for a sector's format. */
export interface ColumnMapping {
  /** The format, with the headings of the file in place of its own. */
  readonly format: RecordFile;
  /** Tells mappings that read differently apart. */
  readonly digest: string;
  /**
   * Holds the mapping against the headings of an opened file.
   *
   * @throws ImportError naming every heading that the file lacks, has twice, or names a column by that
   *   the mapping fills already
   */
  readonly assertFits: (source: RowSource) => void;
}

type Column = FileColumn<unknown>;

/**
 * Reads a mapping for the formats of a sector.
 *
 * @throws ImportError naming every problem at once
 */
export function readColumnMapping(text: string, formats: readonly RecordFile[]): ColumnMapping {
  const parsed = parseMappingText(text);
  const problems: string[] = [];
  const format = formats.find(({ name }) => name === parsed.format);
  if (!format) {
    const names = formats.map(({ name }) => name).join(', ');
    throw mappingError([`format: there is no "${parsed.format}"; the formats are: ${names}`]);
  }
  const headings = headingsByColumn(parsed, format, problems);
  const mapped: Record<string, Column> = {};
  const others: Record<string, Column> = {};
  const constants: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(format.columns)) {
    const heading = headings.get(name);
    const given = parsed.constants[name];
    const read = translated(
      name,
      inFileUnit(name, column, heading, parsed, problems),
      parsed,
      problems,
    );
    if (heading !== undefined) {
      if (given !== undefined) problems.push(`constants.${name}: ${heading} is mapped to it, too`);
      mapped[name] = { ...read, headings: [heading] };
    } else if (given !== undefined) {
      constants[name] = constantOf(name, read, given, problems);
      others[name] = { ...read, required: false };
    } else others[name] = read;
  }
  refuseUnknownNames(parsed, format, problems);
  if (problems.length > 0) throw mappingError(problems);
  const mappedFormat: RecordFile = {
    ...format,
    // Of two columns that a heading names alike the first counts: what is mapped stands before.
    columns: { ...mapped, ...others },
    draft: (cells, reject) => format.draft({ ...cells, ...constants }, reject),
    ignoredHeadings: parsed.ignore,
  };
  return {
    format: mappedFormat,
    digest: hash('sha256', JSON.stringify(parsed)),
    assertFits(source) {
      assertFits(source, parsed, format, mappedFormat);
    },
  };
}

function assertFits(
  { headings, kind }: RowSource,
  { columns, constants, ignore }: MappingText,
  plain: RecordFile,
  mapped: RecordFile,
): void {
  const problems: string[] = [];
  for (const heading of Object.keys(columns)) {
    const count = headings.filter((found) => foldText(found) === foldText(heading)).length;
    // A key of JSON Lines may be missing in the first lines and come later.
    if (count === 0 && kind !== 'JSON Lines') {
      problems.push(`columns: the file has no heading "${showHeading(heading)}"`);
    }
    if (count > 1) problems.push(`columns: the file has "${showHeading(heading)}" ${count} times`);
  }
  const filled = new Set([...Object.keys(columns), ...ignore].map(foldText));
  const others = headings.filter((heading) => !filled.has(foldText(heading)));
  const taken = new Set([...Object.values(columns), ...Object.keys(constants)]);
  for (const { name, heading } of [
    ...matchFormat(plain, others).columns,
    ...matchFormat(mapped, others).columns,
  ]) {
    if (!taken.delete(name)) continue;
    problems.push(
      `columns: the file names ${name} by "${showHeading(heading)}", too; list that under ignore`,
    );
  }
  if (problems.length === 0) return;
  const found = headings.map(showHeading).join(' | ');
  throw mappingError([...problems, `found: ${found}`]);
}

/** Column to the heading of the file that is mapped to it. */
function headingsByColumn(
  parsed: MappingText,
  format: RecordFile,
  problems: string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [heading, name] of Object.entries(parsed.columns)) {
    if (!Object.hasOwn(format.columns, name)) continue;
    const other = found.get(name);
    if (other !== undefined) {
      problems.push(`columns: ${showHeading(other)} and ${showHeading(heading)} are both ${name}`);
    }
    found.set(name, heading);
    if (parsed.ignore.includes(heading)) {
      problems.push(`ignore: ${showHeading(heading)} is mapped to ${name}`);
    }
  }
  return found;
}

function refuseUnknownNames(parsed: MappingText, format: RecordFile, problems: string[]): void {
  const known = Object.keys(format.columns).join(', ');
  const named = [
    ...Object.entries(parsed.columns).map(([heading, name]) => [`columns.${heading}`, name]),
    ...(['values', 'constants', 'dates', 'units'] as const).flatMap((part) =>
      Object.keys(parsed[part]).map((name) => [part, name]),
    ),
  ];
  let isListed = false;
  for (const [where = '', name = ''] of named) {
    if (Object.hasOwn(format.columns, name)) continue;
    const list = isListed ? '' : `; ${format.name} has: ${known}`;
    isListed = true;
    problems.push(`${showHeading(where)}: there is no column "${showHeading(name)}"${list}`);
  }
}

/** The column as the spellings and days of the file mean it. */
function translated(name: string, column: Column, parsed: MappingText, problems: string[]): Column {
  const values = parsed.values[name];
  const dates = parsed.dates[name];
  let read: Column = column;
  if (dates !== undefined) {
    const pattern = datePattern(dates);
    if (column.kind !== 'date') problems.push(`dates.${name}: is no column of days`);
    else if (pattern === null) {
      problems.push(`dates.${name}: write YYYY, MM and DD in their order, such as DD/MM/YYYY`);
    } else read = { ...column, read: (cell) => readDay(cell, pattern, dates, column) };
  }
  if (values === undefined) return read;
  if (column.kind === 'json') problems.push(`values.${name}: JSON has no spellings`);
  const results = new Map<string, unknown>();
  for (const [spelling, value] of Object.entries(values)) {
    const result = column.read(value);
    if (result instanceof Unreadable) {
      problems.push(`values.${name}: the value of "${showHeading(spelling)}" is ${result.reason}`);
    }
    results.set(spelling.trim(), result);
  }
  const inner = read;
  return {
    ...inner,
    read(cell) {
      const text = textOfCell(cell);
      return typeof text === 'string' && results.has(text) ? results.get(text) : inner.read(cell);
    },
  };
}

function readDay(
  cell: SourceCell,
  pattern: (text: string) => string | null,
  written: string,
  column: Column,
): unknown {
  const text = textOfCell(cell);
  // A spreadsheet's own days, empty cells and words (长期) mean the same in every file.
  if (cell instanceof Date || typeof text !== 'string') return column.read(cell);
  if (isAbsent(text) || !/[0-9]/.test(text)) return column.read(cell);
  const day = pattern(text);
  return day === null ? new Unreadable(`not a day written ${written}`) : column.read(day);
}

/**
 * The column in the unit of the file. An amount under a heading of the file's own must say what it
 * counts, by the heading or under `units`: 万元 taken for 元 would be a grave error.
 */
function inFileUnit(
  name: string,
  column: Column,
  heading: string | undefined,
  parsed: MappingText,
  problems: string[],
): Column {
  const stated = parsed.units[name];
  if (!column.forUnit) {
    if (stated !== undefined) problems.push(`units.${name}: is no column of amounts`);
    return column;
  }
  const unit = stated === undefined ? undefined : unitOfText(stated);
  const shown = heading === undefined ? undefined : unitOfHeading(heading);
  if (stated !== undefined && unit === undefined) {
    problems.push(`units.${name}: amounts count yuan, wan yuan or fen`);
  } else if (unit !== undefined && shown !== undefined && unit !== shown) {
    problems.push(`units.${name}: its heading says another unit`);
  } else if (heading !== undefined && unit === undefined && shown === undefined) {
    problems.push(`units.${name}: its heading does not say what it counts: yuan or wan yuan`);
  }
  const counted = unit ?? shown;
  if (counted === undefined) return column;
  // What is settled here must not be settled anew by a bracket in the heading.
  const { kind, required, read } = column.forUnit(counted);
  return { kind, headings: column.headings, required, read };
}

function constantOf(name: string, column: Column, text: string, problems: string[]): unknown {
  const value = column.read(text);
  if (value instanceof Unreadable) problems.push(`constants.${name}: ${value.reason}`);
  else if (value === undefined) problems.push(`constants.${name}: is empty`);
  return value;
}

function mappingError(problems: readonly string[]): ImportError {
  return new ImportError('input', ['The column mapping does not fit:', ...problems].join('\n  '));
}
