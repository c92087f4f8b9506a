// Counts the versions of a record table: exactly while it is of a size that is soon read through, and
// from what the planner knows beyond that. A table is never read through for minutes to be told of.
import pg from 'pg';
import type { Pool } from '../../database/pool.ts';
import type { DisplayState, RecordTypeState } from './sector-state.ts';

/** Counts of one table. */
export type TableRow = Pick<RecordTypeState, 'current' | 'versions'> & DisplayState;

/** Rows up to which a table is counted; some seconds of reading. */
export const COUNTED_ROWS_MAX = 2_000_000;

const CURRENT = 'superseded_at is null';
const STANDS = `${CURRENT} and state = 'EFFECTIVE'
  and (deletion_until is null or deletion_until >= $1::date)`;
const ENDED = `${STANDS} and display_until < $1::date`;
const RUNS = `${STANDS} and display_until >= $1::date
  and (display_from is null or display_from <= $1::date)`;
const DUE = 'deletion_until < $1::date';

/**
 * Counts a table.
 *
 * @param today legal day, ISO date
 */
export async function countRows(
  pool: Pool,
  table: string,
  today: string,
  rowsMax = COUNTED_ROWS_MAX,
): Promise<TableRow> {
  const versions = await planned(pool, table);
  return versions <= rowsMax ? counted(pool, table, today) : estimated(pool, table, today);
}

async function counted(pool: Pool, table: string, today: string): Promise<TableRow> {
  const { rows } = await pool.query<Omit<TableRow, 'isEstimate'>>({
    text: `select count(*) as versions, count(*) filter (where ${CURRENT}) as current,
        count(*) filter (where ${ENDED}) as ended,
        min(display_until) filter (where ${ENDED}) as "endedFirstOn",
        min(display_until) filter (where ${RUNS}) as "nextEndsOn",
        count(*) filter (where ${DUE}) as "deletionDue"
      from ${pg.escapeIdentifier(table)}`,
    values: [today],
  });
  const [row] = rows;
  if (!row) throw new Error('a count came without a row');
  return { ...row, isEstimate: false };
}

async function estimated(pool: Pool, table: string, today: string): Promise<TableRow> {
  const { rows } = await pool.query<Pick<TableRow, 'nextEndsOn'>>({
    // Some hundred days that the last ANALYZE saw; those of versions that are superseded are among
    // them, so that of what has ended the first day is not known.
    text: `select min(day) as "nextEndsOn"
      from pg_stats,
        unnest(array_cat(histogram_bounds::text::date[], most_common_vals::text::date[])) day
      where schemaname = 'public' and tablename = $2 and attname = 'display_until'
        and day >= $1::date`,
    values: [today, table],
  });
  return {
    versions: await planned(pool, table),
    current: await planned(pool, table, CURRENT),
    ended: await planned(pool, table, ENDED, today),
    endedFirstOn: null,
    nextEndsOn: rows[0]?.nextEndsOn ?? null,
    deletionDue: await planned(pool, table, DUE, today),
    isEstimate: true,
  };
}

/** Asks the planner how many rows it expects; it knows the size of the file, also without ANALYZE. */
async function planned(pool: Pool, table: string, where = 'true', today?: string): Promise<number> {
  const { rows } = await pool.query<{ 'QUERY PLAN': readonly { Plan: { 'Plan Rows': number } }[] }>(
    {
      text: `explain (format json) select from ${pg.escapeIdentifier(table)} where ${where}`,
      ...(today !== undefined && { values: [today] }),
    },
  );
  return rows[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
}
