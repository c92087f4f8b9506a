// Records that belong to other records: those of a subject whose field holds a given value. One
// statement reads them for any number of (subject, value) pairs, within the rows the viewer may see.
import type { Knex } from 'knex';
import type { FieldClasses } from '../authority/labels.ts';
import type { Viewer } from '../authority/viewer.ts';
import type { Reader } from './pool.ts';
import { nodeReader, type RecordNode, type RecordRow } from './record-node.ts';
import { columnsOf, visibleFields } from './record-query.ts';
import type { RecordTable } from './record-table.ts';
import { param, runStatement, sql, toStatement, type Statement } from './statement.ts';
import { whereVisible, whereVisibleAsOf } from './visibility.ts';

/** Names the records of one subject whose field holds a value. */
export interface RelatedKey {
  readonly code: string;
  readonly value: string;
}

/** Which records are read, and for whom. */
export interface RelatedRequest {
  readonly table: RecordTable;
  /** The field that is compared; an index should lead with the subject and its column. */
  readonly field: string;
  /** Reads what stood at the end of this day, ISO date; null for now. */
  readonly asOf: string | null;
  readonly pool: Reader;
  readonly classes: FieldClasses;
  readonly viewer: Viewer;
}

/** Records that one key may have; more are not read. */
export const RELATED_RECORDS_MAX = 50;

/**
 * Reads the records of many keys: one list a key, in the order of the keys, newest first, at most
 * {@link RELATED_RECORDS_MAX} each. Nothing is read by a field that the viewer may not see.
 */
export async function loadRelated(
  request: RelatedRequest,
  keys: readonly RelatedKey[],
): Promise<(readonly RecordNode[])[]> {
  const { table, field, asOf, pool, classes, viewer } = request;
  const fields = visibleFields(table, classes, viewer);
  if (!fields.includes(field)) return keys.map(() => []);
  const rows = await runStatement<RecordRow & { readonly at: number }>(
    pool,
    relatedStatement(table, fields, field, asOf !== null),
    {
      classes: viewer.classes,
      today: viewer.today,
      asOf,
      codes: keys.map((key) => key.code),
      values: keys.map((key) => key.value),
      limit: RELATED_RECORDS_MAX,
    },
  );
  const read = nodeReader(table, fields);
  const found: RecordNode[][] = keys.map(() => []);
  for (const row of rows) found[row.at - 1]?.push(read(row));
  return found;
}

const statements = new WeakMap<RecordTable, Map<string, Statement>>();

function relatedStatement(
  table: RecordTable,
  fields: readonly string[],
  field: string,
  isAsOf: boolean,
): Statement {
  const ofTable = statements.get(table) ?? new Map<string, Statement>();
  statements.set(table, ofTable);
  const key = `${field} ${isAsOf ? 'asOf' : 'now'} ${fields.join(' ')}`;
  let statement = ofTable.get(key);
  if (!statement) {
    statement = buildStatement(table, fields, field, isAsOf);
    ofTable.set(key, statement);
  }
  return statement;
}

function buildStatement(
  table: RecordTable,
  fields: readonly string[],
  field: string,
  isAsOf: boolean,
): Statement {
  const column = table.columns[field];
  if (column?.kind !== 'text') throw new Error(`${table.type}.${field} is no column of text`);
  const records = sql
    .select(columnsOf(table, fields, 'r'))
    .from(`${table.table} as r`)
    .whereRaw('r.subject_code = k.code and r.?? = k.value', [column.sql])
    .orderByRaw('r.sort_date desc, r.record_id desc');
  if (isAsOf) whereVisibleAsOf(records, table.table, 'r');
  else whereVisible(records.whereNull('r.superseded_at'), 'r', 'today');
  return toStatement(
    sql.raw(
      `select k.at::int as at, p.*
       from unnest(?::text[], ?::text[]) with ordinality as k(code, value, at)
       cross join lateral (? limit ?) as p order by k.at, p.sort_date desc, p.record_id desc`,
      [param('codes'), param('values'), records as unknown as Knex.Value, param('limit')],
    ),
  );
}
