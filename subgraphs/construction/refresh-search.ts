// Keeps the search table in step with the projects: whatever a batch touched is looked at again, in
// the batch's own transaction.
import type { PoolClient } from 'pg';
import { STAGE_TABLES } from './project-stage.ts';
import { foldName, foldNumber, termsOfProject } from './search-terms.ts';

interface TouchedProject {
  readonly subject_code: string;
  readonly record_id: string;
  readonly sort_date: string;
  readonly project_number: string;
  readonly name: string;
  readonly builder_name: string;
  readonly region: string;
  readonly is_public: boolean;
  readonly stages: readonly string[];
}

/** Projects in one round; a batch may touch millions. */
const ROUND_PROJECTS = 2_000;
const ROUND_TIMEOUT_MS = 600_000;
const PROJECT_TABLES = ['projects', ...STAGE_TABLES.map(([, { table }]) => table)];
const BATCH_ID = /^[\w-]{1,64}$/;

/** Refreshes the search rows of the projects that a batch changed, or whose stages it changed. */
export async function refreshProjectSearch(client: PoolClient, batchId: string): Promise<void> {
  // The statement that declares a cursor takes no parameters.
  if (!BATCH_ID.test(batchId)) throw new Error('the id of a batch is letters, digits and hyphens');
  await client.query(`declare touched_projects no scroll cursor for ${touchedBy(batchId)}`);
  let touched = 0;
  for (;;) {
    const { rows } = await client.query<TouchedProject>(
      slow(`fetch ${ROUND_PROJECTS} from touched_projects`),
    );
    await remove(
      client,
      rows.filter((row) => !row.is_public),
    );
    await write(
      client,
      rows.filter((row) => row.is_public),
    );
    touched += rows.length;
    if (rows.length < ROUND_PROJECTS) break;
  }
  await client.query('close touched_projects');
  // Entries wait in a list that every search reads from end to end; now they enter the index.
  await client.query(slow(`select gin_clean_pending_list('project_search_terms')`));
  // Sessions keep plans that were right for the tables as they were; statistics make them plan anew.
  if (touched >= ROUND_PROJECTS) {
    await client.query(slow(`analyze project_search, ${PROJECT_TABLES.join(', ')}`));
  }
}

/** Lets a query of an import take its time; pg reads the deadline, its types do not know it. */
function slow(text: string): { readonly text: string } {
  const query = { text, query_timeout: ROUND_TIMEOUT_MS };
  return query;
}

/** A row is public by class and state; the days of its display are compared when it is searched. */
const IS_PUBLIC = (alias: string): string =>
  `${alias}.disclosure_class = 'PUBLIC' and ${alias}.state = 'EFFECTIVE'`;

function touchedBy(batchId: string): string {
  const keys = PROJECT_TABLES.map(
    (table) => `select subject_code, project_number from ${table} where batch_id = '${batchId}'`,
  );
  const stages = STAGE_TABLES.map(
    ([stage, { table }]) =>
      `case when exists (
         select from ${table} t where t.subject_code = p.subject_code
         and t.project_number = p.project_number and t.superseded_at is null and ${IS_PUBLIC('t')}
       ) then '${stage}' end`,
  );
  return `select p.subject_code, p.record_id, p.sort_date, p.project_number, p.name,
      p.builder_name, p.region, (${IS_PUBLIC('p')}) as is_public,
      array_remove(array[${stages.join(', ')}], null) as stages
    from (${keys.join(' union ')}) as k
    join projects p on p.subject_code = k.subject_code and p.project_number = k.project_number
      and p.superseded_at is null`;
}

async function remove(client: PoolClient, rows: readonly TouchedProject[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `delete from project_search s
     using unnest($1::text[], $2::text[]) as gone(subject_code, record_id)
     where s.subject_code = gone.subject_code and s.record_id = gone.record_id`,
    [rows.map((row) => row.subject_code), rows.map((row) => row.record_id)],
  );
}

async function write(client: PoolClient, rows: readonly TouchedProject[]): Promise<void> {
  if (rows.length === 0) return;
  const found = rows.map((row) => ({
    subject_code: row.subject_code,
    record_id: row.record_id,
    sort_date: row.sort_date,
    project_number: foldNumber(row.project_number),
    name: foldName(row.name),
    builder_name: foldName(row.builder_name),
    terms: termsOfProject({
      name: row.name,
      builderName: row.builder_name,
      region: row.region,
      stages: row.stages,
    }),
  }));
  await client.query(
    `insert into project_search as s
       (subject_code, record_id, sort_date, project_number, name, builder_name, terms)
     select subject_code, record_id, sort_date, project_number, name, builder_name, terms
     from jsonb_to_recordset($1::jsonb) as x(subject_code text, record_id text, sort_date date,
       project_number text, name text, builder_name text, terms text[])
     on conflict (subject_code, record_id) do update set
       sort_date = excluded.sort_date, project_number = excluded.project_number,
       name = excluded.name, builder_name = excluded.builder_name, terms = excluded.terms
     where (s.sort_date, s.project_number, s.name, s.builder_name, s.terms) is distinct from
       (excluded.sort_date, excluded.project_number, excluded.name, excluded.builder_name,
        excluded.terms)`,
    [JSON.stringify(found)],
  );
}
