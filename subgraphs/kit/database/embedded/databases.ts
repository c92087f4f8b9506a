// Databases on one server: created alike everywhere (UTF-8, collation C), dropped with their
// sessions and the roles that read them. Names are checked, so a name never needs more than quoting.
import pg from 'pg';
import { COMMAND_CONNECT_TIMEOUT_MS } from '../pool.ts';
import { readerRole, readerRoleMark } from '../reader-roles.ts';
import { READER_NAMES } from '../readers.ts';

/**
 * Creates a database unless there is one of this name. Nobody but its owner may connect to it: a
 * server gives that right to every role, and so to the readers of all other databases.
 *
 * @param adminUrl a database on the same server, for an account that may create others
 * @throws RangeError when the name is none of ours: a letter, then letters, digits and `_`, up to 63
 */
export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const quoted = quoteName(name);
  await withConnection(adminUrl, async (client) => {
    const found = await client.query<{ readonly open: boolean }>(
      `select has_database_privilege('public', oid, 'connect') as open
       from pg_database where datname = $1`,
      [name],
    );
    if (found.rows[0]?.open === false) return;
    try {
      if (found.rowCount === 0) {
        await client.query(
          `create database ${quoted} template template0 encoding 'UTF8' locale 'C'`,
        );
      }
      await client.query(`revoke all on database ${quoted} from public`);
    } catch (error) {
      // Another process was quicker: duplicate_database, its index entry, or its rights, for which
      // the server has no code of their own.
      const code = error instanceof pg.DatabaseError ? error.code : undefined;
      const isAtOnce = code === 'XX000' && /concurrently/.test(String(error));
      if (code !== '42P04' && code !== '23505' && !isAtOnce) throw error;
    }
  });
}

/**
 * Drops a database if it exists, ending its sessions first, and the roles that were made to read it.
 * Name as in {@link createDatabase}.
 */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const quoted = quoteName(name);
  await withConnection(adminUrl, async (client) => {
    await client.query(`drop database if exists ${quoted} with (force)`);
    // Roles belong to the server: they would outlive the database.
    const { rows } = await client.query<{ readonly role: string }>(
      `select rolname as role from pg_roles
       where rolname = any($1) and shobj_description(oid, 'pg_authid') = $2`,
      [READER_NAMES.map((reader) => readerRole(name, reader)), readerRoleMark(name)],
    );
    const roles = rows.map(({ role }) => pg.escapeIdentifier(role));
    if (roles.length > 0) await client.query(`drop role if exists ${roles.join(', ')}`);
  });
}

function quoteName(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) {
    throw new RangeError(`"${name}" is no name of a database`);
  }
  return pg.escapeIdentifier(name);
}

async function withConnection(
  url: string,
  use: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'credit-graph databases',
    connectionTimeoutMillis: COMMAND_CONNECT_TIMEOUT_MS,
    query_timeout: 30_000,
  });
  // A connection that breaks between two queries would otherwise end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await use(client);
  } finally {
    await client.end();
  }
}
