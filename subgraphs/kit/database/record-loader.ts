// Reads records for one request: whatever its resolvers ask for at one level becomes one statement
// for each record type, however many subjects there are.
import DataLoader from 'dataloader';
import type { FieldClasses } from '../authority/labels.ts';
import type { Viewer } from '../authority/viewer.ts';
import { shapeOf, valuesOf, type PageRequest } from './page-request.ts';
import type { Reader } from './pool.ts';
import { nodeReader, type RecordNode, type RecordRow } from './record-node.ts';
import { visibleFields } from './record-query.ts';
import { NO_SHAPE, recordStatement } from './record-statements.ts';
import type { RecordTable } from './record-table.ts';
import { runStatement } from './statement.ts';

/** A page of records, newest first. */
export interface RecordPage {
  readonly nodes: readonly RecordNode[];
  readonly hasNextPage: boolean;
  /** Null when the request did not ask for it. */
  readonly total: number | null;
}

/** Reads the records of one sector for one request. */
export interface RecordLoader {
  /** A page of one subject's records; asked for many subjects in one tick, one statement. */
  section(table: RecordTable, code: string, request: PageRequest): Promise<RecordPage>;
  /** A page over all subjects. */
  listing(table: RecordTable, request: PageRequest): Promise<RecordPage>;
  /** Versions before one of a record, newest first, among the newest 20 that are superseded. */
  history(table: RecordTable, record: RecordKey): Promise<readonly RecordNode[]>;
}

/** Names a version of a record within its table. */
export interface RecordKey {
  readonly code: string;
  readonly id: string;
  readonly version: number;
}

/** What reading needs: a connection, the labels of the schema, and who reads. */
interface Reading {
  readonly pool: Reader;
  readonly classes: FieldClasses;
  readonly viewer: Viewer;
}

const HISTORY_VERSIONS_MAX = 20;
/** Subjects in one statement; a request names at most 100, a listing page at most 100. */
const BATCH_MAX = 200;

/** Makes the loader of one request; it must not outlive the request, since it caches by rights. */
export function createRecordLoader(
  pool: Reader,
  classes: FieldClasses,
  viewer: Viewer,
): RecordLoader {
  const reading: Reading = { pool, classes, viewer };
  const sections = new Map<string, DataLoader<string, RecordPage>>();
  const histories = new Map<string, DataLoader<RecordKey, readonly RecordNode[], string>>();

  return {
    section(table, code, request) {
      const loader = getOrMake(
        sections,
        `${table.type} ${JSON.stringify(request)}`,
        () =>
          new DataLoader((codes) => loadSections(reading, table, codes, request), {
            maxBatchSize: BATCH_MAX,
          }),
      );
      return loader.load(code);
    },
    listing: (table, request) => loadListing(reading, table, request),
    history(table, record) {
      const loader = getOrMake(
        histories,
        table.type,
        () =>
          new DataLoader((keys) => loadHistories(reading, table, keys), {
            maxBatchSize: BATCH_MAX,
            cacheKeyFn: (key) => `${key.code} ${key.id} ${key.version}`,
          }),
      );
      return loader.load(record);
    },
  };
}

async function loadSections(
  { pool, classes, viewer }: Reading,
  table: RecordTable,
  codes: readonly string[],
  request: PageRequest,
): Promise<RecordPage[]> {
  const fields = visibleFields(table, classes, viewer);
  const statement = recordStatement('section', table, fields, shapeOf(table, fields, request));
  const rows = await runStatement<RecordRow & { key_code: string; total?: number }>(
    pool,
    statement,
    { ...valuesOf(table, viewer, request), codes },
  );
  const read = nodeReader(table, fields);
  const byCode = groupBy(rows, (row) => row.key_code);
  return codes.map((code) => {
    const own = byCode.get(code) ?? [];
    const total = request.total ? (own[0]?.total ?? 0) : null;
    // A subject without records still has one row for its total: its record columns are null.
    const records = own.filter((row) => (row.record_id as string | null) !== null);
    return toPage(records, read, request.first, total);
  });
}

async function loadListing(
  { pool, classes, viewer }: Reading,
  table: RecordTable,
  request: PageRequest,
): Promise<RecordPage> {
  const fields = visibleFields(table, classes, viewer);
  const shape = shapeOf(table, fields, request);
  const values = valuesOf(table, viewer, request);
  const page = recordStatement('listing', table, fields, shape);
  const total = recordStatement('total', table, [], shape);
  const [rows, totals] = await Promise.all([
    runStatement<RecordRow>(pool, page, values),
    request.total ? runStatement<{ total: number }>(pool, total, values) : [],
  ]);
  return toPage(rows, nodeReader(table, fields), request.first, totals[0]?.total ?? null);
}

async function loadHistories(
  { pool, classes, viewer }: Reading,
  table: RecordTable,
  keys: readonly RecordKey[],
): Promise<(readonly RecordNode[])[]> {
  const fields = visibleFields(table, classes, viewer);
  // One record may stand in the answer in several versions: it is read once.
  const records = [...new Map(keys.map((key) => [`${key.code} ${key.id}`, key])).values()];
  const rows = await runStatement<RecordRow>(
    pool,
    recordStatement('history', table, fields, NO_SHAPE),
    {
      classes: viewer.classes,
      today: viewer.today,
      limit: HISTORY_VERSIONS_MAX,
      codes: records.map((record) => record.code),
      ids: records.map((record) => record.id),
    },
  );
  const byKey = groupBy(rows, (row) => `${row.subject_code} ${row.record_id}`);
  const read = nodeReader(table, fields);
  return keys.map((key) =>
    (byKey.get(`${key.code} ${key.id}`) ?? []).filter((row) => row.version < key.version).map(read),
  );
}

function toPage(
  rows: readonly RecordRow[],
  read: (row: RecordRow) => RecordNode,
  first: number,
  total: number | null,
): RecordPage {
  return { nodes: rows.slice(0, first).map(read), hasNextPage: rows.length > first, total };
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
