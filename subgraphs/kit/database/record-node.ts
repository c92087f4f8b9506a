// A row of a record table as the graph reads it: one object whose keys are GraphQL field names.
import type { Authority } from '../authority/policy.ts';
import type { RecordPosition } from './cursor.ts';
import type { RecordAccess } from './record-access.ts';
import { READ_UNDER } from './record-authority.ts';
import type { RecordColumn, RecordTable } from './record-table.ts';

/** A row as `pg` returns it. */
export type RecordRow = Readonly<Record<string, unknown>> & {
  readonly subject_code: string;
  readonly record_id: string;
  readonly version: number;
  readonly sort_date: string;
};

/** A record as resolvers return it; the sector's own fields stand beside these. */
export interface RecordNode {
  readonly __typename: string;
  readonly id: string;
  /** As it is stored: hidden versions count. The field of the graph counts those in sight. */
  readonly version: number;
  /** Whether a later version took its place, in sight or not; the graph says only of one in sight. */
  readonly isSuperseded: boolean;
  readonly subject: { readonly __typename: 'Subject'; readonly code: string };
  /** Where the record stands in its connection; not a field of the graph. */
  readonly position: RecordPosition;
  /** Decides on the fields of the node. */
  readonly [READ_UNDER]: Authority;
  readonly [field: string]: unknown;
}

/** Makes the function that turns rows of a table into nodes with the fields in sight. */
export function nodeReader(
  table: RecordTable,
  { fields, authority }: RecordAccess,
): (row: RecordRow) => RecordNode {
  const own = fields.map((field): [string, RecordColumn] => {
    const column = table.columns[field];
    if (!column) throw new Error(`${table.type} has no column for ${field}`);
    return [field, column];
  });
  return (row) => {
    const node: Record<string, unknown> = {};
    for (const [field, column] of own) node[field] = readColumn(row, column);
    return {
      ...node,
      __typename: table.type,
      id: row.record_id,
      version: row.version,
      isSuperseded: row['superseded_at'] !== null,
      subject: { __typename: 'Subject', code: row.subject_code },
      source: {
        publisher: row['publisher'],
        publisherCode: row['publisher_code'],
        documentNumber: row['document_number'],
        decidedOn: row['decided_on'],
        publishedOn: row['published_on'],
        retrievedAt: row['retrieved_at'],
      },
      clocks: {
        display: readClock(row, 'display'),
        query: readClock(row, 'query'),
        deletion: readClock(row, 'deletion'),
      },
      disclosureClass: row['disclosure_class'],
      state: row['state'],
      stateReason: row['state_reason'],
      dispute: row['dispute'],
      recordedAt: row['recorded_at'],
      position: { sortDate: row.sort_date, recordId: row.record_id },
      [READ_UNDER]: authority,
    };
  };
}

function readColumn(row: RecordRow, column: RecordColumn): unknown {
  if (column.kind !== 'money') return row[column.sql];
  const minorUnits = row[`${column.sql}_minor`];
  return minorUnits === null ? null : { minorUnits, currency: row[`${column.sql}_currency`] };
}

function readClock(row: RecordRow, clock: 'display' | 'query' | 'deletion'): object {
  return {
    start: row[`${clock}_start`],
    from: row[`${clock}_from`],
    until: row[`${clock}_until`],
  };
}
