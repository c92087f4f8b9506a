// The merge of a staged file into a record table: set-based, and history is kept. A changed record
// gets a new version and its old one the moment at which it ended; nothing is overwritten.
import type { PoolClient } from 'pg';
import { deferIndexes, type Run } from '../database/defer-indexes.ts';
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
 * Takes out of the staging table what the file states more than once: all rows of a record that it
 * states differently, since it does not say which of them is right, and all but the first of those
 * it states alike.
 */
export async function* removeRepeats(query: ImportQuery): AsyncGenerator<Conflict> {
  await query(`analyze ${STAGING_TABLE} (subject_code, record_id, content_hash)`);
  const repeats = await query(
    `select 1 from ${STAGING_TABLE} group by subject_code, record_id having count(*) > 1 limit 1`,
  );
  if (repeats.rows.length === 0) return;
  await query(
    `create temporary table staged_repeats on commit drop as
     select subject_code, record_id, count(*)::bigint as rows, min(line) as first_line,
            (array_agg(line order by line))[1:${CONFLICT_LINES_MAX}] as lines,
            min(content_hash) <> max(content_hash) as conflict
     from ${STAGING_TABLE} group by subject_code, record_id having count(*) > 1`,
  );
  await query(
    `delete from ${STAGING_TABLE} s using staged_repeats d
     where s.subject_code = d.subject_code and s.record_id = d.record_id
       and (d.conflict or s.line > d.first_line)`,
  );
  await query(
    `declare conflicts cursor for
     select rows, lines from staged_repeats where conflict order by first_line`,
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
 * Merges the staging table, in which each record now stands once.
 *
 * What is new is found by one join and written in the order of the key, so that it reaches the
 * indexes in order. Two merges of the same record at once meet in its primary key: the second fails.
 *
 * @param at the instant at which old versions end and new ones begin
 * @param stated rows of the file that state a record, repeats included
 */
export async function mergeStaged(
  query: ImportQuery,
  table: RecordTable,
  batchId: string,
  at: string,
  stated: number,
): Promise<MergeCounts> {
  const target = quoteName(table.table);
  const columns = stagedColumnsOf(table).map(quoteName);
  const insert = (version: string, from: string): string =>
    `insert into ${target} (version, recorded_at, batch_id, ${columns.join(', ')})
     select ${version}, $1::timestamptz, $2::text, ${columns.map((name) => `s.${name}`).join(', ')}
     from ${from} order by s.subject_code, s.record_id`;

  const any = await query(`select 1 from ${target} limit 1`);
  if (any.rows.length === 0) {
    const isLarge = stated >= FIRST_LOAD_ROWS_MIN;
    const run: Run = async <Row extends object>(text: string, values: unknown[]) =>
      (await query(text, values)).rows as Row[];
    const buildIndexes = isLarge ? await deferIndexes(run, table.table) : undefined;
    const inserted = (await query(insert('1', `${STAGING_TABLE} s`), [at, batchId])).count;
    await buildIndexes?.();
    await refreshStatistics(query, target, inserted);
    return { inserted, changed: 0, unchanged: stated - inserted };
  }
  const same = `r.subject_code = s.subject_code and r.record_id = s.record_id`;
  await query(
    `create temporary table staged_news on commit drop as
     select s.line, r.version as old_version from ${STAGING_TABLE} s
     left join ${target} r on ${same} and r.superseded_at is null
     where r.version is null or r.content_hash <> s.content_hash`,
  );
  await query('analyze staged_news');
  const news = `staged_news n join ${STAGING_TABLE} s on s.line = n.line`;
  const changed = await query(
    `update ${target} r set superseded_at = $1::timestamptz from ${news}
     where ${same} and r.version = n.old_version`,
    [at],
  );
  const version = `coalesce(n.old_version,
    (select max(r.version) from ${target} r where ${same}), 0) + 1`;
  const added = await query(insert(version, news), [at, batchId]);
  await refreshStatistics(query, target, added.count);
  return {
    inserted: added.count - changed.count,
    changed: changed.count,
    unchanged: stated - added.count,
  };
}

/** A first batch of fewer rows is entered one by one: the table can be read meanwhile. */
const FIRST_LOAD_ROWS_MIN = 20_000;

/** Rows from which a batch may have made the plans of prepared statements wrong. */
const STATISTICS_ROWS_MIN = 1_000;

/**
 * Tells the planner of a large batch at once: subgraphs keep plans by name, and one made while the
 * table was small would read all of it until the server's own upkeep comes round.
 */
async function refreshStatistics(query: ImportQuery, target: string, rows: number): Promise<void> {
  if (rows >= STATISTICS_ROWS_MIN) await query(`analyze ${target}`);
}
