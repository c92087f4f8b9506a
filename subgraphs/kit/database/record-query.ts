// The SQL of record connections. One statement reads a page for each of many subjects: a lateral
// join takes the newest rows of each, ten times cheaper than numbering all rows by a window.
import type { Knex } from 'knex';
import { sqlColumnsOf, type RecordTable } from './record-table.ts';
import { param, sql, toKeyedStatement, toStatement, type Statement } from './statement.ts';
import { whereVisible, whereVisibleAsOf, type RowScope } from './visibility.ts';

/** How an argument narrows: to one of several values, or by a first or last value. */
export type FilterTest = 'any' | 'from' | 'to';

/** A filter of a connection: the record's field that an argument compares with. */
export interface RecordFilter {
  readonly field: string;
  readonly test: FilterTest;
}

/** What decides the text of a statement; everything else is a parameter. */
export interface QueryShape {
  /** Filters in use, by the name of their argument; the value is the parameter of that name. */
  readonly filters: Readonly<Record<string, RecordFilter>>;
  readonly rows: RowScope;
  readonly after: boolean;
  readonly asOf: boolean;
  readonly total: boolean;
}

/** Columns of every record, all of them PUBLIC: what a record is, where it comes from, its clocks. */
export const COMMON_COLUMNS = [
  'subject_code',
  'record_id',
  'version',
  'recorded_at',
  'superseded_at',
  'disclosure_class',
  'state',
  'state_reason',
  'dispute',
  'publisher',
  'publisher_code',
  'document_number',
  'decided_on',
  'published_on',
  'retrieved_at',
  ...['display', 'query', 'deletion'].flatMap((c) => [`${c}_start`, `${c}_from`, `${c}_until`]),
  'sort_date',
] as const;

/** Columns of every record that an argument may name beside the sector's own. */
const COMMON_FILTERS: Readonly<Record<string, string>> = {
  decidedOn: 'decided_on',
  publishedOn: 'published_on',
  sortDate: 'sort_date',
  documentNumber: 'document_number',
};

/** Builds the page of each of many subjects: parameter `codes`, result column `key_code`. */
export function sectionStatement(
  table: RecordTable,
  fields: readonly string[],
  shape: QueryShape,
): Statement {
  const page = pageQuery(table, fields, shape).whereRaw('r.subject_code = s.code');
  const total = totalQuery(table, shape).whereRaw('r.subject_code = s.code');
  return toKeyedStatement(
    shape.total
      ? sql.raw(
          `select s.code as key_code, c.total, p.* from unnest(?::text[]) as s(code)
           cross join lateral (?) as c left join lateral (?) as p on true`,
          [param('codes'), total as unknown as Knex.Value, limited(page)],
        )
      : sql.raw(
          `select s.code as key_code, p.* from unnest(?::text[]) as s(code)
           cross join lateral (?) as p`,
          [param('codes'), limited(page)],
        ),
  );
}

/** Builds a page over all subjects, newest first. */
export function listingStatement(
  table: RecordTable,
  fields: readonly string[],
  shape: QueryShape,
): Statement {
  return toStatement(limited(pageQuery(table, fields, shape)));
}

/** Builds the count that goes with a listing. */
export function listingTotalStatement(table: RecordTable, shape: QueryShape): Statement {
  return toStatement(totalQuery(table, shape));
}

/** Builds the superseded versions of many records: parameters `codes` and `ids`, pairwise. */
export function historyStatement(
  table: RecordTable,
  fields: readonly string[],
  rows: RowScope,
): Statement {
  const versions = sql
    .select(columnsOf(table, fields, 'r'))
    .from(`${table.table} as r`)
    .whereRaw('r.subject_code = s.code and r.record_id = s.id')
    .whereNotNull('r.superseded_at')
    .orderBy('r.version', 'desc');
  whereVisible(versions, 'r', 'today', rows);
  return toKeyedStatement(
    sql.raw(
      `select p.* from unnest(?::text[], ?::text[]) as s(code, id) cross join lateral (?) as p`,
      [param('codes'), param('ids'), limited(versions)],
    ),
  );
}

/**
 * Builds, of many versions of records, how many before each are in sight: parameters `codes`, `ids`
 * and `versions`, pairwise; result columns `at`, from 1, and `before`.
 */
export function versionsBeforeStatement(table: RecordTable, rows: RowScope): Statement {
  const before = versionsBeside(table, rows, '<').select(sql.raw('count(*)::int as before'));
  return toKeyedStatement(ofEachVersion('k.at::int as at, p.before', before));
}

/**
 * Builds, of many versions of records, when the first one after each that is in sight was recorded:
 * parameters as above, result columns `at` and `superseded_at`.
 */
export function supersededAtStatement(table: RecordTable, rows: RowScope): Statement {
  const after = versionsBeside(table, rows, '>').select(
    sql.raw('min(r.recorded_at) as superseded_at'),
  );
  return toKeyedStatement(ofEachVersion('k.at::int as at, p.superseded_at', after));
}

/** Builds, of many versions of records, the latest in sight before each: parameters as above. */
export function previousStatement(
  table: RecordTable,
  fields: readonly string[],
  rows: RowScope,
): Statement {
  const previous = versionsBeside(table, rows, '<')
    .select(columnsOf(table, fields, 'r'))
    .orderByRaw('r.version desc limit 1');
  return toKeyedStatement(ofEachVersion('k.at::int as at, p.*', previous));
}

function versionsBeside(
  table: RecordTable,
  rows: RowScope,
  comparison: '<' | '>',
): Knex.QueryBuilder {
  const query = sql
    .from(`${table.table} as r`)
    .whereRaw(
      `r.subject_code = k.code and r.record_id = k.id and r.version ${comparison} k.version`,
    );
  whereVisible(query, 'r', 'today', rows);
  return query;
}

function ofEachVersion(columns: string, query: Knex.QueryBuilder): Knex.Raw {
  return sql.raw(
    `select ${columns}
     from unnest(?::text[], ?::text[], ?::int[]) with ordinality as k(code, id, version, at)
     cross join lateral (?) as p`,
    [param('codes'), param('ids'), param('versions'), query as unknown as Knex.Value],
  );
}

function pageQuery(
  table: RecordTable,
  fields: readonly string[],
  shape: QueryShape,
): Knex.QueryBuilder {
  const query = sql.select(columnsOf(table, fields, 'r'));
  whereStanding(query, table, shape);
  if (shape.after) {
    query.whereRaw('(r.sort_date, r.record_id) < (?::date, ?)', [
      param('afterDate'),
      param('afterId'),
    ]);
  }
  return query.orderByRaw('r.sort_date desc, r.record_id desc');
}

/** Adds the limit as a parameter: the builder's own takes numbers only. */
function limited(query: Knex.QueryBuilder): Knex.Raw {
  return sql.raw('? limit ?', [query as unknown as Knex.Value, param('limit')]);
}

function totalQuery(table: RecordTable, shape: QueryShape): Knex.QueryBuilder {
  const query = sql.select(sql.raw('count(*)::int as total'));
  whereStanding(query, table, shape);
  return query;
}

function whereStanding(query: Knex.QueryBuilder, table: RecordTable, shape: QueryShape): void {
  query.from(`${table.table} as r`);
  if (shape.asOf) {
    whereVisibleAsOf(query, table.table, 'r', shape.rows);
  } else {
    query.whereRaw('r.superseded_at is null');
    whereVisible(query, 'r', 'today', shape.rows);
  }
  for (const [argument, filter] of Object.entries(shape.filters)) {
    const column = table.columns[filter.field]?.sql ?? COMMON_FILTERS[filter.field];
    if (column === undefined) throw new Error(`${table.type} has no column for ${filter.field}`);
    const operator = { any: '= any(?)', from: '>= ?', to: '<= ?' }[filter.test];
    query.whereRaw(`r.?? ${operator}`, [column, param(argument)]);
  }
}

/** Lists the SQL columns of a record under an alias: those of every record, then its visible own. */
export function columnsOf(table: RecordTable, fields: readonly string[], alias: string): string[] {
  const own = fields.flatMap((field) => {
    const column = table.columns[field];
    return column ? sqlColumnsOf(column) : [];
  });
  return [...COMMON_COLUMNS, ...own].map((column) => `${alias}.${column}`);
}
