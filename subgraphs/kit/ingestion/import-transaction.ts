// The one transaction in which an import or a withdrawal does its work. However it ends, nothing of it
// is left: no lock, no table, no statement that nobody waits for.
import type { PoolClient } from 'pg';
import type { Pool } from '../database/pool.ts';
import { importQuery, type ImportQuery } from './merge.ts';

/** How a transaction is held. */
export interface ImportTransaction {
  readonly pool: Pool;
  readonly signal?: AbortSignal | undefined;
  /** Longest that one statement may take, milliseconds. */
  readonly timeoutMs: number;
  /** Takes all back in the end. */
  readonly dryRun: boolean;
}

/**
 * A server that works on a long statement does not notice that its client is gone; it would keep the
 * lock on the batches until the statement ends. Windows cannot tell it.
 */
const NOTICE_LOST_CLIENT = `select set_config(name, '2s', true) from pg_settings
  where name = 'client_connection_check_interval' and version() !~* 'windows|visual c'`;

/** Does some work in a transaction, and commits it, or leaves nothing. */
export async function inImportTransaction<T>(
  { pool, signal, timeoutMs, dryRun }: ImportTransaction,
  work: (query: ImportQuery, client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks fails the query that waits for it; unheard, it would end the process.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  const cancel = cancelOn(signal, pool, client);
  let isOver = false;
  try {
    const query = importQuery(client, timeoutMs);
    await query('begin');
    await query(`set local statement_timeout = ${timeoutMs}`);
    await query(`set local work_mem = '64MB'`);
    await query(NOTICE_LOST_CLIENT);
    const result = await work(query, client);
    signal?.throwIfAborted();
    await query(dryRun ? 'rollback' : 'commit');
    isOver = true;
    return result;
  } finally {
    cancel();
    client.off('error', ignore);
    // Without its end the connection is thrown away, and the transaction with it, in whatever state
    // the work left it.
    client.release(!isOver);
  }
}

/** Cancels what the database is doing when a signal aborts; returns the way back. */
function cancelOn(signal: AbortSignal | undefined, pool: Pool, client: PoolClient): () => void {
  if (!signal) return () => undefined;
  const abort = (): void => {
    const { processID } = client as PoolClient & { readonly processID?: number };
    // If this fails, the end of the connection ends the transaction all the same, only later.
    pool.query('select pg_cancel_backend($1)', [processID]).catch(() => undefined);
  };
  signal.addEventListener('abort', abort, { once: true });
  return () => {
    signal.removeEventListener('abort', abort);
  };
}
