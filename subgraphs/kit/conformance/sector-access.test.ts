// The labels of every sector against what the catalogue of its database says: each reader may read
// what they allow, no more and no less, and has no other right.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { loadSectors } from '../cli/sectors.ts';
import {
  DISCLOSURE_CLASSES,
  rankOfClass,
  type DisclosureClass,
} from '../authority/disclosure-class.ts';
import type { FieldClasses } from '../authority/labels.ts';
import { grantAccess } from '../database/grant-access.ts';
import { migrate } from '../database/migrate.ts';
import { readerRole } from '../database/reader-roles.ts';
import { READER_NAMES } from '../database/readers.ts';
import { sqlColumnsOf } from '../database/record-table.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { accessOfSector } from '../server/sector-access.ts';
import type { Sector } from '../server/sector.ts';

/** Columns of every record that its GraphQL type shows, directly or through source and clocks. */
const SHOWN = `subject_code record_id version recorded_at superseded_at disclosure_class state
  state_reason dispute publisher publisher_code document_number decided_on published_on retrieved_at
  display_start display_from display_until query_start query_from query_until deletion_start
  deletion_from deletion_until sort_date`.split(/\s+/);

const sectors = (await loadSectors([])).map(({ sector }) => sector);

for (const sector of sectors) {
  describe(`the database of ${sector.name}`, () => {
    let database: TestDatabase;
    let client: pg.Client;
    const { classes } = accessOfSector(sector);
    const roleOf = (reader: (typeof READER_NAMES)[number]): string =>
      readerRole(new URL(database.url).pathname.slice(1), reader);

    async function rowsOf(text: string, values: unknown[] = []): Promise<string[][]> {
      return (await client.query<string[]>({ text, values, rowMode: 'array' })).rows;
    }

    before(async () => {
      database = await createTestDatabase(sector.name);
      await migrate(database.url, join(sector.directory, 'migrations'));
      const secret = randomBytes(32).toString('hex');
      await grantAccess(database.url, { ...accessOfSector(sector), secret });
      client = new pg.Client({ connectionString: database.url });
      await client.connect();
    });

    after(async () => {
      await client.end();
      await database.drop();
    });

    for (const reader of READER_NAMES) {
      test(`lets ${reader} read the columns that the labels allow, and no other`, async () => {
        const readable = await rowsOf(
          `select c.relname || '.' || a.attname from pg_class c
           join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
             and has_column_privilege($1, c.oid, a.attnum, 'select') order by 1`,
          [roleOf(reader)],
        );
        const searches = await rowsOf(
          `select c.relname || '.' || a.attname from pg_class c
           join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           where c.relnamespace = 'public'::regnamespace and c.relname = any($1)`,
          [
            (sector.searchTables ?? [])
              .filter((of) => reaches(reader, of.class))
              .map((of) => of.table),
          ],
        );
        const expected = [...columnsOf(sector, classes, reader), ...searches.flat()].sort();
        assert.deepEqual(readable.flat().sort(), expected);
      });
    }

    test('gives the readers nothing but to connect, to use the schema and to read', async () => {
      const roles = READER_NAMES.map(roleOf).sort();
      const granted = await rowsOf(
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
        roles.map((role) => [right, role]),
      );
      assert.deepEqual(granted, expected);
    });

    test('lets the readers of GOVERNMENT and above ask when a file last came in, and no other', async () => {
      const granted = await rowsOf(
        `select f.oid::regprocedure::text, r.rolname from pg_proc f, pg_roles r
         where f.pronamespace = 'public'::regnamespace and r.rolname = any($1)
           and f.proname <> 'legal_day' and has_function_privilege(r.oid, f.oid, 'execute')
         order by 1, 2`,
        [READER_NAMES.map(roleOf)],
      );
      const readers = READER_NAMES.filter((reader) => reaches(reader, 'GOVERNMENT'));
      assert.deepEqual(
        granted,
        readers
          .map(roleOf)
          .sort()
          .map((role) => ['last_import_at()', role]),
      );
    });

    test('has row security on every record table, one policy a reader, and no other policy', async () => {
      const tables = await rowsOf(
        `select relname, relrowsecurity::text from pg_class
         where relnamespace = 'public'::regnamespace and relkind = 'r'
           and relname = any($1) order by 1`,
        [sector.tables.map(({ table }) => table)],
      );
      const names = sector.tables.map(({ table }) => table).sort();
      assert.deepEqual(
        tables,
        names.map((name) => [name, 'true']),
      );
      const policies = await rowsOf(
        `select tablename, roles[1], array_length(roles, 1)::text, cmd, permissive from pg_policies
         order by tablename, roles[1]`,
      );
      const roles = READER_NAMES.map(roleOf).sort();
      assert.deepEqual(
        policies,
        names.flatMap((name) => roles.map((role) => [name, role, '1', 'SELECT', 'PERMISSIVE'])),
      );
    });

    test('has readers that can do nothing else, in roles that belong to no other', async () => {
      const rights = await rowsOf(
        `select rolname, concat_ws(' ', rolsuper, rolinherit, rolcreaterole, rolcreatedb,
           rolreplication, rolbypassrls, rolcanlogin) from pg_roles where rolname = any($1) order by 1`,
        [READER_NAMES.map(roleOf)],
      );
      assert.deepEqual(
        rights,
        READER_NAMES.map(roleOf)
          .sort()
          .map((role) => [role, 'f f f f f f t']),
      );
      assert.deepEqual(
        await rowsOf(
          `select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.member
           where r.rolname = any($1)`,
          [READER_NAMES.map(roleOf)],
        ),
        [],
      );
    });
  });
}

/** The rule of the readers, written once more: SUBJECT reads up to GOVERNMENT. */
function reaches(reader: (typeof READER_NAMES)[number], value: DisclosureClass): boolean {
  return rankOfClass(value) <= rankOfClass(reader === 'SUBJECT' ? 'GOVERNMENT' : reader);
}

function columnsOf(
  { tables }: Sector,
  classes: FieldClasses,
  reader: (typeof READER_NAMES)[number],
): readonly string[] {
  return tables.flatMap(({ type, table, columns }) => {
    const own = Object.entries(columns).filter(([field]) => {
      const value = classes.get(`${type}.${field}`);
      assert.ok(value !== undefined && DISCLOSURE_CLASSES.includes(value), `${type}.${field}`);
      return reaches(reader, value);
    });
    const names = new Set([...SHOWN, ...own.flatMap(([, column]) => sqlColumnsOf(column))]);
    return [...names].map((name) => `${table}.${name}`);
  });
}
