// Counts what one request reads, whoever reads it: the kit's loaders and a sector's own statements
// alike. So a section can say whether all of it was read, however deep in the answer that was.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';
import type { Reader } from './pool.ts';

/** The reads of one request. */
export interface RequestReads {
  /** The pool as this request uses it. */
  readonly reader: Reader;
  /**
   * Waits until nothing more is being read, then tells whether every read of the request succeeded
   * or, where there was none, whether the database answers.
   */
  isComplete(): Promise<boolean>;
}

/** Counts reads through `pool` from here on; make one for each request. */
export function trackReads(pool: Reader): RequestReads {
  const pending = new Set<Promise<unknown>>();
  let started = 0;
  let allSucceeded = true;
  function query<Row extends QueryResultRow>(statement: QueryConfig): Promise<QueryResult<Row>> {
    const read = pool.query<Row>(statement);
    started += 1;
    const settled: Promise<unknown> = read
      .catch(() => {
        allSucceeded = false;
      })
      .finally(() => pending.delete(settled));
    pending.add(settled);
    return read;
  }

  /**
   * What a read brings leads to further reads within one turn of the event loop: resolvers follow in
   * microtasks, and batches leave in the next tick. A turn without a new read is the end. The waits
   * are bounded by the deadlines of the pool and the depth of the operation.
   */
  async function waitForQuiet(): Promise<void> {
    for (let seen = -1; seen !== started;) {
      seen = started;
      await Promise.all(pending);
      await nextTurn();
    }
  }

  async function readToEnd(): Promise<boolean> {
    await waitForQuiet();
    if (started === 0) await query({ text: 'select 1' }).catch(() => undefined);
    return allSucceeded;
  }

  let end: Promise<boolean> | undefined;
  return {
    reader: { query },
    isComplete: () => (end ??= readToEnd()),
  };
}
