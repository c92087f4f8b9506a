// The gateway's database as this room uses it: a pool that can only read, for lookups and lists, and
// a small one for moves, so that no queue of moves can keep a decision waiting.
import type { PoolClient } from 'pg';
import { openPool, type Pool, type Reader } from '../../subgraphs/kit/database/pool.ts';
import {
  isUnavailable,
  runStatement,
  type ParamValues,
  type Statement,
} from '../../subgraphs/kit/database/statement.ts';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';

/** Runs one statement. */
export type Run = <Row extends object>(statement: Statement, values: ParamValues) => Promise<Row[]>;

/** What this room reads and writes through. */
export interface AccessDatabase {
  readonly read: Run;
  /** Does everything or nothing; statements of one call run on one connection, in turn. */
  readonly transaction: <T>(work: (run: Run) => Promise<T>) => Promise<T>;
  /** May be called twice. */
  readonly close: () => Promise<void>;
}

const READ_CONNECTIONS_MAX = 4;
const WRITE_CONNECTIONS_MAX = 3;
const STATEMENT_TIMEOUT_MS = 4_000;

/** Opens the database at an address, whose tables are there; no connection is made yet. */
export function openAccessDatabase(url: string, log: Logger): AccessDatabase {
  const onIdleError = (error: Error): void => {
    log.warn({ err: error }, 'an idle connection to the database broke');
  };
  const options = { statementTimeoutMs: STATEMENT_TIMEOUT_MS, onIdleError };
  const readers = openPool(url, {
    ...options,
    name: 'gateway access',
    connectionsMax: READ_CONNECTIONS_MAX,
  });
  const writers = openPool(url, {
    ...options,
    name: 'gateway access moves',
    connectionsMax: WRITE_CONNECTIONS_MAX,
    readOnly: false,
  });
  let closed: Promise<void> | null = null;
  return {
    read: runThrough(readers, log),
    transaction: (work) => transact(writers, log, work),
    close: () => (closed ??= Promise.all([readers.end(), writers.end()]).then(() => undefined)),
  };
}

/** Stands in where the gateway has no database: whatever would be read or written says so. */
export function absentAccessDatabase(): AccessDatabase {
  const refuse = (): Promise<never> =>
    Promise.reject(
      new PublicError('SERVICE_UNAVAILABLE', 'This gateway keeps no consents and grants.', {
        hint: 'The operator has to give the gateway a database: DATABASE_URL_GATEWAY.',
      }),
    );
  return { read: refuse, transaction: refuse, close: () => Promise.resolve() };
}

function runThrough(reader: Reader, log: Logger): Run {
  return async (statement, values) => {
    try {
      return await runStatement(reader, statement, values);
    } catch (error) {
      throw ownError(error, log);
    }
  };
}

async function transact<T>(pool: Pool, log: Logger, work: (run: Run) => Promise<T>): Promise<T> {
  const client = await connect(pool, log);
  let broken = false;
  try {
    await command(client, 'begin', log);
    const result = await work(runThrough(client, log));
    await command(client, 'commit', log);
    return result;
  } catch (error) {
    // A connection that cannot even roll back is not lent again; what it had begun ends with it.
    await client.query('rollback').catch((cause: unknown) => {
      broken = true;
      log.warn({ err: cause }, 'a transaction was given up with its connection');
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function connect(pool: Pool, log: Logger): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw ownError(error, log);
  }
}

async function command(client: PoolClient, text: string, log: Logger): Promise<void> {
  try {
    await client.query(text);
  } catch (error) {
    throw ownError(error, log);
  }
}

/** The kit says of a database that is gone that a sector is; here it is the gateway itself. */
function ownError(error: unknown, log: Logger): unknown {
  const isGone =
    error instanceof PublicError
      ? error.extensions['code'] === 'SUBGRAPH_UNAVAILABLE'
      : isUnavailable(error);
  if (!isGone) return error;
  log.warn({ err: error }, 'consents and grants cannot be read or written');
  return new PublicError('SERVICE_UNAVAILABLE', 'Consents and grants cannot be looked up now.', {
    hint: 'Ask again in a while; nothing was changed unless a later look says so.',
  });
}
