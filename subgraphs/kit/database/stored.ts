// Short names for the columns of a record table, so that `records.ts` reads as a table.
import type { ColumnKind, RecordColumn } from './record-table.ts';

type MakeColumn = (sql: string) => RecordColumn;

const of =
  (kind: ColumnKind): MakeColumn =>
  (sql) => ({ sql, kind });

/** Columns by kind; each takes the SQL name (for money the prefix of `_minor` and `_currency`). */
export const stored: Readonly<Record<ColumnKind, MakeColumn>> = {
  text: of('text'),
  integer: of('integer'),
  decimal: of('decimal'),
  date: of('date'),
  instant: of('instant'),
  boolean: of('boolean'),
  money: of('money'),
  json: of('json'),
};
