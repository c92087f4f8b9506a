// Connection pools: bounded, with a deadline on every wait, and with values as the graph writes them.
import pg from 'pg';

/** A pool as the rest of the kit uses it. */
export type Pool = pg.Pool;

/** A statement with its values. */
export interface ReaderQuery extends pg.QueryConfig {
  /** Whether one plan is good for all values; see `Statement`. */
  readonly isKeyed?: boolean;
}

/** What a statement is read through: a pool, or one request's view of it. It lends no connection. */
export interface Reader {
  query<Row extends pg.QueryResultRow>(statement: ReaderQuery): Promise<pg.QueryResult<Row>>;
}

/**
 * How a pool behaves; the defaults suit a subgraph on two cores, and a gateway that waits for it
 * for 5 seconds.
 */
export interface PoolOptions {
  /** Named in `pg_stat_activity`. */
  readonly name: string;
  /** Connections at most; 4 to 8 active queries saturate two cores. Default 8. */
  readonly connectionsMax?: number;
  /** Longest a statement may run, milliseconds; 0 is without end. Default 4,000, to write 30,000. */
  readonly statementTimeoutMs?: number;
  /** Longest wait for a connection, milliseconds. Default 3,000. */
  readonly connectTimeoutMs?: number;
  /** Sessions that can only read; a write fails in the database itself. Default true. */
  readonly readOnly?: boolean;
  /** Told of connections that break while idle; without it they are only replaced. */
  readonly onIdleError: (error: Error) => void;
}

/** Longest wait for a connection where nothing else is said, milliseconds. */
export const CONNECT_TIMEOUT_MS = 3_000;

/** As long as that for a command, in milliseconds: no request waits for it, and a busy machine is let be. */
export const COMMAND_CONNECT_TIMEOUT_MS = 10_000;

/** How long a connection is kept that nobody needs, milliseconds. */
export const IDLE_TIMEOUT_MS = 30_000;

/** Opens a pool; no connection is made before the first query. */
export function openPool(url: string, options: PoolOptions): Pool {
  const pool = new pg.Pool({
    ...sessionConfig(url, options),
    max: options.connectionsMax ?? 8,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
  });
  pool.on('error', options.onIdleError);
  return pool;
}

/** Gives the configuration of one session: its deadlines, its values, whether it can write. */
export function sessionConfig(
  url: string,
  options: Omit<PoolOptions, 'connectionsMax' | 'onIdleError'>,
): pg.ClientConfig {
  const { readOnly = true, statementTimeoutMs = readOnly ? 4_000 : 30_000 } = options;
  const session = readSessionOptions(url);
  return {
    connectionString: session.url,
    application_name: options.name,
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
    // For a server that no longer says anything; a statement without end has none here either.
    ...(statementTimeoutMs > 0 && { query_timeout: statementTimeoutMs + 2_000 }),
    idle_in_transaction_session_timeout: 60_000,
    types: { getTypeParser },
    // Where an option is given twice, the last one counts.
    options: [
      ...session.options,
      '-c timezone=UTC',
      ...(readOnly ? ['-c default_transaction_read_only=on'] : []),
    ].join(' '),
  };
}

/**
 * Takes `options` out of a URL: what stands there takes the place of what a pool is told, so a
 * search path in the URL would silently give sessions that can write.
 */
function readSessionOptions(url: string): {
  readonly url: string;
  readonly options: readonly string[];
} {
  if (!url.includes('options=')) return { url, options: [] };
  const address = new URL(url);
  const options = address.searchParams.getAll('options');
  address.searchParams.delete('options');
  return { url: address.href, options };
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
