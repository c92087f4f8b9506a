// The changes of a sector in the order in which they entered its database, over all record types.
// Imports enter their batches one after the other, so that nothing can appear before a cursor.
import type { FieldClasses } from '../authority/labels.ts';
import type { Viewer } from '../authority/viewer.ts';
import { PublicError } from '../errors.ts';
import { parseInstant } from '../values/instants.ts';
import type { Reader } from './pool.ts';
import { nodeReader, type RecordNode, type RecordRow } from './record-node.ts';
import { columnsOf, visibleFields } from './record-query.ts';
import type { RecordTable } from './record-table.ts';
import { param, runStatement, sql, toStatement, type Statement } from './statement.ts';
import { whereVisible } from './visibility.ts';

/** One change: the version that came and, where the viewer may see it, the one before. */
export interface RecordChangeNode {
  readonly record: RecordNode;
  readonly previous: RecordNode | null;
  readonly cursor: string;
}

/** What reading needs. */
export interface ChangeReading {
  readonly pool: Reader;
  readonly classes: FieldClasses;
  readonly viewer: Viewer;
}

interface ChangePosition {
  readonly recordedAt: string;
  readonly recordId: string;
  readonly version: number;
}

type ChangeRow = RecordRow & { readonly recorded_at: string };

const CURSOR = /^changes (\d{4}-\d{2}-\d{2}T[\d:.]{12}Z) ([a-z0-9]{1,64}) (\d{1,9})$/;
const CURSOR_CHARACTERS_MAX = 200;
const BEGINNING: ChangePosition = {
  recordedAt: '1970-01-01T00:00:00.000Z',
  recordId: '',
  version: 0,
};

/**
 * Reads the changes after a cursor, oldest first, at most `first` and one more to tell of it. One
 * statement for each record type, and one more where versions before are to be told.
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
  const previous = await readPrevious(reading, tables, changes);
  return changes.map(({ row, node }) => ({
    record: node,
    previous: previous.get(keyOf(row.subject_code, row.record_id, row.version - 1)) ?? null,
    cursor: writeCursor(row),
  }));
}

interface Version {
  readonly table: RecordTable;
  readonly row: ChangeRow;
  readonly node: RecordNode;
}

async function readVersions(
  { pool, classes, viewer }: ChangeReading,
  table: RecordTable,
  limit: number,
  after: ChangePosition,
): Promise<readonly Version[]> {
  const fields = visibleFields(table, classes, viewer);
  const rows = await runStatement<ChangeRow>(pool, cached(table, fields).versions, {
    classes: viewer.classes,
    today: viewer.today,
    afterAt: after.recordedAt,
    afterId: after.recordId,
    afterVersion: after.version,
    limit,
  });
  const read = nodeReader(table, fields);
  return rows.map((row) => ({ table, row, node: read(row) }));
}

/** Versions that the viewer may see of records that it may see as they stand now. */
function versionsStatement(table: RecordTable, fields: readonly string[]): Statement {
  const query = sql
    .select(columnsOf(table, fields, 'r'))
    .from(`${table.table} as r`)
    .whereRaw('(r.recorded_at, r.record_id, r.version) > (?::timestamptz, ?, ?)', [
      param('afterAt'),
      param('afterId'),
      param('afterVersion'),
    ]);
  whereVisible(query, 'r', 'today');
  query
    .whereExists((current) => {
      current
        .from(`${table.table} as now`)
        .whereRaw('now.subject_code = r.subject_code and now.record_id = r.record_id')
        .whereNull('now.superseded_at');
      whereVisible(current, 'now', 'today');
    })
    .orderByRaw('r.recorded_at, r.record_id, r.version');
  return toStatement(sql.raw('? limit ?', [query as unknown as string, param('limit')]));
}

async function readPrevious(
  { pool, classes, viewer }: ChangeReading,
  tables: readonly RecordTable[],
  changes: readonly Version[],
): Promise<ReadonlyMap<string, RecordNode>> {
  const found = new Map<string, RecordNode>();
  await Promise.all(
    tables.map(async (table) => {
      const later = changes.filter((change) => change.table === table && change.row.version > 1);
      if (later.length === 0) return;
      const fields = visibleFields(table, classes, viewer);
      const rows = await runStatement<ChangeRow>(pool, cached(table, fields).exact, {
        classes: viewer.classes,
        today: viewer.today,
        codes: later.map(({ row }) => row.subject_code),
        ids: later.map(({ row }) => row.record_id),
        versions: later.map(({ row }) => row.version - 1),
      });
      const read = nodeReader(table, fields);
      for (const row of rows) {
        found.set(keyOf(row.subject_code, row.record_id, row.version), read(row));
      }
    }),
  );
  return found;
}

function exactStatement(table: RecordTable, fields: readonly string[]): Statement {
  const query = sql
    .select(columnsOf(table, fields, 'r'))
    .from(`${table.table} as r`)
    .joinRaw(
      `join unnest(?::text[], ?::text[], ?::int[]) as k(code, id, version)
       on r.subject_code = k.code and r.record_id = k.id and r.version = k.version`,
      [param('codes'), param('ids'), param('versions')],
    );
  whereVisible(query, 'r', 'today');
  return toStatement(query);
}

interface FeedStatements {
  readonly versions: Statement;
  readonly exact: Statement;
}

const statements = new WeakMap<RecordTable, Map<string, FeedStatements>>();

/** Builds the two texts once per table and set of visible fields: both are few. */
function cached(table: RecordTable, fields: readonly string[]): FeedStatements {
  const ofTable = statements.get(table) ?? new Map<string, FeedStatements>();
  statements.set(table, ofTable);
  const key = fields.join(' ');
  const known = ofTable.get(key);
  if (known) return known;
  const built = {
    versions: versionsStatement(table, fields),
    exact: exactStatement(table, fields),
  };
  ofTable.set(key, built);
  return built;
}

function byPosition({ row: a }: Version, { row: b }: Version): number {
  if (a.recorded_at !== b.recorded_at) return a.recorded_at < b.recorded_at ? -1 : 1;
  if (a.record_id !== b.record_id) return a.record_id < b.record_id ? -1 : 1;
  return a.version - b.version;
}

function keyOf(code: string, id: string, version: number): string {
  return `${code} ${id} ${version}`;
}

function writeCursor(row: ChangeRow): string {
  const text = `changes ${row.recorded_at} ${row.record_id} ${row.version}`;
  return Buffer.from(text).toString('base64url');
}

function readCursor(cursor: string): ChangePosition {
  const text =
    cursor.length > CURSOR_CHARACTERS_MAX ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const [, recordedAt, recordId, version] = CURSOR.exec(text) ?? [];
  if (recordedAt === undefined || recordId === undefined || !isInstant(recordedAt)) {
    throw new PublicError('INVALID_CURSOR', 'The cursor does not belong to a feed of changes.');
  }
  return { recordedAt, recordId, version: Number(version) };
}

/** Tells an instant that both ends can read: the database has no year 0 and no 30 February. */
function isInstant(text: string): boolean {
  return text >= BEGINNING.recordedAt && parseInstant(text).kind === 'instant';
}
