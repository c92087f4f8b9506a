// The SQL over the table of names. A statement finds names either by the index of terms, of which it
// looks at a bounded number, or by reading a bounded stretch of all names in their order.
import type { Knex } from 'knex';
import { param, sql, toKeyedStatement, whereVisible, type Statement } from '../../kit/index.ts';

/** Which filters a search has; their values are parameters. */
export interface FilterShape {
  readonly statuses: boolean;
  readonly categories: boolean;
}

/** What decides the text of a statement by terms. */
export interface TermShape extends FilterShape {
  /** Lists of which a name must have a term: parameters `anyOf0`, `anyOf1`, ... */
  readonly lists: number;
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

const COLUMNS = [
  'subject_code',
  'region_code',
  'kind',
  'name',
  'normalised',
  'place',
  'no',
] as const;

/** A row of a page by terms: how many names were looked at, and a name; one row without, for no name. */
export type PageRow = { readonly looked: number } & (NameHit | { readonly subject_code: null });

/**
 * Builds a page of the subjects with a name that contains the text, the best name of each: parameters
 * `terms`, `text`, `rankFrom`, `rankTo`, `afterRank`, `afterPlace`, `afterCode`, `limit`, and `most`,
 * names that are looked at at most.
 */
export function pageByTermsStatement(shape: TermShape): Statement {
  return memoised('page', shape, () =>
    sql.raw(
      `with candidates as materialized (? limit ?),
       best as (
         select distinct on (r.place, r.subject_code) r.* from (?) r
         order by r.place, r.subject_code, r.rank, r.no
       )
       select l.looked, p.* from (select count(*)::int as looked from candidates) l
       left join (
         select b.* from best b
         where b.rank between ? and ?
           and (b.rank, b.place, b.subject_code) > (?::int, ?::int, ?::text collate "C")
         order by b.rank, b.place, b.subject_code limit ?
       ) p on true
       order by p.rank, p.place, p.subject_code`,
      [
        namesWithTerms(shape) as unknown as Knex.Value,
        param('most'),
        RANKED_CANDIDATES as unknown as Knex.Value,
        ...['rankFrom', 'rankTo', 'afterRank', 'afterPlace', 'afterCode', 'limit'].map(param),
      ],
    ),
  );
}

/**
 * Builds the candidates for a mistyped name, in order: names with one of `terms`, after `afterPlace`,
 * `afterCode`, `afterNo`, that begin with `textStart` or contain `textEnd`, which most strangers do
 * not. They are found before they are ordered: the server, which cannot tell how few they are, would
 * else read all names in order and look at the terms of each.
 */
export function mistypedByTermsStatement(shape: FilterShape): Statement {
  return memoised('mistyped', shape, () =>
    sql.raw(
      `with candidates as materialized (?)
       select c.*, 3 as rank from candidates c
       where (c.place, c.subject_code, c.no) > (?::int, ?::text collate "C", ?::smallint)
       order by c.place, c.subject_code, c.no limit ?`,
      [
        names(shape)
          .whereRaw('n.terms && ?::int[]', [param('terms')])
          .whereRaw('(starts_with(n.normalised, ?) or strpos(n.normalised, ?) > 0)', [
            ...['textStart', 'textEnd'].map(param),
          ]) as unknown as Knex.Value,
        ...['afterPlace', 'afterCode', 'afterNo', 'limit'].map(param),
      ],
    ),
  );
}

/** The candidates that contain the text, with their rank. */
const RANKED_CANDIDATES = sql.raw(
  `select c.*, case when c.normalised = ? then 0 when starts_with(c.normalised, ?) then 1 else 2
     end as rank
   from candidates c where strpos(c.normalised, ?) > 0`,
  ['text', 'text', 'text'].map(param),
);

function namesWithTerms(shape: TermShape): Knex.QueryBuilder {
  const query = names(shape).whereRaw('n.terms @> ?::int[]', [param('terms')]);
  for (let at = 0; at < shape.lists; at += 1) {
    query.whereRaw('n.terms && ?::int[]', [param(`anyOf${at}`)]);
  }
  return query;
}

function names(shape: FilterShape): Knex.QueryBuilder {
  const query = sql.select(COLUMNS.map((column) => sql.raw(`n.${column}`)));
  query.from('subject_names as n');
  whereFits(query, 'n', shape);
  return query;
}

/** Narrows to names that are on display and in sight, and whose subjects pass the filters. */
function whereFits(query: Knex.QueryBuilder, alias: string, shape: FilterShape): void {
  whereVisible(query, alias, 'today', 'DISPLAYED');
  query.whereRaw(`starts_with(${alias}.region_code, ?)`, [param('region')]);
  if (shape.statuses) query.whereRaw(`${alias}.status = any(?)`, [param('statuses')]);
  if (shape.categories) query.whereRaw(`${alias}.category = any(?)`, [param('categories')]);
}

/**
 * Builds a page of the subjects whose best name has a rank, from a stretch of `stretch` names in
 * order: parameters `text`, `afterPlace`, `afterCode`, `limit`. It ends as soon as the page is full.
 */
export function pageInOrderStatement(shape: FilterShape, rank: 0 | 1 | 2): Statement {
  return memoised(`scan ${rank}`, shape, () =>
    sql.raw(
      `select ${COLUMNS.map((column) => `n.${column}`).join(', ')}, ${rank} as rank from (
         select s.place, s.subject_code, min(s.no) as no from (?) s
         group by s.place, s.subject_code order by s.place, s.subject_code limit ?
       ) h join subject_names n on n.subject_code = h.subject_code and n.no = h.no
       order by n.place, n.subject_code`,
      [matchesInOrder(shape, rank) as unknown as Knex.Value, param('limit')],
    ),
  );
}

/** Builds whether names follow a stretch. */
export const followsStretchStatement = (): Statement =>
  memoised('follows', { statuses: false, categories: false }, () =>
    sql.raw(
      `select 1 from subject_names n
       where (n.place, n.subject_code) > (?::int, ?::text collate "C")
       order by n.place, n.subject_code, n.no offset ? limit 1`,
      ['afterPlace', 'afterCode', 'stretch'].map(param),
    ),
  );

/** Builds which of `codes` have a name that contains the text. */
export const subjectsContainingStatement = (): Statement =>
  memoised('containing', { statuses: false, categories: false }, () =>
    sql.raw(
      `select distinct n.subject_code from subject_names n
       where n.subject_code = any(?) and strpos(n.normalised, ?) > 0`,
      ['codes', 'text'].map(param),
    ),
  );

/** A name of the rank, and a name of the same subject that has a better one. */
const OF_RANK = {
  0: { is: 's.normalised = ?', better: null },
  1: { is: 'starts_with(s.normalised, ?)', better: 'o.normalised = ?' },
  2: { is: 'strpos(s.normalised, ?) > 1', better: 'starts_with(o.normalised, ?)' },
} as const;

function matchesInOrder(shape: FilterShape, rank: 0 | 1 | 2): Knex.QueryBuilder {
  const { is, better } = OF_RANK[rank];
  const query = sql
    .select(['place', 'subject_code', 'no'].map((column) => sql.raw(`s.${column}`)))
    .from(stretchOfNames())
    .whereRaw(is, [param('text')]);
  whereFits(query, 's', shape);
  if (better !== null) {
    query.whereRaw(
      `not exists (select from subject_names o where o.subject_code = s.subject_code and ${better})`,
      [param('text')],
    );
  }
  return query;
}

/** Read from the index alone, which holds these columns. */
function stretchOfNames(): Knex.Raw {
  return sql.raw(
    `(select n.place, n.subject_code, n.no, n.normalised, n.region_code, n.status, n.category,
        n.disclosure_class, n.state, n.display_from, n.display_until, n.query_until, n.deletion_until
      from subject_names n where (n.place, n.subject_code) > (?::int, ?::text collate "C")
      order by n.place, n.subject_code, n.no limit ?) as s`,
    ['afterPlace', 'afterCode', 'stretch'].map(param),
  );
}

const statements = new Map<string, Statement>();

function memoised(name: string, shape: FilterShape | TermShape, build: () => Knex.Raw): Statement {
  const key = `${name} ${JSON.stringify(shape)}`;
  let statement = statements.get(key);
  if (!statement) {
    statement = toKeyedStatement(build());
    statements.set(key, statement);
  }
  return statement;
}
