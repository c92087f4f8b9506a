// Brings the roles, row policies and grants of a sector's database to what its labels say: whole, or
// not at all, and with one look at the database where they stand already.
import { createHash } from 'node:crypto';
import pg from 'pg';
import { defineAccess, type AccessDefinition, type AccessSource } from './access-definition.ts';
import {
  ACCESS_SCHEMA,
  accessStatements,
  BATCHES_TABLE,
  roleStatements,
  SUPERUSER_STATEMENT,
  type OwnedObjects,
} from './access-statements.ts';
import { withTurn } from './migrate.ts';
import { COMMAND_CONNECT_TIMEOUT_MS } from './pool.ts';
import {
  readerPassword,
  readerRole,
  readerRoleMark,
  readerSecretDigest,
  scramVerifier,
} from './reader-roles.ts';
import { READER_NAMES } from './readers.ts';

/** What is granted, and the secret from which the readers' passwords follow. */
export interface AccessGrant extends AccessSource {
  readonly secret: string;
}

/** Runs a statement, as a connection or a transaction of another library does. */
type Run = <Row extends object>(text: string) => Promise<readonly Row[]>;

/** An import may hold a table for long; the start fails then, instead of all readers waiting. */
const LOCK_TIMEOUT_MS = 10_000;
const QUERY_TIMEOUT_MS = 60_000;

/**
 * Grants the readers of a database what the labels say, and takes away everything else. The schema
 * must be up to date; the URL is the owner's, who needs the right to create roles. Safe when several
 * processes do it at once.
 *
 * @returns whether anything had to be changed
 * @throws Error for labels that contradict each other, and for a role of a reader's name that is
 *   somebody else's or can do more than a reader may
 */
export async function grantAccess(url: string, grant: AccessGrant): Promise<boolean> {
  if (await isAccessGranted(url, grant)) return false;
  const definition = defineAccess(grant);
  return withTurn(url, (database) =>
    database.transaction(async (transaction) => {
      const run: Run = async <Row extends object>(text: string) =>
        (await transaction.raw<{ readonly rows: Row[] }>(text)).rows;
      // Another process may have done it while this one waited for its turn.
      if (await isGranted(run, definition, grant.secret)) return false;
      await run(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
      await applyAccess(run, definition, grant.secret);
      return true;
    }),
  );
}

/** Tells whether the readers of a database have what the labels say; changes nothing. */
export function isAccessGranted(url: string, grant: AccessGrant): Promise<boolean> {
  const definition = defineAccess(grant);
  return withClient(url, (run) => isGranted(run, definition, grant.secret));
}

async function applyAccess(run: Run, definition: AccessDefinition, secret: string): Promise<void> {
  const database = await databaseOf(run);
  await makeRoles(run, database, secret);
  await run(
    `create table if not exists ${KEPT} (
       place integer primary key check (place = 1), definition text not null, state text not null)`,
  );
  const owned = await listOwned(run);
  await run(accessStatements(database, definition, owned).join(';\n'));
  const [setting] = await run<{ readonly is_superuser: string }>('show is_superuser');
  if (setting?.is_superuser === 'on') await run(SUPERUSER_STATEMENT);
  await assertBounds(run, database);
  const [digest, state] = [digestOf(database, definition, secret), await readState(run, database)];
  await run(
    `insert into ${KEPT} (place, definition, state)
     values (1, ${pg.escapeLiteral(digest)}, ${pg.escapeLiteral(state)})
     on conflict (place) do update set definition = excluded.definition, state = excluded.state`,
  );
}

/** What was granted last, and the catalogue as it stood then; the owner's alone. */
const KEPT = `${ACCESS_SCHEMA}.access_definition`;

/**
 * Tells whether the definition was granted and nothing has touched it since: a table that was made
 * anew, a grant or policy changed by hand, a role that was dropped.
 */
async function isGranted(run: Run, definition: AccessDefinition, secret: string): Promise<boolean> {
  const database = await databaseOf(run);
  const [found] = await run<{ readonly known: boolean }>(
    `select to_regclass('${KEPT}') is not null as known`,
  );
  if (found?.known !== true) return false;
  const [kept] = await run<{ readonly definition: string; readonly state: string }>(
    `select definition, state from ${KEPT}`,
  );
  return (
    kept?.definition === digestOf(database, definition, secret) &&
    kept.state === (await readState(run, database))
  );
}

function digestOf(database: string, definition: AccessDefinition, secret: string): string {
  const usual: OwnedObjects = { tables: [BATCHES_TABLE], routines: [], policies: [] };
  const texts = [
    ...READER_NAMES.flatMap((reader) =>
      roleStatements(database, readerRole(database, reader), '', true),
    ),
    ...accessStatements(database, definition, usual),
    readerSecretDigest(secret),
  ];
  return createHash('sha256').update(texts.join('\n')).digest('hex');
}

/** Digests what the catalogue says of roles, grants and policies. */
async function readState(run: Run, database: string): Promise<string> {
  const [row] = await run<{ readonly state: string }>(
    `select encode(sha256(convert_to(concat_ws(E'\\n',
       (select concat_ws(' ', datacl, datdba) from pg_database where datname = current_database()),
       (select concat_ws(' ', nspacl, nspowner) from pg_namespace where nspname = '${ACCESS_SCHEMA}'),
       (select string_agg(concat_ws(' ', c.oid, c.relowner, c.relrowsecurity, c.relacl), ','
          order by c.oid) from pg_class c
        where c.relnamespace = '${ACCESS_SCHEMA}'::regnamespace and c.relkind in (${RELATIONS})),
       (select string_agg(concat_ws(' ', a.attrelid, a.attname, a.attacl), ','
          order by a.attrelid, a.attnum) from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = '${ACCESS_SCHEMA}'::regnamespace and c.relkind in (${RELATIONS})
          and a.attnum > 0 and not a.attisdropped),
       (select string_agg(concat_ws(' ', p.oid, p.polrelid, p.polroles, p.polcmd,
          p.polpermissive, p.polqual), ',' order by p.oid)
        from pg_policy p),
       (select string_agg(concat_ws(' ', f.oid, f.proowner, f.proacl, f.proconfig,
          case when f.prosecdef then f.prosrc end), ',' order by f.oid)
        from pg_proc f where f.pronamespace = '${ACCESS_SCHEMA}'::regnamespace),
       (select string_agg(concat_ws(' ', r.oid, ${RIGHTS.map((right) => `r.${right}`).join(', ')},
          s.setconfig), ',' order by r.oid)
        from pg_roles r left join pg_db_role_setting s on s.setrole = r.oid
        where ${isReader(database)}),
       (select string_agg(concat_ws(' ', m.roleid, m.member), ',' order by m.roleid, m.member)
        from pg_auth_members m join pg_roles r on r.oid = m.member where ${isReader(database)})
     ), 'UTF8')), 'hex') as state`,
  );
  if (!row) throw new Error('the catalogue did not answer');
  return row.state;
}

/** Kinds of relations that can be read: tables, views, sequences. */
const RELATIONS = `'r', 'p', 'v', 'm', 'f', 'S'`;

/** Rights that no reader may have. */
const RIGHTS = [
  'rolsuper',
  'rolcreatedb',
  'rolcreaterole',
  'rolinherit',
  'rolreplication',
  'rolbypassrls',
] as const;

function isReader(database: string): string {
  const roles = READER_NAMES.map((reader) => pg.escapeLiteral(readerRole(database, reader)));
  return `r.rolname in (${roles.join(', ')})`;
}

async function makeRoles(run: Run, database: string, secret: string): Promise<void> {
  const mark = readerRoleMark(database);
  const found = await run<{ readonly rolname: string; readonly mark: string | null }>(
    `select r.rolname, shobj_description(r.oid, 'pg_authid') as mark
     from pg_roles r where ${isReader(database)}`,
  );
  for (const reader of READER_NAMES) {
    const role = readerRole(database, reader);
    const known = found.find(({ rolname }) => rolname === role);
    if (known && known.mark !== mark) {
      throw new Error(`The role ${role} was not made for reading ${database}. Rename or drop it.`);
    }
    const verifier = scramVerifier(readerPassword(secret, role));
    const statements = [
      ...roleStatements(database, role, verifier, known !== undefined),
      `comment on role ${pg.escapeIdentifier(role)} is ${pg.escapeLiteral(mark)}`,
    ];
    await run(statements.join(';\n'));
  }
}

async function listOwned(run: Run): Promise<OwnedObjects> {
  const inSchema = `'${ACCESS_SCHEMA}'::regnamespace`;
  const tables = await run<{ readonly name: string }>(
    `select c.relname as name from pg_class c
     where c.relnamespace = ${inSchema} and c.relkind in (${RELATIONS})
       and c.relowner = current_user::regrole order by 1`,
  );
  const routines = await run<{ readonly name: string }>(
    `select f.oid::regprocedure::text as name from pg_proc f
     where f.pronamespace = ${inSchema} and f.proowner = current_user::regrole order by 1`,
  );
  const policies = await run<{ readonly table: string; readonly policy: string }>(
    `select c.relname as table, p.polname as policy
     from pg_policy p join pg_class c on c.oid = p.polrelid
     where c.relnamespace = ${inSchema} and c.relowner = current_user::regrole order by 1, 2`,
  );
  return {
    tables: tables.map(({ name }) => name),
    routines: routines.map(({ name }) => name),
    policies,
  };
}

/** Reads back what could have been given to a role, or kept by another, before or beside this. */
async function assertBounds(run: Run, database: string): Promise<void> {
  const wrong = await run<{ readonly role: string }>(
    `select r.rolname as role from pg_roles r
     where ${isReader(database)} and (
       ${RIGHTS.map((right) => `r.${right}`).join(' or ')} or not r.rolcanlogin
       or exists (select from pg_auth_members m where m.member = r.oid)
       or has_database_privilege(r.oid, current_database(), 'create, temporary')
       or has_schema_privilege(r.oid, '${ACCESS_SCHEMA}', 'create'))
     order by 1`,
  );
  if (wrong.length === 0) return;
  const roles = wrong.map(({ role }) => role).join(', ');
  throw new Error(
    `These roles can do more than a reader may: ${roles}. Drop them, then start again.`,
  );
}

async function databaseOf(run: Run): Promise<string> {
  const [row] = await run<{ readonly name: string }>('select current_database() as name');
  if (!row) throw new Error('the database does not say its name');
  return row.name;
}

async function withClient<T>(url: string, work: (run: Run) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'access',
    connectionTimeoutMillis: COMMAND_CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
  });
  // A connection that breaks between two queries would otherwise end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(
      async <Row extends object>(text: string) => (await client.query<Row>(text)).rows,
    );
  } finally {
    await client.end();
  }
}
