// What every reader of a file kind gives: headings, then rows with the line they stand in.
import type { SourceCell } from './cell-text.ts';

/** The kinds of file that can be read. */
export type FileKind = 'CSV' | 'JSON Lines' | 'XLSX';

/** A row as it stands in the file. */
export interface SourceRow {
  /** Line of the file, or row of the sheet, counted from 1. */
  readonly line: number;
  /** In the order of the headings; empty when there is a problem. */
  readonly cells: readonly SourceCell[];
  /** Why the row cannot be read, without anything of its content. */
  readonly problem?: string | undefined;
  /** The text of the whole line, where cells do not show every character of it. */
  readonly text?: string | undefined;
}

/** An opened file. */
export interface RowSource {
  readonly kind: FileKind;
  /** Grows while a JSON Lines file names further keys; a heading keeps its place. */
  readonly headings: readonly string[];
  /** Gives the rows in batches, so that no row costs a promise; can be read once. */
  readonly batches: () => AsyncIterable<readonly SourceRow[]>;
}

/** Tells whether headings are those of a known format. */
export type KnowsHeadings = (headings: readonly string[]) => boolean;
