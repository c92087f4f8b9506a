// The labels of a sector against what the catalogue of its database says: each reader may read what
// they allow, no more and no less, and has no other right.
import type pg from 'pg';
import {
  DISCLOSURE_CLASSES,
  rankOfClass,
  type DisclosureClass,
} from '../../authority/disclosure-class.ts';
import type { FieldClasses } from '../../authority/labels.ts';
import { readerRole } from '../../database/reader-roles.ts';
import { READER_NAMES } from '../../database/readers.ts';
import { sqlColumnsOf } from '../../database/record-table.ts';
import { accessOfSector } from '../../server/sector-access.ts';
import type { Sector } from '../../server/sector.ts';

type ReaderName = (typeof READER_NAMES)[number];

/** Columns of every record that its GraphQL type shows, directly or through source and clocks. */
const SHOWN = `subject_code record_id version recorded_at superseded_at disclosure_class state
  state_reason dispute publisher publisher_code document_number decided_on published_on retrieved_at
  display_start display_from display_until query_start query_from query_until deletion_start
  deletion_from deletion_until sort_date`.split(/\s+/);

/**
 * Compares the rights of the readers with the labels.
 *
 * @param pool of the owner
 * @returns what differs, one sentence each
 */
export async function compareReaderRights(
  sector: Sector,
  pool: pg.Pool,
  databaseName: string,
): Promise<readonly string[]> {
  const { classes } = accessOfSector(sector);
  const catalogue: Catalogue = {
    roleOf: (reader) => readerRole(databaseName, reader),
    async rows(text, values = []) {
      return (await pool.query<string[]>({ text, values, rowMode: 'array' })).rows;
    },
  };
  const faults: string[] = [];
  for (const reader of READER_NAMES) {
    faults.push(...(await compareColumns(sector, classes, catalogue, reader)));
  }
  faults.push(...(await compareRights(catalogue)));
  faults.push(...(await comparePolicies(sector, catalogue)));
  faults.push(...(await compareRoles(catalogue)));
  return faults;
}

interface Catalogue {
  readonly roleOf: (reader: ReaderName) => string;
  readonly rows: (text: string, values?: unknown[]) => Promise<string[][]>;
}

async function compareColumns(
  sector: Sector,
  classes: FieldClasses,
  { rows, roleOf }: Catalogue,
  reader: ReaderName,
): Promise<readonly string[]> {
  const readable = await rows(
    `select c.relname || '.' || a.attname from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
       and has_column_privilege($1, c.oid, a.attnum, 'select') order by 1`,
    [roleOf(reader)],
  );
  const searches = await rows(
    `select c.relname || '.' || a.attname from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relname = any($1)`,
    [(sector.searchTables ?? []).filter((of) => reaches(reader, of.class)).map((of) => of.table)],
  );
  const expected = [...columnsOf(sector, classes, reader), ...searches.flat()];
  return compareTexts(`columns that ${reader} reads`, readable.flat(), expected);
}

/** The readers may connect, use the schema, call what stands there and read, and no more. */
async function compareRights({ rows, roleOf }: Catalogue): Promise<readonly string[]> {
  const granted = await rows(
    `select distinct acl.privilege_type, coalesce(r.rolname, 'PUBLIC') from (
       select datacl, datdba, 'd' from pg_database where datname = current_database()
       union all select nspacl, nspowner, 'n' from pg_namespace where nspname = 'public'
       union all select relacl, relowner, 'r' from pg_class
         where relnamespace = 'public'::regnamespace
       union all select a.attacl, c.relowner, 'c' from pg_attribute a join pg_class c
         on c.oid = a.attrelid where c.relnamespace = 'public'::regnamespace
       union all select proacl, proowner, 'f' from pg_proc
         where pronamespace = 'public'::regnamespace
     ) as objects(acl, owner, kind)
     cross join aclexplode(coalesce(acl, case when kind = 'f' then acldefault('f', owner) end)) as acl
     left join pg_roles r on r.oid = acl.grantee
     where acl.grantee not in (owner, 'pg_database_owner'::regrole) order by 1, 2`,
  );
  const expected = ['CONNECT', 'EXECUTE', 'SELECT', 'USAGE'].flatMap((right) =>
    READER_NAMES.map((reader) => `${right} ${roleOf(reader)}`),
  );
  return compareTexts(
    'rights that are granted',
    granted.map((row) => row.join(' ')),
    expected,
  );
}

/** Row security is on for every record table, with one policy a reader. */
async function comparePolicies(
  { tables }: Sector,
  { rows, roleOf }: Catalogue,
): Promise<readonly string[]> {
  const names = tables.map(({ table }) => table);
  const secured = await rows(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relrowsecurity and relname = any($1)`,
    [names],
  );
  const policies = await rows(
    `select tablename, roles[1], array_length(roles, 1)::text, cmd, permissive from pg_policies`,
  );
  return [
    ...compareTexts('tables with row security', secured.flat(), names),
    ...compareTexts(
      'row policies',
      policies.map((row) => row.join(' ')),
      names.flatMap((name) =>
        READER_NAMES.map((reader) => `${name} ${roleOf(reader)} 1 SELECT PERMISSIVE`),
      ),
    ),
  ];
}

/** Readers log in, and that is all they can do; they belong to no other role. */
async function compareRoles({ rows, roleOf }: Catalogue): Promise<readonly string[]> {
  const roles = READER_NAMES.map(roleOf);
  const rights = await rows(
    `select rolname, concat_ws(' ', rolsuper, rolinherit, rolcreaterole, rolcreatedb,
       rolreplication, rolbypassrls, rolcanlogin) from pg_roles where rolname = any($1)`,
    [roles],
  );
  const members = await rows(
    `select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.member
     where r.rolname = any($1)`,
    [roles],
  );
  return [
    ...compareTexts(
      'what the roles of the readers can do',
      rights.map((row) => row.join(' ')),
      roles.map((role) => `${role} f f f f f f t`),
    ),
    ...compareTexts('roles that the readers belong to', members.flat(), []),
  ];
}

function compareTexts(
  what: string,
  actual: readonly string[],
  expected: readonly string[],
): readonly string[] {
  const [has, wants] = [new Set(actual), new Set(expected)];
  const extra = [...has].filter((one) => !wants.has(one));
  const missing = [...wants].filter((one) => !has.has(one));
  return [
    ...(extra.length > 0 ? [`Too many ${what}: ${extra.slice(0, 6).join(', ')}.`] : []),
    ...(missing.length > 0 ? [`Missing ${what}: ${missing.slice(0, 6).join(', ')}.`] : []),
  ];
}

/** The rule of the readers, written once more: SUBJECT reads up to GOVERNMENT. */
function reaches(reader: ReaderName, value: DisclosureClass): boolean {
  return rankOfClass(value) <= rankOfClass(reader === 'SUBJECT' ? 'GOVERNMENT' : reader);
}

function columnsOf(
  { tables }: Sector,
  classes: FieldClasses,
  reader: ReaderName,
): readonly string[] {
  return tables.flatMap(({ type, table, columns }) => {
    const own = Object.entries(columns).filter(([field]) => {
      const value = classes.get(`${type}.${field}`);
      return value !== undefined && DISCLOSURE_CLASSES.includes(value) && reaches(reader, value);
    });
    const names = new Set([...SHOWN, ...own.flatMap(([, column]) => sqlColumnsOf(column))]);
    return [...names].map((name) => `${table}.${name}`);
  });
}
