// The definition of access as SQL: what is revoked, and then granted again in the same transaction.
// Nothing is granted that is not written here, and what is not written here is taken away.
import pg from 'pg';
import { DISCLOSURE_CLASSES, type DisclosureClass } from '../authority/disclosure-class.ts';
import type { ReaderName } from '../authority/viewer.ts';
import {
  readersOfClass,
  type AccessDefinition,
  type TableAccess,
  type RowRule,
} from './access-definition.ts';
import { readerRole } from './reader-roles.ts';
import { READER_NAMES } from './readers.ts';

/** What stands in the database and is ours to revoke. */
export interface OwnedObjects {
  /** Tables, views and sequences of the schema, by name. */
  readonly tables: readonly string[];
  /** Functions and procedures with the types of their arguments, as SQL names them. */
  readonly routines: readonly string[];
  /** Row policies. */
  readonly policies: readonly { readonly table: string; readonly policy: string }[];
}

/** The schema of a sector's tables. */
export const ACCESS_SCHEMA = 'public';

/** The function that gives policies the legal day, schema and all: a reader cannot shadow it. */
export const LEGAL_DAY_FUNCTION = `${ACCESS_SCHEMA}.legal_day()`;

/** The register of imported files, which no reader may read. */
export const BATCHES_TABLE = 'batches';

/**
 * The function that tells when a file last came in, and nothing else of the register: it reads with the
 * rights of the owner, takes no argument, and finds nothing by a path of its caller. Its body is a text
 * because a view, or a body that is bound to the register, would stand in the way of its migrations.
 */
export const LAST_IMPORT_FUNCTION = `${ACCESS_SCHEMA}.last_import_at()`;

/**
 * Large objects are in no schema, and every role may make some. Only a superuser can take that away;
 * under an owner that is none, a reader could fill the disk by them, and read no record.
 */
export const SUPERUSER_STATEMENT = `revoke execute on function
  lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public`;

/** Sessions of one reader on one server at most: those of ten processes with their usual budget. */
const ROLE_CONNECTIONS_MAX = 70;

const quote = pg.escapeIdentifier;
const inSchema = (name: string): string => `${quote(ACCESS_SCHEMA)}.${quote(name)}`;

/** Builds the statements that make a role, or give an existing one its password and bounds. */
export function roleStatements(
  database: string,
  role: string,
  verifier: string,
  exists: boolean,
): readonly string[] {
  const name = quote(role);
  // Of a role that stands the rights are read back instead: only a superuser may name them.
  const rights = exists
    ? `alter role ${name}`
    : `create role ${name} login nosuperuser nocreatedb nocreaterole noinherit noreplication
       nobypassrls`;
  const session = [
    // The schema of the catalogue is searched before it, whatever stands here.
    `search_path = ${quote(ACCESS_SCHEMA)}`,
    'default_transaction_read_only = on',
    `statement_timeout = '10s'`,
    `idle_in_transaction_session_timeout = '60s'`,
  ];
  return [
    `${rights} connection limit ${ROLE_CONNECTIONS_MAX} password ${pg.escapeLiteral(verifier)}`,
    ...session.map((setting) => `alter role ${name} in database ${quote(database)} set ${setting}`),
  ];
}

/** Builds the statements that revoke everything and grant what is defined. */
export function accessStatements(
  database: string,
  definition: AccessDefinition,
  owned: OwnedObjects,
): readonly string[] {
  const readers = rolesOf(database, READER_NAMES);
  const all = `public, ${readers}`;
  return [
    `revoke all on database ${quote(database)} from ${all}`,
    `revoke all on schema ${quote(ACCESS_SCHEMA)} from ${all}`,
    ...owned.tables.map((table) => `revoke all on ${inSchema(table)} from ${all}`),
    ...owned.policies.map(
      ({ table, policy }) => `drop policy ${quote(policy)} on ${inSchema(table)}`,
    ),
    // An owner of the sector has made it; its body is fixed when it is made, whatever a path says.
    `create or replace function ${LEGAL_DAY_FUNCTION} returns date language sql stable
     return (now() at time zone interval '8 hours')::date`,
    ...[...owned.routines, LEGAL_DAY_FUNCTION].map(
      (routine) => `revoke all on routine ${routine} from ${all}`,
    ),
    `grant connect on database ${quote(database)} to ${readers}`,
    `grant usage on schema ${quote(ACCESS_SCHEMA)} to ${readers}`,
    `grant execute on function ${LEGAL_DAY_FUNCTION} to ${readers}`,
    ...(owned.tables.includes(BATCHES_TABLE) ? lastImportStatements(database) : []),
    ...definition.records.flatMap((access) => recordStatements(database, access)),
    ...definition.searches.map(
      (search) =>
        `grant select on ${inSchema(search.table)}
         to ${rolesOf(database, readersOfClass(search.class))}`,
    ),
  ];
}

function lastImportStatements(database: string): readonly string[] {
  return [
    `create or replace function ${LAST_IMPORT_FUNCTION} returns timestamptz language sql stable
     security definer set search_path = pg_catalog, pg_temp
     as $$ select max(finished_at) from ${inSchema(BATCHES_TABLE)} where state = 'DONE' $$`,
    `revoke all on routine ${LAST_IMPORT_FUNCTION} from public, ${rolesOf(database, READER_NAMES)}`,
    `grant execute on function ${LAST_IMPORT_FUNCTION}
     to ${rolesOf(database, readersOfClass('GOVERNMENT'))}`,
  ];
}

/**
 * Row security is not forced upon the owner, who imports: it would have to be let through by a policy
 * of its own, and COPY into such a table is refused. Readers own nothing and call no code of the owner.
 */
function recordStatements(database: string, access: TableAccess): readonly string[] {
  const table = inSchema(access.table);
  const byClass = DISCLOSURE_CLASSES.map((value) => ({
    value,
    columns: [...access.columns].filter(([, of]) => of === value).map(([name]) => quote(name)),
  })).filter(({ columns }) => columns.length > 0);
  return [
    `alter table ${table} enable row level security`,
    ...READER_NAMES.map(
      (reader) =>
        `create policy ${quote(reader.toLowerCase())} on ${table} for select
         to ${rolesOf(database, [reader])} using (${rowCondition(access.rows[reader])})`,
    ),
    ...byClass.map(
      ({ value, columns }) =>
        `grant select (${columns.join(', ')}) on ${table}
         to ${rolesOf(database, readersOfClass(value))}`,
    ),
  ];
}

function rolesOf(database: string, readers: readonly ReaderName[]): string {
  return readers.map((reader) => quote(readerRole(database, reader))).join(', ');
}

/** In a select of its own the day is asked for once a statement, not once a row. */
const TODAY = `(select ${LEGAL_DAY_FUNCTION})`;

/**
 * Writes a rule as a condition. Each list holds the next (displayed, not displayed, closed), and a
 * condition that would only repeat the one before it is left out.
 */
function rowCondition({ displayed, notDisplayed, closed }: RowRule): string {
  const lists = [displayed, notDisplayed, closed];
  if (lists.slice(1).some((list, at) => list.some((value) => !lists[at]?.includes(value)))) {
    throw new Error('a rule shows more of a row in a later phase than in an earlier one');
  }
  const conditions = [oneOf(displayed), within('deletion', 'until')];
  const standing = `state = 'EFFECTIVE' and ${within('query', 'until')}`;
  const onDisplay = `${within('display', 'from')} and ${within('display', 'until')}`;
  if (closed.length < displayed.length) conditions.push(unless(closed, standing));
  if (notDisplayed.length < displayed.length) conditions.push(unless(notDisplayed, onDisplay));
  return conditions.join(' and ');
}

function unless(classes: readonly DisclosureClass[], condition: string): string {
  return classes.length === 0 ? condition : `(${oneOf(classes)} or ${condition})`;
}

function oneOf(classes: readonly DisclosureClass[]): string {
  return `disclosure_class in (${classes.map((value) => pg.escapeLiteral(value)).join(', ')})`;
}

function within(clock: string, end: 'from' | 'until'): string {
  const column = `${clock}_${end}`;
  return `(${column} is null or ${column} ${end === 'from' ? '<=' : '>='} ${TODAY})`;
}
