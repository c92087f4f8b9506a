// A small database with fields and rows of every class, for tests of what the readers are let through.
import { randomBytes, randomInt } from 'node:crypto';
import { parse } from 'graphql';
import pg from 'pg';
import { DISCLOSURE_CLASSES, scopeOfClass } from '../../authority/disclosure-class.ts';
import type { DisclosureClass } from '../../authority/disclosure-class.ts';
import { readFieldClasses } from '../../authority/labels.ts';
import type { RecordPhase } from '../../authority/policy.ts';
import type { ReaderName } from '../../authority/viewer.ts';
import type { AccessGrant } from '../grant-access.ts';
import { withTurn } from '../migrate.ts';
import { readerPassword, readerRole } from '../reader-roles.ts';
import { addMoney, createBatchesTable, createRecordTable } from '../record-migration.ts';
import type { RecordTable } from '../record-table.ts';
import { stored } from '../stored.ts';
import { createTestDatabase, type TestDatabase } from '../test-database.ts';

/** The day on which these tests stand. */
export const TEST_DAY = '2026-03-02';

/** Fields of every class, and one without a label. */
export const rulings: RecordTable = {
  type: 'Ruling',
  table: 'rulings',
  class: 'PUBLIC',
  key: ['number'],
  columns: {
    number: stored.text('number'),
    court: stored.text('court'),
    score: stored.integer('score'),
    amount: stored.money('amount'),
    duty: stored.text('duty'),
    facts: stored.json('facts'),
    unlabelled: stored.text('unlabelled'),
  },
};

/** Leaves the consent of the subject behind when its display ends. */
export const entries: RecordTable = {
  type: 'Entry',
  table: 'entries',
  class: 'PUBLIC',
  classOutsideDisplay: 'GOVERNMENT',
  key: ['number'],
  columns: { number: stored.text('number') },
};

const label = (value: DisclosureClass): string =>
  `@requiresScopes(scopes: [["${scopeOfClass(value)}"]])`;

/** Class of each labelled field of {@link rulings}. */
export const RULING_CLASSES = {
  number: 'PUBLIC',
  court: 'REGISTERED',
  score: 'AGENCY',
  amount: 'AUTHORISED',
  duty: 'GOVERNMENT',
  facts: 'SPECIAL',
} as const satisfies Record<string, DisclosureClass>;

/** What the tests grant. */
export const TEST_GRANT: AccessGrant = {
  secret: randomBytes(32).toString('hex'),
  tables: [rulings, entries],
  searchTables: [
    { table: 'ruling_names', class: 'PUBLIC' },
    { table: 'ruling_parties', class: 'AGENCY' },
  ],
  classes: readFieldClasses(
    parse(`type Ruling { ${Object.entries(RULING_CLASSES)
      .map(([field, value]) => `${field}: String ${label(value)}`)
      .join(' ')} unlabelled: String }
      type Entry ${label('PUBLIC')} { number: String }`),
  ),
};

/** Creates a database with these tables, and no readers yet. */
export async function createAccessDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase('access');
  await createAccessTables(database.url);
  return database;
}

/** Creates the tables, as a migration does. */
export async function createAccessTables(url: string): Promise<void> {
  await withTurn(url, async (knex) => {
    await createBatchesTable(knex);
    await createRecordTable(knex, 'rulings', (t) => {
      t.text('number').notNullable();
      t.text('court');
      t.integer('score');
      addMoney(t, 'amount');
      t.text('duty');
      t.jsonb('facts');
      t.text('unlabelled');
    });
    await createRecordTable(knex, 'entries', (t) => {
      t.text('number').notNullable();
    });
    for (const name of ['ruling_names', 'ruling_parties']) {
      await knex.schema.createTable(name, (t) => {
        t.text('subject_code').notNullable();
        t.text('name').notNullable();
      });
    }
  });
}

/** Names the database of a URL. */
export function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

/** Gives the URL of a reader's own login. */
export function readerUrl(url: string, reader: ReaderName, secret = TEST_GRANT.secret): string {
  const address = new URL(url);
  const role = readerRole(databaseOf(url), reader);
  address.username = role;
  address.password = readerPassword(secret, role);
  return address.href;
}

/** Connects for as long as some work takes. */
export async function withConnection<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A row with what decides on it. */
export interface TestRow {
  readonly id: string;
  readonly class: DisclosureClass;
  readonly phase: RecordPhase;
}

const DAYS = [null, '2020-01-01', '2026-03-01', TEST_DAY, '2026-03-03', '2040-01-01'] as const;
const STATES = ['EFFECTIVE', 'EFFECTIVE', 'EFFECTIVE', 'REPAIRED', 'WITHDRAWN'] as const;

/** Puts random rows in the place of those of a table: every class, state and side of each clock. */
export async function insertRandomRows(
  owner: pg.Client,
  { table }: RecordTable,
  count: number,
): Promise<readonly TestRow[]> {
  await owner.query(`truncate ${table}`);
  const rows: TestRow[] = [];
  for (let at = 0; at < count; at += 1) {
    const row = {
      disclosure_class: pick(DISCLOSURE_CLASSES),
      state: pick(STATES),
      display_from: pick(DAYS),
      display_until: pick(DAYS),
      query_until: pick(DAYS),
      deletion_until: pick(DAYS),
    };
    const id = `r${String(at).padStart(4, '0')}`;
    await insertRow(owner, table, id, row);
    rows.push({ id, class: row.disclosure_class, phase: phaseOf(row) });
  }
  return rows;
}

/** Inserts a row, PUBLIC and displayed unless more is said. */
export async function insertRow(
  owner: pg.Client,
  table: string,
  id: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const row: Record<string, unknown> = {
    subject_code: 's',
    record_id: id,
    version: 1,
    recorded_at: '2025-01-01T00:00:00Z',
    batch_id: 'b',
    content_hash: 'h',
    disclosure_class: 'PUBLIC',
    state: 'EFFECTIVE',
    dispute: 'NONE',
    publisher: 'p',
    retrieved_at: '2025-01-01T00:00:00Z',
    display_start: 'DECIDED',
    query_start: 'DECIDED',
    deletion_start: 'DECIDED',
    sort_date: '2025-01-01',
    number: 'n',
    ...more,
  };
  const names = Object.keys(row);
  await owner.query(
    `insert into ${table} (${names.join(', ')})
     values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(row),
  );
}

/** The phases as `policy.ts` names them, written once more, from the days alone. */
function phaseOf(row: Readonly<Record<string, string | null>>): RecordPhase {
  const isOver = (name: string): boolean => (row[`${name}_until`] ?? '9999') < TEST_DAY;
  if (isOver('deletion')) return 'DELETED';
  if (row['state'] !== 'EFFECTIVE' || isOver('query')) return 'CLOSED';
  const isEarly = (row['display_from'] ?? '') > TEST_DAY;
  return isEarly || isOver('display') ? 'NOT_DISPLAYED' : 'DISPLAYED';
}

function pick<T>(of: readonly T[]): T {
  return of[randomInt(of.length)] as T;
}
