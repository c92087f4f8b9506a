// Lists subjects by region, status and category, in the order of region and code. One index holds
// each pair of status and category in that very order: the first few of every pair are read and
// merged, so that a page costs the same wherever its subjects are.
import type { Knex } from 'knex';
import {
  CREDIT_CODE_CATEGORIES,
  param,
  runStatement,
  sql,
  toKeyedStatement,
  whereVisible,
  type SectorContext,
} from '../../kit/index.ts';
import { SUBJECT_STATUSES } from '../records.ts';
import { nameSight } from './name-sight.ts';
import type { SearchPosition } from './search-position.ts';
import type { SearchFilters } from './search-request.ts';

/** A subject that was listed. */
export interface ListedSubject {
  readonly subject_code: string;
  readonly region_code: string;
}

/** Lists a page of subjects after a position. */
export function listSubjects(
  filters: SearchFilters,
  after: SearchPosition | null,
  limit: number,
  context: SectorContext,
): Promise<ListedSubject[]> {
  const { reader, values } = nameSight(context);
  return runStatement<ListedSubject>(reader, PAGE, {
    ...valuesOf(filters),
    ...values,
    afterRegion: after?.region ?? filters.region,
    afterCode: after?.code ?? '',
    limit,
  });
}

/** Counts the subjects of a list, up to `most`. */
export async function countListed(
  filters: SearchFilters,
  most: number,
  context: SectorContext,
): Promise<number> {
  const { reader, values } = nameSight(context);
  const [row] = await runStatement<{ found: number }>(reader, COUNT, {
    ...valuesOf(filters),
    ...values,
    regionFrom: filters.region,
    limit: most,
  });
  return row?.found ?? 0;
}

const CATEGORIES = Object.values(CREDIT_CODE_CATEGORIES).flatMap((of) => Object.values(of));

/** The character after 9: what begins with digits stands before it. */
const AFTER_DIGITS = ':';

function valuesOf({ region, statuses, categories }: SearchFilters): Record<string, unknown> {
  return {
    statuses: statuses ?? SUBJECT_STATUSES,
    categories: categories ?? CATEGORIES,
    regionTo: region + AFTER_DIGITS,
  };
}

const PAGE = toKeyedStatement(
  ofEachPair(
    `select l.* from (?) l order by l.region_code, l.subject_code limit ?`,
    // The position is the only lower bound: of two the server might begin at the lesser.
    listed()
      .whereRaw('(n.region_code, n.subject_code) > (?::text collate "C", ?::text collate "C")', [
        ...['afterRegion', 'afterCode'].map(param),
      ])
      .orderByRaw('n.region_code, n.subject_code'),
  ),
);

const COUNT = toKeyedStatement(
  ofEachPair(
    'select count(*)::int as found from (? limit ?) l',
    listed().whereRaw('n.region_code >= ?', [param('regionFrom')]),
  ),
);

function listed(): Knex.QueryBuilder {
  const query = sql
    .select(sql.raw('n.subject_code'), sql.raw('n.region_code'))
    .from('subject_names as n')
    .whereRaw(`n.kind = 'CURRENT' and n.status = s.status and n.category = c.category`)
    .whereRaw('n.region_code < ?', [param('regionTo')]);
  whereVisible(query, 'n', 'today', 'DISPLAYED');
  return query;
}

/** Reads up to `limit` subjects of each pair of status and category, into `outer`, up to `limit`. */
function ofEachPair(outer: string, query: Knex.QueryBuilder): Knex.Raw {
  const pairs = sql.raw(
    `select p.* from unnest(?::text[]) as s(status) cross join unnest(?::text[]) as c(category)
     cross join lateral (? limit ?) as p`,
    [param('statuses'), param('categories'), query as unknown as Knex.Value, param('limit')],
  );
  return sql.raw(outer, [pairs as unknown as Knex.Value, param('limit')]);
}
