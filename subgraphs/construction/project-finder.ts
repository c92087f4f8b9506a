// Finds projects, newest first. The search table names candidates; what is answered is read from the
// projects themselves, with the predicate for the rows that the viewer may see.
//
// A pair of characters may be in one project or in half of them, and pairs depend on each other, so
// that no plan is right for all. Therefore three steps, each with one plan only: the newest rows are
// looked through, which fills a page with what is common; else the candidates are probed by their
// terms, and if they are few they are read and sorted; else the index by date is walked on.
import type { Knex } from 'knex';
import {
  columnsOf,
  param,
  runStatement,
  sql,
  toStatement,
  whereVisible,
  type RecordPosition,
  type RecordRow,
  type SectorContext,
  type Statement,
  type Viewer,
} from '../kit/index.ts';
import { furthestStage } from './project-stage.ts';
import { projects } from './records.ts';

/** What is looked for; an absent part does not narrow. */
export interface WantedProjects {
  /** Folded number. */
  readonly number?: string;
  readonly builderCode?: string;
  /** All of them; empty if none narrows. */
  readonly terms: readonly string[];
  /** Folded parts of names: terms tell the pairs, not their order. */
  readonly name?: string;
  readonly builder?: string;
  readonly stage?: string;
}

/** Rows of the search table that are looked through before anything is asked of its terms. */
const NEWEST_MAX = 2_000;
/** Candidates up to which they are all read and sorted. */
const FEW_MAX = 3_000;

/** Reads rows of found projects, newest first, from a position on. */
export async function findProjects(
  pool: SectorContext['pool'],
  viewer: Viewer,
  fields: readonly string[],
  wanted: WantedProjects,
  after: RecordPosition | null,
  limit: number,
): Promise<readonly RecordRow[]> {
  const parts = partsOf(wanted, after !== null);
  const values = {
    ...wanted,
    classes: viewer.classes,
    today: viewer.today,
    limit,
    newestMax: NEWEST_MAX,
    candidatesMax: FEW_MAX + 1,
    afterDate: after?.sortDate ?? null,
    afterId: after?.recordId ?? null,
  };
  if (!EXACT.some((part) => parts.has(part))) {
    const found = await runStatement<RecordRow>(pool, statementOf('newest', parts, fields), values);
    if (found.length >= limit) return found;
  }
  const candidates = NARROWING.some((part) => parts.has(part))
    ? await runStatement<Candidate>(pool, statementOf('probe', parts, []), values)
    : null;
  if (candidates === null || candidates.length > FEW_MAX) {
    return runStatement<RecordRow>(pool, statementOf('walk', parts, fields), values);
  }
  if (candidates.length === 0) return [];
  return runStatement<RecordRow>(pool, statementOf('few', parts, fields), {
    ...values,
    codes: candidates.map((candidate) => candidate.subject_code),
    ids: candidates.map((candidate) => candidate.record_id),
  });
}

/** Counts found projects, up to `max`. */
export async function countProjects(
  pool: SectorContext['pool'],
  viewer: Viewer,
  wanted: WantedProjects,
  max: number,
): Promise<number> {
  const [row] = await runStatement<{ readonly total: number }>(
    pool,
    statementOf('total', partsOf(wanted, false), []),
    { ...wanted, classes: viewer.classes, today: viewer.today, limit: max },
  );
  return row?.total ?? 0;
}

interface Candidate {
  readonly subject_code: string;
  readonly record_id: string;
}

type Part = keyof WantedProjects | 'after';

/** Parts of which an index leads to a few rows at once. */
const EXACT: readonly Part[] = ['number', 'builderCode'];
/** Parts that an index of the search table answers. */
const NARROWING: readonly Part[] = [...EXACT, 'terms'];

function partsOf(wanted: WantedProjects, isAfter: boolean): ReadonlySet<Part> {
  const given = (Object.keys(wanted) as Part[]).filter(
    (part) => part !== 'terms' || wanted.terms.length > 0,
  );
  return new Set(isAfter ? [...given, 'after'] : given);
}

const BUILDERS = { newest, probe, few, walk, total } as const;

const statements = new Map<string, Statement>();

/** Gives a statement, built once for its kind, the parts that narrow and the fields in sight. */
function statementOf(
  kind: keyof typeof BUILDERS,
  parts: ReadonlySet<Part>,
  fields: readonly string[],
): Statement {
  const key = `${kind} ${[...parts].sort().join(',')} ${fields.join(' ')}`;
  let statement = statements.get(key);
  if (!statement) {
    statement = toStatement(BUILDERS[kind](parts, fields));
    statements.set(key, statement);
  }
  return statement;
}

/** The page out of the newest rows: complete if it is full. */
function newest(parts: ReadonlySet<Part>, fields: readonly string[]): Knex.Raw {
  const rows = sql
    .select('n.subject_code', 'n.record_id', 'n.sort_date', 'n.project_number', 'n.name')
    .select('n.builder_name', 'n.terms')
    .from('project_search as n')
    .orderByRaw('n.sort_date desc, n.record_id desc');
  if (parts.has('after')) whereAfter(rows, 'n');
  const query = sql
    .select('p.*')
    .from(sql.raw('(? limit ?) as s', [rows as unknown as Knex.Value, param('newestMax')]))
    .joinRaw('cross join lateral (? limit 1) as p', [visibleProject(parts, fields)])
    .orderByRaw('s.sort_date desc, s.record_id desc');
  whereWanted(query, parts, 's.terms @> ?::text[]');
  return sql.raw('? limit ?', [query as unknown as Knex.Value, param('limit')]);
}

/** Candidates by the indexes, in no order, one more than are few. */
function probe(parts: ReadonlySet<Part>): Knex.Raw {
  const query = sql.select('s.subject_code', 's.record_id').from('project_search as s');
  // A value that the planner does not see: with it, it would scan the table for common terms, and
  // for terms that are common but never meet it would scan all of it in vain.
  whereWanted(query, parts, 's.terms @> (select ?::text[])');
  if (parts.has('after')) whereAfter(query, 's');
  return sql.raw('? limit ?', [query as unknown as Knex.Value, param('candidatesMax')]);
}

/** The page out of a few candidates: parameters `codes` and `ids`, pairwise. */
function few(parts: ReadonlySet<Part>, fields: readonly string[]): Knex.Raw {
  return sql.raw(
    `select p.* from unnest(?::text[], ?::text[]) as s(subject_code, record_id)
     cross join lateral (? limit 1) as p
     order by p.sort_date desc, p.record_id desc limit ?`,
    [param('codes'), param('ids'), visibleProject(parts, fields), param('limit')],
  );
}

/** The page out of many candidates, by the index of the newest. */
function walk(parts: ReadonlySet<Part>, fields: readonly string[]): Knex.Raw {
  const query = sql
    .select('p.*')
    .from('project_search as s')
    .joinRaw('cross join lateral (? limit 1) as p', [visibleProject(parts, fields)]);
  // Within coalesce no other index can be used, and half of the rows are expected to pass.
  whereWanted(query, parts, 'coalesce(s.terms @> ?::text[], false)');
  if (parts.has('after')) whereAfter(query, 's');
  query.orderByRaw('s.sort_date desc, s.record_id desc');
  return sql.raw('? limit ?', [query as unknown as Knex.Value, param('limit')]);
}

function total(parts: ReadonlySet<Part>): Knex.Raw {
  const query = sql
    .select(sql.raw('1'))
    .from('project_search as s')
    .joinRaw('cross join lateral (? limit 1) as p', [visibleProject(parts, [])]);
  whereWanted(query, parts, 's.terms @> (select ?::text[])');
  return sql.raw('select count(*)::int as total from (? limit ?) as found', [
    query as unknown as Knex.Value,
    param('limit'),
  ]);
}

/** The project of a candidate, if the viewer may see it and it stands at the wanted stage. */
function visibleProject(parts: ReadonlySet<Part>, fields: readonly string[]): Knex.Value {
  const query = sql
    .select(columnsOf(projects, fields, 'r'))
    .from('projects as r')
    .whereRaw('r.subject_code = s.subject_code and r.record_id = s.record_id')
    .whereNull('r.superseded_at');
  whereVisible(query, 'r', 'today');
  if (parts.has('stage')) {
    const stage = furthestStage('r.subject_code', 'r.project_number', false);
    query.whereRaw('? = ?', [stage as unknown as Knex.Value, param('stage')]);
  }
  return query as unknown as Knex.Value;
}

function whereWanted(query: Knex.QueryBuilder, parts: ReadonlySet<Part>, terms: string): void {
  if (parts.has('number')) query.whereRaw('s.project_number = ?', [param('number')]);
  if (parts.has('builderCode')) query.whereRaw('s.subject_code = ?', [param('builderCode')]);
  if (parts.has('terms')) query.whereRaw(terms, [param('terms')]);
  if (parts.has('name')) query.whereRaw('strpos(s.name, ?) > 0', [param('name')]);
  if (parts.has('builder')) query.whereRaw('strpos(s.builder_name, ?) > 0', [param('builder')]);
}

function whereAfter(query: Knex.QueryBuilder, alias: string): void {
  query.whereRaw(`(${alias}.sort_date, ${alias}.record_id) < (?::date, ?)`, [
    param('afterDate'),
    param('afterId'),
  ]);
}
