// What a sector says of its sample files. A file is a recipe: its rows are made while they are
// written, so that the same recipe yields a few thousand rows to check in and millions to load.
import type { Population } from './population.ts';
import type { Random } from './random.ts';
import type { SampleSubject } from './sample-subject.ts';

/** A row that no tidy writer would write; only text files (CSV, JSONL) can hold one. */
export interface DamagedRow {
  readonly cells: readonly string[];
  /** `UNQUOTED_COMMA`: a cell splits and shifts the rest. `BROKEN_BYTES`: not text in any encoding. */
  readonly damage: 'UNQUOTED_COMMA' | 'BROKEN_BYTES';
  /** Index of the cell that is damaged. */
  readonly column: number;
}

/** A row: cells in the order of the headings, or a damaged one. */
export type SampleRow = readonly string[] | DamagedRow;

/** One file of sample records. */
export interface SampleFile {
  /** Name with its ending, for example `ratings.csv`; unique in the sector. */
  readonly fileName: string;
  readonly kind: 'csv' | 'jsonl' | 'xlsx';
  /** Encoding of a text file; an XLSX workbook is always UTF-8 inside. */
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'gb18030';
  readonly headings: readonly string[];
  /** XLSX only: headings whose cells are numbers or ISO dates, written as such where they are. */
  readonly typed?: readonly string[];
  /** Makes the rows anew at every call, always the same; an empty cell is `''`. */
  readonly rows: () => Iterable<SampleRow>;
}

/** Lists a sector's sample files over a population; `<sector>/samples.ts` exports it as `samples`. */
export type SampleSource = (population: Population) => readonly SampleFile[];

/**
 * Makes rows subject by subject, each from its own stream of chance.
 *
 * @param key sector and record type, for example `tax/ratings`; the stream of subject 17 is that of
 *   `tax/ratings`, then `17`
 * @returns the `rows` of a SampleFile
 */
export function rowsBySubject(
  population: Population,
  key: string,
  rowsOf: (subject: SampleSubject, random: Random) => Iterable<SampleRow>,
): () => Generator<SampleRow, void, undefined> {
  return function* () {
    const root = population.random.fork(key);
    for (const subject of population.subjects()) yield* rowsOf(subject, root.fork(subject.index));
  };
}

/** Tells a damaged row from plain cells. */
export function isDamaged(row: SampleRow): row is DamagedRow {
  return 'damage' in row;
}
