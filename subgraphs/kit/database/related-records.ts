// Records that belong to other records: those of a subject whose field holds a given value. One
// statement reads them for any number of (subject, value) pairs, within the rows that an authority sees.
import type { Knex } from 'knex';
import type { FieldClasses } from '../authority/labels.ts';
import type { Authority } from '../authority/policy.ts';
import type { Reader } from './pool.ts';
import { accessTo, type RecordAccess } from './record-access.ts';
import { nodeReader, type RecordNode, type RecordRow } from './record-node.ts';
import { columnsOf } from './record-query.ts';
import type { RecordTable } from './record-table.ts';
import { param, runStatement, sql, toKeyedStatement, type Statement } from './statement.ts';
import { createStatementCache } from './statement-cache.ts';
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
  /** Reads through what is meant for `authority`. */
  readonly reader: Reader;
  readonly classes: FieldClasses;
  readonly authority: Authority;
  /** The legal day, ISO date. */
  readonly today: string;
}

/** Records that one key may have; more are not read. */
export const RELATED_RECORDS_MAX = 50;

/**
 * Reads the records of many keys: one list a key, in the order of the keys, newest first, at most
 * {@link RELATED_RECORDS_MAX} each. Nothing is read by a field that is not in sight.
 */
export async function loadRelated(
  request: RelatedRequest,
  keys: readonly RelatedKey[],
): Promise<(readonly RecordNode[])[]> {
  const { table, field, asOf, reader, classes, authority, today } = request;
  const access = accessTo(table, classes, authority);
  if (!access.fields.includes(field)) return keys.map(() => []);
  const rows = await runStatement<RecordRow & { readonly at: number }>(
    reader,
    relatedStatement(table, access, field, asOf !== null),
    {
      ...access.values,
      today,
      asOf,
      codes: keys.map((key) => key.code),
      values: keys.map((key) => key.value),
      limit: RELATED_RECORDS_MAX,
    },
  );
  const read = nodeReader(table, access);
  const found: RecordNode[][] = keys.map(() => []);
  for (const row of rows) found[row.at - 1]?.push(read(row));
  return found;
}

const cached = createStatementCache<RecordTable>();

function relatedStatement(
  table: RecordTable,
  access: RecordAccess,
  field: string,
  isAsOf: boolean,
): Statement {
  const { fields, rows } = access;
  const key = `${field} ${isAsOf ? 'asOf' : 'now'} ${rows} ${fields.join(' ')}`;
  return cached(table, key, () => buildStatement(table, access, field, isAsOf));
}

function buildStatement(
  table: RecordTable,
  { fields, rows }: RecordAccess,
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
  if (isAsOf) whereVisibleAsOf(records, table.table, 'r', rows);
  else whereVisible(records.whereNull('r.superseded_at'), 'r', 'today', rows);
  return toKeyedStatement(
    sql.raw(
      `select k.at::int as at, p.*
       from unnest(?::text[], ?::text[]) with ordinality as k(code, value, at)
       cross join lateral (? limit ?) as p order by k.at, p.sort_date desc, p.record_id desc`,
      [param('codes'), param('values'), records as unknown as Knex.Value, param('limit')],
    ),
  );
}
