// The statements of record tables, each built once: tables, visible fields and shapes are all few.
import {
  historyStatement,
  listingStatement,
  listingTotalStatement,
  sectionStatement,
  type QueryShape,
} from './record-query.ts';
import type { RecordTable } from './record-table.ts';
import type { Statement } from './statement.ts';

/** The shape of a statement that takes no argument of a connection. */
export const NO_SHAPE: QueryShape = { filters: {}, after: false, asOf: false, total: false };

const BUILDERS = {
  section: sectionStatement,
  listing: listingStatement,
  total: (table: RecordTable, _fields: readonly string[], shape: QueryShape): Statement =>
    listingTotalStatement(table, shape),
  history: (table: RecordTable, fields: readonly string[]): Statement =>
    historyStatement(table, fields),
};

const statements = new WeakMap<RecordTable, Map<string, Statement>>();

/** Returns the statement of a kind for a table, the fields in sight and a shape. */
export function recordStatement(
  kind: keyof typeof BUILDERS,
  table: RecordTable,
  fields: readonly string[],
  shape: QueryShape,
): Statement {
  let ofTable = statements.get(table);
  if (!ofTable) {
    ofTable = new Map();
    statements.set(table, ofTable);
  }
  const key = `${kind} ${fields.join(' ')} ${JSON.stringify(shape)}`;
  let statement = ofTable.get(key);
  if (!statement) {
    statement = BUILDERS[kind](table, fields, shape);
    ofTable.set(key, statement);
  }
  return statement;
}
