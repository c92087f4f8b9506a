// Finds projects, newest first. The search table names candidates; what is answered is read from the
// projects themselves, with the predicate for the rows in sight.
//
// A pair of characters may be in one project or in half of them, and pairs depend on each other, so
// that no plan is right for all. Therefore three steps, each with one plan only: the newest rows are
// looked through, which fills a page with what is common; else the candidates are probed by their
// terms, and if they are few they are read and sorted; else the index by date is walked on.
import type { Knex } from 'knex';
import {
  accessTo,
  columnsOf,
  createStatementCache,
  param,
  runStatement,
  sql,
  toStatement,
  whereVisible,
  type Authority,
  type RecordAccess,
  type RecordPosition,
  type RecordRow,
  type SectorContext,
  type Statement,
} from '../kit/index.ts';
import { furthestStage, stageAccess, type StageAccess } from './project-stage.ts';
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

/** What is seen of projects and of their stages, and the way to read it. */
export interface ProjectReading {
  readonly projects: RecordAccess;
  readonly stages: StageAccess;
  readonly reader: ReturnType<SectorContext['reads']['through']>;
  readonly today: string;
}

/** Prepares to search what an authority sees. */
export function projectReading(context: SectorContext, authority: Authority): ProjectReading {
  const { classes, reads, viewer } = context;
  return {
    projects: accessTo(projects, classes, authority),
    stages: stageAccess(classes, authority),
    reader: reads.through(authority),
    today: viewer.today,
  };
}

/** Reads rows of found projects, newest first, from a position on. */
export async function findProjects(
  reading: ProjectReading,
  wanted: WantedProjects,
  after: RecordPosition | null,
  limit: number,
): Promise<readonly RecordRow[]> {
  const { reader } = reading;
  const parts = partsOf(wanted, after !== null);
  const values = {
    ...valuesOf(reading, wanted),
    limit,
    newestMax: NEWEST_MAX,
    candidatesMax: FEW_MAX + 1,
    afterDate: after?.sortDate ?? null,
    afterId: after?.recordId ?? null,
  };
  if (!EXACT.some((part) => parts.has(part))) {
    const newestRows = statementOf('newest', parts, reading);
    const found = await runStatement<RecordRow>(reader, newestRows, values);
    if (found.length >= limit) return found;
  }
  const candidates = NARROWING.some((part) => parts.has(part))
    ? await runStatement<Candidate>(reader, statementOf('probe', parts, reading), values)
    : null;
  if (candidates === null || candidates.length > FEW_MAX) {
    return runStatement<RecordRow>(reader, statementOf('walk', parts, reading), values);
  }
  if (candidates.length === 0) return [];
  return runStatement<RecordRow>(reader, statementOf('few', parts, reading), {
    ...values,
    codes: candidates.map((candidate) => candidate.subject_code),
    ids: candidates.map((candidate) => candidate.record_id),
  });
}

/** Counts found projects, up to `max`. */
export async function countProjects(
  reading: ProjectReading,
  wanted: WantedProjects,
  max: number,
): Promise<number> {
  const [row] = await runStatement<{ readonly total: number }>(
    reading.reader,
    statementOf('total', partsOf(wanted, false), reading),
    { ...valuesOf(reading, wanted), limit: max },
  );
  return row?.total ?? 0;
}

function valuesOf(
  { projects: { values }, stages, today }: ProjectReading,
  wanted: WantedProjects,
): Readonly<Record<string, unknown>> {
  return { ...wanted, ...values, ...stages.values, today };
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

const cached = createStatementCache<typeof BUILDERS>();

/** Gives a statement, built once for its kind, the parts that narrow and what is in sight. */
function statementOf(
  kind: keyof typeof BUILDERS,
  parts: ReadonlySet<Part>,
  sight: ProjectReading,
): Statement {
  const { fields, rows } = sight.projects;
  const scopes = [rows, ...sight.stages.scopes].join(' ');
  const key = `${kind} ${[...parts].sort().join(',')} ${scopes} ${fields.join(' ')}`;
  return cached(BUILDERS, key, () => toStatement(BUILDERS[kind](parts, sight)));
}

/** The page out of the newest rows: complete if it is full. */
function newest(parts: ReadonlySet<Part>, sight: ProjectReading): Knex.Raw {
  const rows = sql
    .select('n.subject_code', 'n.record_id', 'n.sort_date', 'n.project_number', 'n.name')
    .select('n.builder_name', 'n.terms')
    .from('project_search as n')
    .orderByRaw('n.sort_date desc, n.record_id desc');
  if (parts.has('after')) whereAfter(rows, 'n');
  const query = sql
    .select('p.*')
    .from(sql.raw('(? limit ?) as s', [rows as unknown as Knex.Value, param('newestMax')]))
    .joinRaw('cross join lateral (? limit 1) as p', [
      visibleProject(parts, sight, sight.projects.fields),
    ])
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
function few(parts: ReadonlySet<Part>, sight: ProjectReading): Knex.Raw {
  return sql.raw(
    `select p.* from unnest(?::text[], ?::text[]) as s(subject_code, record_id)
     cross join lateral (? limit 1) as p
     order by p.sort_date desc, p.record_id desc limit ?`,
    [
      param('codes'),
      param('ids'),
      visibleProject(parts, sight, sight.projects.fields),
      param('limit'),
    ],
  );
}

/** The page out of many candidates, by the index of the newest. */
function walk(parts: ReadonlySet<Part>, sight: ProjectReading): Knex.Raw {
  const query = sql
    .select('p.*')
    .from('project_search as s')
    .joinRaw('cross join lateral (? limit 1) as p', [
      visibleProject(parts, sight, sight.projects.fields),
    ]);
  // Within coalesce no other index can be used, and half of the rows are expected to pass.
  whereWanted(query, parts, 'coalesce(s.terms @> ?::text[], false)');
  if (parts.has('after')) whereAfter(query, 's');
  query.orderByRaw('s.sort_date desc, s.record_id desc');
  return sql.raw('? limit ?', [query as unknown as Knex.Value, param('limit')]);
}

function total(parts: ReadonlySet<Part>, sight: ProjectReading): Knex.Raw {
  const query = sql
    .select(sql.raw('1'))
    .from('project_search as s')
    .joinRaw('cross join lateral (? limit 1) as p', [visibleProject(parts, sight, [])]);
  whereWanted(query, parts, 's.terms @> (select ?::text[])');
  return sql.raw('select count(*)::int as total from (? limit ?) as found', [
    query as unknown as Knex.Value,
    param('limit'),
  ]);
}

/** The project of a candidate, if it is in sight and stands at the wanted stage. */
function visibleProject(
  parts: ReadonlySet<Part>,
  sight: ProjectReading,
  fields: readonly string[],
): Knex.Value {
  const query = sql
    .select(columnsOf(projects, fields, 'r'))
    .from('projects as r')
    .whereRaw('r.subject_code = s.subject_code and r.record_id = s.record_id')
    .whereNull('r.superseded_at');
  whereVisible(query, 'r', 'today', sight.projects.rows);
  if (parts.has('stage')) {
    const stage = furthestStage('r.subject_code', 'r.project_number', false, sight.stages.scopes);
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
