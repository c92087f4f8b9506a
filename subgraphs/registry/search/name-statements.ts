// The SQL over the table of names. Every statement finds its candidates by the index of terms, looks
// at a bounded number of them, and then checks them against the columns.
import type { Knex } from 'knex';
import { param, sql, toStatement, whereVisible, type Statement } from '../../kit/index.ts';

/** What decides the text of a statement; everything else is a parameter. */
export interface NameShape {
  /** Narrowed to the parameter `buckets`. */
  readonly buckets: boolean;
  readonly statuses: boolean;
  readonly categories: boolean;
}

/** A name that was found. */
export interface NameHit {
  readonly subject_code: string;
  readonly region_code: string;
  readonly kind: string;
  readonly name: string;
  readonly normalised: string;
  readonly place: number;
  readonly no: number;
  readonly rank: number;
}

/** Names that one statement looks at; beyond it lie only texts that a tenth of all names contain. */
export const CANDIDATES_MAX = 20_000;

/**
 * Builds the page of subjects with a name that contains the text, the best name of each: parameters
 * `terms`, `text`, `rankFrom`, `rankTo`, `afterRank`, `afterPlace`, `afterCode`, `limit`.
 */
export function pageStatement(shape: NameShape): Statement {
  return memoised('page', shape, () =>
    sql.raw(
      `select b.* from (
         select distinct on (r.place, r.subject_code) r.* from (?) r
         order by r.place, r.subject_code, r.rank, r.no
       ) b
       where b.rank between ? and ?
         and (b.rank, b.place, b.subject_code) > (?::int, ?::int, ?::text collate "C")
       order by b.rank, b.place, b.subject_code limit ?`,
      [
        rankedNames(shape) as unknown as Knex.Value,
        ...['rankFrom', 'rankTo', 'afterRank', 'afterPlace', 'afterCode', 'limit'].map(param),
      ],
    ),
  );
}

/** Builds the number of subjects with such a name, up to `limit`: parameter `rankTo` as above. */
export function countStatement(shape: NameShape): Statement {
  return memoised('count', shape, () =>
    sql.raw(
      `select count(*)::int as found from (
         select distinct r.subject_code from (?) r where r.rank <= ? limit ?
       ) s`,
      [rankedNames(shape) as unknown as Knex.Value, param('rankTo'), param('limit')],
    ),
  );
}

/** Builds the number of names with all terms, unchecked, up to `limit`: how common the text is. */
export function probeStatement(shape: NameShape): Statement {
  return memoised('probe', shape, () =>
    sql.raw(`select count(*)::int as found from (? limit ?) s`, [
      names(shape, ['1']).whereRaw('n.terms @> ?::int[]', [param('terms')]) as never,
      param('limit'),
    ]),
  );
}

/**
 * Builds the candidates for a mistyped name: the names with one of `lengths` and all terms of one of
 * `stretch0`, `stretch1`, ..., of subjects without a name that contains `text`; in order, after
 * `afterPlace`, `afterCode`, `afterNo`.
 */
export function typoStatement(shape: NameShape, stretches: number): Statement {
  return memoised(`typo ${stretches}`, shape, () => {
    const branches = Array.from({ length: stretches }, (_, at) => param(`stretch${at}`));
    const query = names(shape, [...COLUMNS, '3 as rank'])
      .whereRaw('n.terms && ?::int[]', [param('lengths')])
      .whereRaw(`(${branches.map(() => 'n.terms @> ?::int[]').join(' or ')})`, branches)
      .whereRaw('(n.place, n.subject_code, n.no) > (?::int, ?::text collate "C", ?::smallint)', [
        ...['afterPlace', 'afterCode', 'afterNo'].map(param),
      ])
      .whereRaw(
        `not exists (select from subject_names o
           where o.subject_code = n.subject_code and strpos(o.normalised, ?) > 0)`,
        [param('text')],
      )
      .orderByRaw('n.place, n.subject_code, n.no');
    return sql.raw('? limit ?', [query as unknown as Knex.Value, param('limit')]);
  });
}

const COLUMNS = [
  'n.subject_code',
  'n.region_code',
  'n.kind',
  'n.name',
  'n.normalised',
  'n.place',
  'n.no',
] as const;

/** The candidates that contain the text, with their rank. The limit is inside, before the check. */
function rankedNames(shape: NameShape): Knex.Raw {
  const candidates = names(shape, COLUMNS).whereRaw('n.terms @> ?::int[]', [param('terms')]);
  return sql.raw(
    `select c.*, case when c.normalised = ? then 0 when starts_with(c.normalised, ?) then 1 else 2
       end as rank
     from (? limit ${CANDIDATES_MAX}) c where strpos(c.normalised, ?) > 0`,
    [param('text'), param('text'), candidates as unknown as Knex.Value, param('text')],
  );
}

/** Names that the viewer may see and that fit the filters; terms narrow, columns decide. */
function names(shape: NameShape, columns: readonly string[]): Knex.QueryBuilder {
  const query = sql.select(columns.map((column) => sql.raw(column))).from('subject_names as n');
  whereVisible(query, 'n', 'today');
  query.whereRaw('starts_with(n.region_code, ?)', [param('region')]);
  if (shape.buckets) query.whereRaw('n.terms && ?::int[]', [param('buckets')]);
  if (shape.statuses) {
    query.whereRaw('n.terms && ?::int[]', [param('statusTerms')]);
    query.whereRaw('n.status = any(?)', [param('statuses')]);
  }
  if (shape.categories) {
    query.whereRaw('n.terms && ?::int[]', [param('categoryTerms')]);
    query.whereRaw('n.category = any(?)', [param('categories')]);
  }
  return query;
}

const statements = new Map<string, Statement>();

function memoised(name: string, shape: NameShape, build: () => Knex.Raw): Statement {
  const key = `${name} ${JSON.stringify([shape.buckets, shape.statuses, shape.categories])}`;
  let statement = statements.get(key);
  if (!statement) {
    statement = toStatement(build());
    statements.set(key, statement);
  }
  return statement;
}
