// The furthest stage of a project, of the records in sight: one statement for any
// number of projects, and the same expression for the search by stage.
import type { Knex } from 'knex';
import {
  accessTo,
  authorityKey,
  batched,
  createStatementCache,
  param,
  READ_UNDER,
  runStatement,
  sql,
  toKeyedStatement,
  whereVisible,
  whereVisibleAsOf,
  type Authority,
  type DatedNode,
  type RecordTable,
  type RelatedKey,
  type Resolver,
  type RowScope,
  type SectorContext,
  type Statement,
} from '../kit/index.ts';
import { completions, contracts, drawingReviews, licences, tenders } from './records.ts';

/** Stages with the table of their records, the furthest first; a project without any is REGISTERED. */
export const STAGE_TABLES: readonly (readonly [stage: string, table: RecordTable])[] = [
  ['COMPLETION', completions],
  ['LICENCE', licences],
  ['DRAWING_REVIEW', drawingReviews],
  ['CONTRACT', contracts],
  ['TENDER', tenders],
];

/** What of each stage is in sight: it decides the text of the expression, and its parameters. */
export interface StageAccess {
  /** Scope of the rows of each of {@link STAGE_TABLES}, in their order. */
  readonly scopes: readonly RowScope[];
  readonly values: Readonly<Record<string, unknown>>;
}

/** Finds what an authority sees of the stages. */
export function stageAccess(classes: SectorContext['classes'], authority: Authority): StageAccess {
  const accesses = STAGE_TABLES.map(([, table]) => accessTo(table, classes, authority));
  const values = accesses.flatMap((access, at) => [
    [`displayed${at}`, access.values.displayed],
    [`outside${at}`, access.values.outside],
  ]);
  return {
    scopes: accesses.map((access) => access.rows),
    values: Object.fromEntries(values) as StageAccess['values'],
  };
}

/**
 * Builds the expression of the furthest stage; its parameters are those of {@link stageAccess}.
 *
 * @param code SQL of the builder's code
 * @param number SQL of the project's number
 * @param isAsOf whether the parameter `asOf` names the day, beside `today`
 */
export function furthestStage(
  code: string,
  number: string,
  isAsOf: boolean,
  scopes: readonly RowScope[],
): Knex.Raw {
  const cases = STAGE_TABLES.map(([, table], at) => {
    const scope = scopes[at] ?? 'DISPLAYED';
    const suffix = String(at);
    const standing = sql
      .select(sql.raw('1'))
      .from(`${table.table} as t`)
      .whereRaw(`t.subject_code = ${code} and t.project_number = ${number}`);
    if (isAsOf) whereVisibleAsOf(standing, table.table, 't', scope, suffix);
    else whereVisible(standing.whereNull('t.superseded_at'), 't', 'today', scope, suffix);
    return standing as unknown as Knex.Value;
  });
  const whens = STAGE_TABLES.map(([stage]) => `when exists (?) then '${stage}'`).join(' ');
  return sql.raw(`case ${whens} else 'REGISTERED' end`, cases);
}

/** Resolves `ConstructionProject.stage`: of the records that are seen as the project is. */
export const stageOfProject: Resolver<DatedNode> = async (project, _args, context) => {
  const asOf = project.readFor ?? null;
  const authority = project[READ_UNDER];
  const load = batched(
    context,
    `stages ${asOf ?? 'now'} ${authorityKey(authority)}`,
    async (keys: readonly RelatedKey[]) => {
      const { scopes, values } = stageAccess(context.classes, authority);
      const rows = await runStatement<{ readonly stage: string }>(
        context.reads.through(authority),
        stagesStatement(asOf !== null, scopes),
        {
          ...values,
          today: context.viewer.today,
          asOf,
          codes: keys.map((key) => key.code),
          numbers: keys.map((key) => key.value),
        },
      );
      return rows.map((row) => row.stage);
    },
    ({ code, value }) => `${code} ${value}`,
  );
  return load({ code: project.subject.code, value: project['projectNumber'] as string });
};

const cached = createStatementCache<typeof STAGE_TABLES>();

function stagesStatement(isAsOf: boolean, scopes: readonly RowScope[]): Statement {
  return cached(STAGE_TABLES, `${isAsOf ? 'asOf' : 'now'} ${scopes.join(' ')}`, () =>
    toKeyedStatement(
      sql.raw(
        `select ? as stage
         from unnest(?::text[], ?::text[]) with ordinality as k(code, number, at) order by k.at`,
        [
          furthestStage('k.code', 'k.number', isAsOf, scopes) as unknown as Knex.Value,
          param('codes'),
          param('numbers'),
        ],
      ),
    ),
  );
}
