// Reads records for one request: whatever its resolvers ask for at one level becomes one statement
// for each record type, however many subjects there are, and one more for each authority that differs.
import DataLoader from 'dataloader';
import type { FieldClasses } from '../authority/labels.ts';
import type { Authority } from '../authority/policy.ts';
import type { Viewer } from '../authority/viewer.ts';
import { shapeOf, valuesOf, type PageRequest } from './page-request.ts';
import { accessTo, type RecordAccess } from './record-access.ts';
import { authorityKey, loadByAuthority, READ_UNDER } from './record-authority.ts';
import { nodeReader, type RecordNode, type RecordRow } from './record-node.ts';
import { recordStatement } from './record-statements.ts';
import type { RecordTable } from './record-table.ts';
import type { RequestReads } from './request-reads.ts';
import { runStatement, type ParamValues, type Statement } from './statement.ts';

/** A page of records, newest first. */
export interface RecordPage {
  readonly nodes: readonly RecordNode[];
  readonly hasNextPage: boolean;
  /** Null when the request did not ask for it. */
  readonly total: number | null;
}

/**
 * Reads the records of one sector for one request: of a subject under what may be seen of it, over all
 * subjects under what may be seen of any, and what belongs to a record as the record was read.
 */
export interface RecordLoader {
  /** A page of one subject's records; asked for many subjects in one tick, one statement. */
  section(table: RecordTable, code: string, request: PageRequest): Promise<RecordPage>;
  /** A page over all subjects. */
  listing(table: RecordTable, request: PageRequest): Promise<RecordPage>;
  /** Versions before that of a record, newest first, among the newest 20 that are superseded. */
  history(table: RecordTable, record: RecordNode): Promise<readonly RecordNode[]>;
  /** Counts the versions of a record in sight up to its own, from 1. */
  version(table: RecordTable, record: RecordNode): Promise<number>;
  /** When the next version in sight took the place of a superseded one; null where there is none. */
  supersededAt(table: RecordTable, record: RecordNode): Promise<string | null>;
  /** The latest version in sight before that of a record; null where there is none. */
  previous(table: RecordTable, record: RecordNode): Promise<RecordNode | null>;
}

/** What reading needs: a way into the database, the labels of the schema, and who reads. */
export interface RecordReading {
  readonly reads: Pick<RequestReads, 'through'>;
  readonly classes: FieldClasses;
  readonly viewer: Viewer;
}

const HISTORY_VERSIONS_MAX = 20;
/** Subjects in one statement; a request names at most 100, a listing page at most 100. */
const BATCH_MAX = 200;

/** Makes the loader of one request; it must not outlive the request, since it caches by rights. */
export function createRecordLoader(reading: RecordReading): RecordLoader {
  const { viewer } = reading;
  const sections = new Map<string, DataLoader<string, RecordPage>>();
  const histories = new Map<string, DataLoader<RecordNode, readonly RecordNode[], string>>();
  const versions = new Map<string, DataLoader<RecordNode, number, string>>();
  const supersededAt = new Map<string, DataLoader<RecordNode, string | null, string>>();
  const previous = new Map<string, DataLoader<RecordNode, RecordNode | null, string>>();

  return {
    section(table, code, request) {
      const load = (codes: readonly string[]): Promise<(RecordPage | Error)[]> =>
        loadByAuthority(codes, viewer.of, (authority, own) =>
          loadSections(reading, table, authority, own, request),
        );
      const key = `${table.type} ${JSON.stringify(request)}`;
      const make = (): DataLoader<string, RecordPage> =>
        new DataLoader(load, { maxBatchSize: BATCH_MAX });
      return getOrMake(sections, key, make).load(code);
    },
    listing: (table, request) => loadListing(reading, table, request),
    history: (table, record) =>
      getOrMake(histories, table.type, () => ofRecords(reading, table, loadHistories)).load(record),
    version: (table, record) =>
      getOrMake(versions, table.type, () => ofRecords(reading, table, loadVersions)).load(record),
    supersededAt: (table, record) =>
      getOrMake(supersededAt, table.type, () => ofRecords(reading, table, loadEnds)).load(record),
    previous: (table, record) =>
      getOrMake(previous, table.type, () => ofRecords(reading, table, loadPrevious)).load(record),
  };
}

/** A table as an authority reads it. */
interface TableReading {
  readonly table: RecordTable;
  readonly access: RecordAccess;
  readonly today: string;
  readonly run: <Row extends object>(statement: Statement, values: ParamValues) => Promise<Row[]>;
}

function readingOf(
  { reads, classes, viewer }: RecordReading,
  table: RecordTable,
  authority: Authority,
): TableReading {
  const access = accessTo(table, classes, authority);
  const { today } = viewer;
  return {
    table,
    access,
    today,
    run: (statement, values) =>
      runStatement(reads.through(authority), statement, { ...access.values, today, ...values }),
  };
}

async function loadSections(
  all: RecordReading,
  table: RecordTable,
  authority: Authority,
  codes: readonly string[],
  request: PageRequest,
): Promise<RecordPage[]> {
  const { access, today, run } = readingOf(all, table, authority);
  const statement = recordStatement('section', table, access, shapeOf(table, access, request));
  const rows = await run<RecordRow & { key_code: string; total?: number }>(statement, {
    ...valuesOf(table, access, today, request),
    codes,
  });
  const read = nodeReader(table, access);
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
  all: RecordReading,
  table: RecordTable,
  request: PageRequest,
): Promise<RecordPage> {
  const { access, today, run } = readingOf(all, table, all.viewer.atLarge);
  const shape = shapeOf(table, access, request);
  const values = valuesOf(table, access, today, request);
  const page = recordStatement('listing', table, access, shape);
  const total = recordStatement('total', table, access, shape);
  const [rows, totals] = await Promise.all([
    run<RecordRow>(page, values),
    request.total ? run<{ total: number }>(total, values) : [],
  ]);
  return toPage(rows, nodeReader(table, access), request.first, totals[0]?.total ?? null);
}

/** Loads something of many versions of records, each under the authority of its record. */
function ofRecords<Value>(
  all: RecordReading,
  table: RecordTable,
  load: (reading: TableReading, records: readonly RecordNode[]) => Promise<readonly Value[]>,
): DataLoader<RecordNode, Value, string> {
  return new DataLoader(
    (records) =>
      loadByAuthority(
        records,
        (record) => record[READ_UNDER],
        (authority, own) => load(readingOf(all, table, authority), own),
      ),
    {
      maxBatchSize: BATCH_MAX,
      cacheKeyFn: (record) =>
        `${record.subject.code} ${record.id} ${record.version} ${authorityKey(record[READ_UNDER])}`,
    },
  );
}

async function loadHistories(
  { table, access, run }: TableReading,
  records: readonly RecordNode[],
): Promise<(readonly RecordNode[])[]> {
  // One record may stand in the answer in several versions: it is read once.
  const each = [...new Map(records.map((one) => [`${one.subject.code} ${one.id}`, one])).values()];
  const rows = await run<RecordRow>(recordStatement('history', table, access), {
    limit: HISTORY_VERSIONS_MAX,
    codes: each.map((record) => record.subject.code),
    ids: each.map((record) => record.id),
  });
  const byKey = groupBy(rows, (row) => `${row.subject_code} ${row.record_id}`);
  const read = nodeReader(table, access);
  return records.map(({ subject, id, version }) =>
    (byKey.get(`${subject.code} ${id}`) ?? []).filter((row) => row.version < version).map(read),
  );
}

async function loadVersions(
  { table, access, run }: TableReading,
  records: readonly RecordNode[],
): Promise<number[]> {
  const numbers = records.map(() => 1);
  const { places, values } = notFirst(records);
  if (places.length === 0) return numbers;
  const statement = recordStatement('versionsBefore', table, access);
  for (const row of await run<{ at: number; before: number }>(statement, values)) {
    const place = places[row.at - 1];
    if (place !== undefined) numbers[place] = 1 + row.before;
  }
  return numbers;
}

async function loadEnds(
  { table, access, run }: TableReading,
  records: readonly RecordNode[],
): Promise<(string | null)[]> {
  const ends = records.map((): string | null => null);
  const statement = recordStatement('supersededAt', table, access);
  const rows = await run<{ at: number; superseded_at: string | null }>(statement, keysOf(records));
  for (const row of rows) ends[row.at - 1] = row.superseded_at;
  return ends;
}

async function loadPrevious(
  { table, access, run }: TableReading,
  records: readonly RecordNode[],
): Promise<(RecordNode | null)[]> {
  const found = records.map((): RecordNode | null => null);
  const { places, values } = notFirst(records);
  if (places.length === 0) return found;
  const read = nodeReader(table, access);
  const statement = recordStatement('previous', table, access);
  for (const row of await run<RecordRow & { at: number }>(statement, values)) {
    const place = places[row.at - 1];
    if (place !== undefined) found[place] = read(row);
  }
  return found;
}

/** Names the versions that have others before them, in sight or not, and where they stand. */
function notFirst(records: readonly RecordNode[]): {
  readonly places: readonly number[];
  readonly values: ParamValues;
} {
  const places = records.flatMap((record, place) => (record.version > 1 ? [place] : []));
  const later = records.filter((record) => record.version > 1);
  return { places, values: keysOf(later) };
}

function keysOf(records: readonly RecordNode[]): ParamValues {
  return {
    codes: records.map((record) => record.subject.code),
    ids: records.map((record) => record.id),
    versions: records.map((record) => record.version),
  };
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
