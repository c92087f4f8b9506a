// Connection pools: bounded, with a deadline on every wait, and with values as the graph writes them.
import pg from 'pg';

/** A pool as the rest of the kit uses it. */
export type Pool = pg.Pool;

/** How a pool behaves; the defaults suit a subgraph on two cores. */
export interface PoolOptions {
  /** Named in `pg_stat_activity`. */
  readonly name: string;
  /** Connections at most; 4 to 8 active queries saturate two cores. Default 8. */
  readonly connectionsMax?: number;
  /** Longest a statement may run, milliseconds. Default 10,000. */
  readonly statementTimeoutMs?: number;
  /** Longest wait for a connection, milliseconds. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** Sessions that can only read; a write fails in the database itself. Default true. */
  readonly readOnly?: boolean;
  /** Told of connections that break while idle; without it they are only replaced. */
  readonly onIdleError: (error: Error) => void;
}

/** Opens a pool; no connection is made before the first query. */
export function openPool(url: string, options: PoolOptions): Pool {
  const readOnly = options.readOnly ?? true;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: options.name,
    max: options.connectionsMax ?? 8,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 10_000,
    query_timeout: (options.statementTimeoutMs ?? 10_000) + 2_000,
    idle_in_transaction_session_timeout: 60_000,
    types: { getTypeParser },
    ...(readOnly && { options: '-c default_transaction_read_only=on' }),
  });
  pool.on('error', options.onIdleError);
  return pool;
}

/** By the object identifier of the type in PostgreSQL's catalogue. */
const TYPE_PARSERS = new Map<number, (text: string) => unknown>([
  [20, toSafeInteger],
  [1082, String],
  [1184, toInstant],
  [1700, Number],
]);

/**
 * Keeps dates as ISO text (a `Date` would move them by the time zone), instants as ISO 8601 in UTC,
 * and big integers as numbers while that is exact.
 */
function getTypeParser(oid: number, format?: string): (text: string) => unknown {
  const own = format === 'binary' ? undefined : TYPE_PARSERS.get(oid);
  return own ?? standardParser(oid);
}

const standardParser = pg.types.getTypeParser as (oid: number) => (text: string) => unknown;

function toInstant(text: string): string {
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();
}

function toSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError('an integer of the database is beyond 2^53 and would lose digits');
  }
  return value;
}
