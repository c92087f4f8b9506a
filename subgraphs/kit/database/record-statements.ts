// The statements of record tables, each built once for the fields in sight and the shape.
import {
  historyStatement,
  listingStatement,
  listingTotalStatement,
  previousStatement,
  sectionStatement,
  supersededAtStatement,
  versionsBeforeStatement,
  type QueryShape,
} from './record-query.ts';
import type { RecordAccess } from './record-access.ts';
import type { RecordTable } from './record-table.ts';
import type { Statement } from './statement.ts';
import { createStatementCache } from './statement-cache.ts';

type Build = (table: RecordTable, fields: readonly string[], shape: QueryShape) => Statement;

const BUILDERS = {
  section: sectionStatement,
  listing: listingStatement,
  total: (table, _fields, shape) => listingTotalStatement(table, shape),
  history: (table, fields, { rows }) => historyStatement(table, fields, rows),
  versionsBefore: (table, _fields, { rows }) => versionsBeforeStatement(table, rows),
  supersededAt: (table, _fields, { rows }) => supersededAtStatement(table, rows),
  previous: (table, fields, { rows }) => previousStatement(table, fields, rows),
} as const satisfies Record<string, Build>;

/** Kinds of statements in which no field is read. */
const WITHOUT_FIELDS: ReadonlySet<string> = new Set(['total', 'versionsBefore', 'supersededAt']);

const cached = createStatementCache<RecordTable>();

/** Gives the shape of a statement that takes no argument of a connection. */
export function plainShape({ rows }: RecordAccess): QueryShape {
  return { filters: {}, rows, after: false, asOf: false, total: false };
}

/** Returns the statement of a kind for a table, the fields in sight and a shape. */
export function recordStatement(
  kind: keyof typeof BUILDERS,
  table: RecordTable,
  access: RecordAccess,
  shape: QueryShape = plainShape(access),
): Statement {
  const fields = WITHOUT_FIELDS.has(kind) ? [] : access.fields;
  const key = `${kind} ${fields.join(' ')} ${JSON.stringify(shape)}`;
  return cached(table, key, () => BUILDERS[kind](table, fields, shape));
}
