// The readers of a sector's database over its reader roles, with one bound for the connections of all
// of them. What a reader must not see, the server does not give it, whatever it is asked.
import type pg from 'pg';
import type { ReaderName } from '../authority/viewer.ts';
import { sessionConfig, type Reader } from './pool.ts';
import { readerPassword, readerRole } from './reader-roles.ts';
import { READER_CONNECTIONS_MAX, READER_NAMES, type Readers } from './readers.ts';
import { shareConnections } from './shared-connections.ts';

/** How a sector's database is read. */
export interface OpenReadersOptions {
  /** Named in `pg_stat_activity`. */
  readonly name: string;
  /** The secret with which access was granted. */
  readonly secret: string;
  /** Connections of all readers together at most. Default {@link READER_CONNECTIONS_MAX}. */
  readonly connectionsMax?: number;
  /** Longest a statement may run, milliseconds. Default 4,000. */
  readonly statementTimeoutMs?: number;
  /** Longest wait for a connection, milliseconds. Default 3,000. */
  readonly connectTimeoutMs?: number;
  /** How long a connection is kept that nobody needs, milliseconds. Default 30,000. */
  readonly idleTimeoutMs?: number;
  /** Told of connections that break while idle; they are replaced when they are needed. */
  readonly onIdleError: (error: Error) => void;
}

/**
 * Opens the readers of a database; no connection is made before the first statement. Where the roles
 * are not there yet a statement fails as it does without a server, and the next one tries again.
 *
 * @param url where the database is; of its login, the readers have their own
 * @throws Error for a URL without the name of a database, and for a secret that is too short
 */
export function openReaders(url: string, options: OpenReadersOptions): Readers {
  const { name, secret, connectionsMax = READER_CONNECTIONS_MAX, onIdleError } = options;
  const { connectTimeoutMs, idleTimeoutMs } = options;
  const address = new URL(url);
  const database = decodeURIComponent(address.pathname.slice(1));
  if (database === '') throw new Error(`the URL of the database of ${name} names no database`);
  const configs = new Map<string, pg.ClientConfig>();
  for (const reader of READER_NAMES) {
    const role = readerRole(database, reader);
    address.username = encodeURIComponent(role);
    address.password = readerPassword(secret, role);
    // The URL may also name a login among its parameters; those would come before ours.
    for (const parameter of ['user', 'password']) address.searchParams.delete(parameter);
    configs.set(reader, sessionConfig(address.href, { ...options, name: `${name} ${reader}` }));
  }
  const connections = shareConnections({
    connectionsMax,
    ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
    ...(idleTimeoutMs !== undefined && { idleTimeoutMs }),
    onIdleError,
    configOf(reader) {
      const config = configs.get(reader);
      if (config === undefined) throw new Error(`there is no reader ${reader}`);
      return config;
    },
  });
  const readers = Object.fromEntries(
    READER_NAMES.map((reader): [ReaderName, Reader] => [
      reader,
      { query: (statement) => connections.query(reader, statement) },
    ]),
  ) as Record<ReaderName, Reader>;
  return { of: (reader) => readers[reader], close: () => connections.close() };
}
