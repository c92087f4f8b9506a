// How much a sector holds of what an authority sees at large, and how current it is. It counts rows, so
// that it takes as long as there are rows, up to the deadline of statements.
import type { FieldClasses } from '../authority/labels.ts';
import type { Authority } from '../authority/policy.ts';
import { LAST_IMPORT_FUNCTION } from './access-statements.ts';
import type { Reader } from './pool.ts';
import { accessTo } from './record-access.ts';
import type { RecordTable } from './record-table.ts';
import { createStatementCache } from './statement-cache.ts';
import { param, runStatement, sql, toStatement, type Statement } from './statement.ts';
import { whereVisible, type RowScope } from './visibility.ts';

/** What is held of one record type. */
export interface RecordTypeCounts {
  readonly type: string;
  /** Records in sight, each counted once, as it stands now. */
  readonly current: number;
  /** Of those, the ones that are on public display today. */
  readonly displayed: number;
  /** Instant; null where there is no record. */
  readonly oldestRetrievedAt: string | null;
  /** First day that is the last one of some record's display; null where none ends. */
  readonly nextDisplayDeadline: string | null;
}

/** What counting needs. */
export interface StatusReading {
  readonly reader: Reader;
  readonly classes: FieldClasses;
  readonly authority: Authority;
  /** Legal day, ISO date. */
  readonly today: string;
}

/** Counts the records of each type, in the order of the tables: one statement for each. */
export function countRecords(
  { reader, classes, authority, today }: StatusReading,
  tables: readonly RecordTable[],
): Promise<readonly RecordTypeCounts[]> {
  return Promise.all(
    tables.map(async (table) => {
      const { rows: scope, values } = accessTo(table, classes, authority);
      const statement = cached(table, scope, () => countStatement(table, scope));
      const [row] = await runStatement<CountRow>(reader, statement, { ...values, today });
      if (!row) throw new Error('a count came without a row');
      return {
        type: table.type,
        current: row.current,
        displayed: row.displayed,
        oldestRetrievedAt: row.oldest_retrieved_at,
        nextDisplayDeadline: row.next_display_deadline,
      };
    }),
  );
}

/**
 * Reads when a record file last entered the database; null where none has.
 *
 * @param reader of class GOVERNMENT or above: the others are not granted it
 */
export async function readLastImport(reader: Reader): Promise<string | null> {
  const [row] = await runStatement<{ readonly at: string | null }>(reader, LAST_IMPORT, {});
  return row?.at ?? null;
}

interface CountRow {
  readonly current: number;
  readonly displayed: number;
  readonly oldest_retrieved_at: string | null;
  readonly next_display_deadline: string | null;
}

const LAST_IMPORT = toStatement(sql.raw(`select ${LAST_IMPORT_FUNCTION} as at`));

const cached = createStatementCache<RecordTable>();

function countStatement(table: RecordTable, scope: RowScope): Statement {
  const today = param('today');
  const onDisplay = `r.state = 'EFFECTIVE'
    and (r.query_until is null or r.query_until >= ?::date)
    and (r.display_from is null or r.display_from <= ?::date)
    and (r.display_until is null or r.display_until >= ?::date)`;
  const onDisplayToday = [today, today, today];
  const query = sql
    .select(
      sql.raw('count(*) as current'),
      sql.raw(`count(*) filter (where ${onDisplay}) as displayed`, onDisplayToday),
      sql.raw('min(r.retrieved_at) as oldest_retrieved_at'),
      sql.raw(
        `min(r.display_until) filter (where ${onDisplay}) as next_display_deadline`,
        onDisplayToday,
      ),
    )
    .from(`${table.table} as r`)
    .whereNull('r.superseded_at');
  whereVisible(query, 'r', 'today', scope);
  return toStatement(query);
}
