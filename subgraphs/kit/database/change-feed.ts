// The changes of a sector in the order in which they entered its database, over all record types.
// Imports enter their batches one after the other, so that nothing can appear before a cursor.
import { PublicError } from '../errors.ts';
import { parseInstant } from '../values/instants.ts';
import { accessTo, type RecordAccess } from './record-access.ts';
import type { RecordLoader, RecordReading } from './record-loader.ts';
import { nodeReader, type RecordNode, type RecordRow } from './record-node.ts';
import { columnsOf } from './record-query.ts';
import type { RecordTable } from './record-table.ts';
import { param, runStatement, sql, toStatement, type Statement } from './statement.ts';
import { createStatementCache } from './statement-cache.ts';
import { whereVisible } from './visibility.ts';

/** One change: the version that came and the latest in sight before it. */
export interface RecordChangeNode {
  readonly record: RecordNode;
  /** Null where no version before is in sight. */
  readonly previous: RecordNode | null;
  readonly cursor: string;
}

/** What reading needs. */
export interface ChangeReading extends RecordReading {
  readonly records: Pick<RecordLoader, 'previous'>;
}

/**
 * After which change a page starts. The id of a record is made of its type, its subject and its key,
 * and no record changes twice in one instant: the pair is in one change only.
 */
interface ChangePosition {
  readonly recordedAt: string;
  readonly recordId: string;
}

type ChangeRow = RecordRow & { readonly recorded_at: string };

const CURSOR = /^changes (\d{4}-\d{2}-\d{2}T[\d:.]{12}Z) ([a-z0-9]{1,64})$/;
const CURSOR_CHARACTERS_MAX = 200;
const BEGINNING: ChangePosition = { recordedAt: '1970-01-01T00:00:00.000Z', recordId: '' };

/**
 * Reads the changes after a cursor, oldest first, at most `first` and one more to tell of it, as they
 * may be seen of any subject. One statement for each record type, and one more where versions before
 * are to be told.
 *
 * @throws PublicError INVALID_CURSOR for a cursor that is not of a change feed
 */
export async function readChanges(
  reading: ChangeReading,
  tables: readonly RecordTable[],
  first: number,
  after: string | null,
): Promise<readonly RecordChangeNode[]> {
  const position = after === null ? BEGINNING : readCursor(after);
  const perTable = await Promise.all(
    tables.map((table) => readVersions(reading, table, first + 1, position)),
  );
  const changes = perTable
    .flat()
    .sort(byPosition)
    .slice(0, first + 1);
  return Promise.all(
    changes.map(async ({ table, row, node }) => ({
      record: node,
      previous: await reading.records.previous(table, node),
      cursor: writeCursor(row),
    })),
  );
}

interface Version {
  readonly table: RecordTable;
  readonly row: ChangeRow;
  readonly node: RecordNode;
}

async function readVersions(
  { reads, classes, viewer }: ChangeReading,
  table: RecordTable,
  limit: number,
  after: ChangePosition,
): Promise<readonly Version[]> {
  const access = accessTo(table, classes, viewer.atLarge);
  const key = `${access.rows} ${access.fields.join(' ')}`;
  const statement = cached(table, key, () => versionsStatement(table, access));
  const rows = await runStatement<ChangeRow>(reads.through(viewer.atLarge), statement, {
    ...access.values,
    today: viewer.today,
    afterAt: after.recordedAt,
    afterId: after.recordId,
    limit,
  });
  const read = nodeReader(table, access);
  return rows.map((row) => ({ table, row, node: read(row) }));
}

const cached = createStatementCache<RecordTable>();

/** Versions in sight of records that are in sight as they stand now. */
function versionsStatement(table: RecordTable, { fields, rows }: RecordAccess): Statement {
  const query = sql
    .select(columnsOf(table, fields, 'r'))
    .from(`${table.table} as r`)
    .whereRaw('(r.recorded_at, r.record_id) > (?::timestamptz, ?)', [
      param('afterAt'),
      param('afterId'),
    ]);
  whereVisible(query, 'r', 'today', rows);
  query
    .whereExists((current) => {
      current
        .select(sql.raw('1'))
        .from(`${table.table} as now`)
        .whereRaw('now.subject_code = r.subject_code and now.record_id = r.record_id')
        .whereNull('now.superseded_at');
      whereVisible(current, 'now', 'today', rows);
    })
    .orderByRaw('r.recorded_at, r.record_id');
  return toStatement(sql.raw('? limit ?', [query as unknown as string, param('limit')]));
}

function byPosition({ row: a }: Version, { row: b }: Version): number {
  if (a.recorded_at !== b.recorded_at) return a.recorded_at < b.recorded_at ? -1 : 1;
  return a.record_id < b.record_id ? -1 : 1;
}

function writeCursor(row: ChangeRow): string {
  return Buffer.from(`changes ${row.recorded_at} ${row.record_id}`).toString('base64url');
}

function readCursor(cursor: string): ChangePosition {
  const text =
    cursor.length > CURSOR_CHARACTERS_MAX ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const [, recordedAt, recordId] = CURSOR.exec(text) ?? [];
  if (recordedAt === undefined || recordId === undefined || !isInstant(recordedAt)) {
    throw new PublicError('INVALID_CURSOR', 'The cursor does not belong to a feed of changes.');
  }
  return { recordedAt, recordId };
}

/** Tells an instant that both ends can read: the database has no year 0 and no 30 February. */
function isInstant(text: string): boolean {
  return text >= BEGINNING.recordedAt && parseInstant(text).kind === 'instant';
}
