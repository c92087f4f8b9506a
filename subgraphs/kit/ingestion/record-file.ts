// One file format of a sector: which columns it has, and how a row becomes a record. Written by the
// sector in `imports.ts`; everything else about reading files is the kit's.
import type { DisclosureClass } from '../authority/disclosure-class.ts';
import type { RecordTable } from '../database/record-table.ts';
import type { RecordClocks } from '../lifecycle/clocks.ts';
import type { FileColumn } from './file-column.ts';

/** Where a record comes from; the days are ISO dates. */
export interface RecordSource {
  readonly publisher: string;
  readonly publisherCode?: string | undefined;
  readonly documentNumber?: string | undefined;
  readonly decidedOn?: string | undefined;
  readonly publishedOn?: string | undefined;
  /** ISO 8601 in UTC; the start of the import when the file does not say. */
  readonly retrievedAt?: string | undefined;
}

/** What a record is worth today. */
export type RecordState = 'EFFECTIVE' | 'REPAIRED' | 'WITHDRAWN';

/** A record as one row of a file states it, before it meets the database. */
export interface RecordDraft {
  /** Unified social credit code of the subject, eighteen characters. */
  readonly subjectCode: string;
  /** GraphQL field to value, for the table's columns; an absent field is null. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly source: RecordSource;
  readonly clocks: RecordClocks;
  /** The stricter of this and the table's class counts. */
  readonly disclosureClass?: DisclosureClass | undefined;
  /** Default EFFECTIVE. */
  readonly state?: RecordState | undefined;
  readonly stateReason?: string | undefined;
  /** Default NONE. */
  readonly dispute?: string | undefined;
  /** ISO date by which records are listed, newest first. */
  readonly sortDate: string;
}

/** The columns of a format, by the name that `draft` uses. */
export type FileColumns = Readonly<Record<string, FileColumn<unknown>>>;

/** The cells of a row, typed by their columns. */
export type Cells<Columns extends FileColumns> = {
  readonly [Name in keyof Columns]: Columns[Name] extends FileColumn<infer Value> ? Value : never;
};

/** Refuses the row; `columnName` is the name of the column in the format, `reason` has no cell. */
export type Reject<ColumnName extends string = string> = (
  columnName: ColumnName,
  reason: string,
) => never;

/** One file format; made with {@link recordFile}. */
export interface RecordFile {
  /** What `--as` takes, unique within the sector. */
  readonly name: string;
  readonly table: RecordTable;
  readonly columns: FileColumns;
  readonly draft: (cells: Readonly<Record<string, unknown>>, reject: Reject) => RecordDraft;
  readonly changedBy?: ChangedBy;
  /** Headings of a file that are no column, whatever they are called; set by a column mapping. */
  readonly ignoredHeadings?: readonly string[];
}

/**
 * How a row tells `--since` that it is news, beside the day on which it was published and the time at
 * which it was updated in its source (`retrievedAt`): the table's days on which its records change
 * later. `updateTime` is for records that may change without a day: then that time alone counts, and a
 * row that states none is always read.
 */
export type ChangedBy = readonly string[] | 'updateTime';

/** What a sector writes for one format; the types of `draft` follow from `columns`. */
export interface RecordFileDefinition<Columns extends FileColumns> {
  readonly name: string;
  readonly table: RecordTable;
  readonly columns: Columns;
  readonly draft: (cells: Cells<Columns>, reject: Reject<keyof Columns & string>) => RecordDraft;
  /** Default: no other day. */
  readonly changedBy?: ChangedBy;
}

/** Makes a file format from columns and the function that turns their cells into a record. */
export function recordFile<const Columns extends FileColumns>(
  definition: RecordFileDefinition<Columns>,
): RecordFile {
  // The kit fills the cells by the columns of this very definition, which the types cannot express.
  return definition as unknown as RecordFile;
}
