// Counts what one request reads, whoever reads it: the kit's loaders and a sector's own statements
// alike. So a section can say whether all of it was read, however deep in the answer that was.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { QueryResult, QueryResultRow } from 'pg';
import type { Authority } from '../authority/policy.ts';
import { readerOf, type ReaderName } from '../authority/viewer.ts';
import type { Reader, ReaderQuery } from './pool.ts';
import type { Readers } from './readers.ts';

/** The reads of one request. */
export interface RequestReads {
  /** Gives the way into the database for statements that are made for an authority. */
  through(authority: Authority): Reader;
  /**
   * Waits until nothing more is being read, then tells whether every read of the request succeeded
   * or, where there was none, whether the database answers.
   */
  isComplete(): Promise<boolean>;
}

/** Counts reads through `readers` from here on; make one for each request. */
export function trackReads(readers: Readers): RequestReads {
  const pending = new Set<Promise<unknown>>();
  let started = 0;
  let allSucceeded = true;
  const tracked = new Map<ReaderName, Reader>();

  function track(reader: Reader): Reader {
    return {
      query<Row extends QueryResultRow>(statement: ReaderQuery): Promise<QueryResult<Row>> {
        const read = reader.query<Row>(statement);
        started += 1;
        const settled: Promise<unknown> = read
          .catch(() => {
            allSucceeded = false;
          })
          .finally(() => pending.delete(settled));
        pending.add(settled);
        return read;
      },
    };
  }

  function of(name: ReaderName): Reader {
    let reader = tracked.get(name);
    if (reader === undefined) {
      reader = track(readers.of(name));
      tracked.set(name, reader);
    }
    return reader;
  }

  /**
   * What a read brings leads to further reads within one turn of the event loop: resolvers follow in
   * microtasks, and batches leave in the next tick. A turn without a new read is the end. The waits
   * are bounded by the deadlines of the pools and the depth of the operation.
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
    if (started === 0) {
      await of('PUBLIC')
        .query({ text: 'select 1' })
        .catch(() => undefined);
    }
    return allSucceeded;
  }

  let end: Promise<boolean> | undefined;
  return {
    through: (authority) => of(readerOf(authority)),
    isComplete: () => (end ??= readToEnd()),
  };
}
