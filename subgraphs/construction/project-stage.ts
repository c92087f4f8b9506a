// The furthest stage of a project, of the records that the viewer may see: one statement for any
// number of projects, and the same expression for the search by stage.
import type { Knex } from 'knex';
import {
  batched,
  param,
  runStatement,
  sql,
  toStatement,
  whereVisible,
  whereVisibleAsOf,
  type DatedNode,
  type RecordTable,
  type RelatedKey,
  type Resolver,
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

/**
 * Builds the expression of the furthest stage.
 *
 * @param code SQL of the builder's code
 * @param number SQL of the project's number
 * @param isAsOf whether the parameter `asOf` names the day; else `today` does
 */
export function furthestStage(code: string, number: string, isAsOf: boolean): Knex.Raw {
  const cases = STAGE_TABLES.map(([, table]) => {
    const standing = sql
      .select(sql.raw('1'))
      .from(`${table.table} as t`)
      .whereRaw(`t.subject_code = ${code} and t.project_number = ${number}`);
    if (isAsOf) whereVisibleAsOf(standing, table.table, 't');
    else whereVisible(standing.whereNull('t.superseded_at'), 't', 'today');
    return standing as unknown as Knex.Value;
  });
  const whens = STAGE_TABLES.map(([stage]) => `when exists (?) then '${stage}'`).join(' ');
  return sql.raw(`case ${whens} else 'REGISTERED' end`, cases);
}

/** Resolves `ConstructionProject.stage`. */
export const stageOfProject: Resolver<DatedNode> = async (project, _args, context) => {
  const asOf = project.readFor ?? null;
  const load = batched(
    context,
    `stages ${asOf ?? 'now'}`,
    async (keys: readonly RelatedKey[]) => {
      const rows = await runStatement<{ readonly stage: string }>(
        context.pool,
        asOf === null ? STAGES_NOW : STAGES_AS_OF,
        {
          classes: context.viewer.classes,
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

const STAGES_NOW = stagesStatement(false);
const STAGES_AS_OF = stagesStatement(true);

function stagesStatement(isAsOf: boolean): ReturnType<typeof toStatement> {
  return toStatement(
    sql.raw(
      `select ? as stage
       from unnest(?::text[], ?::text[]) with ordinality as k(code, number, at) order by k.at`,
      [
        furthestStage('k.code', 'k.number', isAsOf) as unknown as Knex.Value,
        param('codes'),
        param('numbers'),
      ],
    ),
  );
}
