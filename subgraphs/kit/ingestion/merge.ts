// The merge of a staged file into a record table: set-based, and history is kept. A changed record
// gets a new version and its old one the moment at which it ended; nothing is overwritten.
import type { PoolClient } from 'pg';
import type { RecordTable } from '../database/record-table.ts';
import { stagedColumnsOf } from './staged-row.ts';
import { quoteName, STAGING_TABLE } from './staging.ts';

/** What became of the staged rows. */
export interface MergeCounts {
  readonly inserted: number;
  readonly changed: number;
  /** Rows that say what is already known, or what another row of the file says. */
  readonly unchanged: number;
}

/** Rows of one file that state the same record differently. */
export interface Conflict {
  /** Lines of the file, ascending; at most 20. */
  readonly lines: readonly number[];
  readonly rows: number;
}

const CONFLICTS_BATCH = 1_000;
const CONFLICT_LINES_MAX = 20;

/** Runs a query that may take as long as the import. */
export type ImportQuery = (text: string, values?: readonly unknown[]) => Promise<QueryOutcome>;

/** What {@link ImportQuery} gives. */
export interface QueryOutcome {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly count: number;
}

/** Makes the function that runs the statements of an import, with the import's own deadline. */
export function importQuery(client: PoolClient, timeoutMs: number): ImportQuery {
  return async (text, values = []) => {
    // pg reads `query_timeout` of a query before that of the pool; its types do not know it.
    const config = { text, values: [...values], query_timeout: timeoutMs };
    const result = await client.query<Record<string, unknown>>(config);
    return { rows: result.rows, count: result.rowCount ?? 0 };
  };
}

/**
 * Takes out of the staging table all rows of records that the file states twice and differently:
 * which of them is right, the file does not say.
 */
export async function* removeConflicts(query: ImportQuery): AsyncGenerator<Conflict> {
  await query(`analyze ${STAGING_TABLE} (subject_code, record_id, content_hash)`);
  await query(
    `create temporary table staged_conflicts on commit drop as
     select subject_code, record_id, count(*)::bigint as rows,
            (array_agg(line order by line))[1:${CONFLICT_LINES_MAX}] as lines
     from ${STAGING_TABLE} group by subject_code, record_id
     having count(*) > 1 and min(content_hash) <> max(content_hash)`,
  );
  const { count } = await query(
    `delete from ${STAGING_TABLE} s using staged_conflicts c
     where s.subject_code = c.subject_code and s.record_id = c.record_id`,
  );
  if (count === 0) return;
  await query(
    'declare conflicts cursor for select rows, lines from staged_conflicts order by lines',
  );
  for (;;) {
    const { rows } = await query(`fetch ${CONFLICTS_BATCH} from conflicts`);
    for (const row of rows) {
      yield { rows: Number(row['rows']), lines: (row['lines'] as unknown[]).map(Number) };
    }
    if (rows.length < CONFLICTS_BATCH) break;
  }
  await query('close conflicts');
}

/**
 * Merges the staging table, whose rows no longer contradict each other.
 *
 * @param at the instant at which old versions end and new ones begin
 * @param stagedRows rows in the staging table
 */
export async function mergeStaged(
  query: ImportQuery,
  table: RecordTable,
  batchId: string,
  at: string,
  stagedRows: number,
): Promise<MergeCounts> {
  const target = quoteName(table.table);
  const columns = stagedColumnsOf(table).map(quoteName);
  const list = columns.join(', ');
  const staged = columns.map((column) => `s.${column}`).join(', ');
  const first = await query(`select 1 from ${target} limit 1`);
  const empty = first.rows.length === 0;
  // Of several equal rows one is merged. Sorted by the key, the rows reach the indexes in order.
  const distinct = `select distinct on (subject_code, record_id) ${list} from ${STAGING_TABLE}
     order by subject_code, record_id`;
  const insert = (version: string, where: string): string =>
    `insert into ${target} (version, recorded_at, batch_id, ${list})
     select ${version}, $1::timestamptz, $2::text, ${staged} from (${distinct}) s ${where}`;

  if (empty) {
    const inserted = (await query(insert('1', ''), [at, batchId])).count;
    return { inserted, changed: 0, unchanged: stagedRows - inserted };
  }
  const same = `r.subject_code = s.subject_code and r.record_id = s.record_id`;
  const changed = await query(
    `update ${target} r set superseded_at = $1::timestamptz from ${STAGING_TABLE} s
     where ${same} and r.superseded_at is null and r.content_hash <> s.content_hash`,
    [at],
  );
  const added = await query(
    insert(
      `coalesce((select max(r.version) from ${target} r where ${same}), 0) + 1`,
      `where not exists
        (select 1 from ${target} r where ${same} and r.superseded_at is null)`,
    ),
    [at, batchId],
  );
  return {
    inserted: added.count - changed.count,
    changed: changed.count,
    unchanged: stagedRows - added.count,
  };
}
