// What a sector says of one of its record tables: the one place where GraphQL fields and database
// columns meet. Everything the kit does with records (load, import, compare) reads this.
import type { DisclosureClass } from '../authority/disclosure-class.ts';

/** How a column is stored and read: `money` is two SQL columns, `json` one `jsonb` column. */
export type ColumnKind =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'instant'
  | 'boolean'
  | 'money'
  | 'json';

/** A column of a record table; `sql` is its name, for money the prefix of `_minor`, `_currency`. */
export interface RecordColumn {
  readonly sql: string;
  readonly kind: ColumnKind;
}

/** One record type of a sector. */
export interface RecordTable {
  /** GraphQL object type, for example `TaxPenalty`. */
  readonly type: string;
  /** SQL table, for example `penalties`. */
  readonly table: string;
  /** Least restricted class a row may have. */
  readonly class: DisclosureClass;
  /** Class of a row that is not on display, where it is stricter than AUTHORISED. */
  readonly classOutsideDisplay?: DisclosureClass;
  /** GraphQL fields that, with the subject, make two rows the same record; order matters. */
  readonly key: readonly string[];
  /** GraphQL field to column, for the sector's own fields. */
  readonly columns: Readonly<Record<string, RecordColumn>>;
}

/** Lists the SQL columns of a field: one, or two for money. */
export function sqlColumnsOf(column: RecordColumn): readonly string[] {
  return column.kind === 'money' ? [`${column.sql}_minor`, `${column.sql}_currency`] : [column.sql];
}
