// What the database is doing for an import ends with the import, not when the database notices.
import type { PoolClient } from 'pg';
import type { Pool } from '../database/pool.ts';

/** Cancels the statement of a connection when a signal aborts; returns the way back. */
export function cancelOn(
  signal: AbortSignal | undefined,
  pool: Pool,
  client: PoolClient,
): () => void {
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
