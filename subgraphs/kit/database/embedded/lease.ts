// Who uses a server: each user holds a shared advisory lock on a connection of its own, and the one
// who can turn it into an exclusive lock is the last. The server itself forgets users that died.
import { Socket } from 'node:net';
import pg from 'pg';
import { SUPERUSER } from './initialise-cluster.ts';

/** One process's claim that the server must keep running. */
export interface Lease {
  readonly address: ServerAddress;
  /** Tells the process ids of those who hold one beside this. */
  others(): Promise<readonly number[]>;
  /**
   * Gives the claim up.
   *
   * @returns `last` when nobody else has one: no new claim succeeds until {@link Lease.close}, so
   *   the server can be stopped; `shared` when others have; `lost` when the server went away
   */
  release(): Promise<'last' | 'shared' | 'lost'>;
  /** Closes the connection. */
  close(): Promise<void>;
}

/** Where a server listens, how its superuser is let in, and which one it must be. */
export interface ServerAddress {
  readonly port: number;
  /** Its `cluster_name`. */
  readonly name: string;
  readonly password: string;
}

/** Gives the URL of a database on an embedded server. */
export function databaseUrlAt(address: ServerAddress, database: string): string {
  const { port, password } = address;
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/**
 * Takes a lease. The password proves both sides to each other (SCRAM), so a lease on a foreign server
 * is impossible. An idle lease does not keep the process alive.
 *
 * @throws Error when nobody listens, the server is starting or stopping, or it is another one
 */
export async function takeLease(address: ServerAddress): Promise<Lease> {
  const socket = new Socket();
  const client = new pg.Client({
    host: '127.0.0.1',
    port: address.port,
    user: SUPERUSER,
    password: address.password,
    database: 'postgres',
    ssl: false,
    application_name: `${NAME}${process.pid}`,
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
    stream: () => socket,
  });
  let lost = false;
  client.on('error', () => (lost = true));
  client.on('end', () => (lost = true));
  const close = async (): Promise<void> => {
    socket.ref();
    await client.end().catch(() => undefined);
  };
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select current_setting('cluster_name') as name, pg_advisory_lock_shared(${LOCK})`,
    );
    // The server of a copied folder has the same password, and perhaps just took the port.
    if (rows[0]?.name !== address.name) throw new Error('another server answers on this port');
  } catch (error) {
    await close();
    throw error;
  }
  socket.unref();
  return {
    address,
    async others() {
      const { rows } = await client.query<{ pid: string }>(
        `select distinct substr(application_name, ${NAME.length + 1}) as pid from pg_stat_activity
          where starts_with(application_name, '${NAME}')
            and application_name <> current_setting('application_name') order by 1`,
      );
      return rows.map(({ pid }) => Number(pid));
    },
    async release() {
      if (lost) return 'lost';
      socket.ref();
      try {
        await client.query(`select pg_advisory_unlock_shared(${LOCK})`);
        const { rows } = await client.query<{ last: boolean }>(
          `select pg_try_advisory_lock(${LOCK}) as last`,
        );
        return rows[0]?.last === true ? 'last' : 'shared';
      } catch {
        return 'lost';
      }
    },
    close,
  };
}

/** How a lease is named in the server's list of connections; the process id follows. */
const NAME = 'credit-graph lease of process ';

/** Any number will do that nothing else locks in the database `postgres`. */
const LOCK = 7_146_301_874;
