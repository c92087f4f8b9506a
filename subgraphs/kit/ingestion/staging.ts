// The way into the database: rows stream into a temporary table, then one merge makes them visible,
// all in one transaction, so that a stop at any moment leaves nothing.
import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import type { RecordTable } from '../database/record-table.ts';
import { stagedColumnsOf } from './staged-row.ts';

/** A COPY into the staging table that is under way. */
export interface Staging {
  /** Takes COPY lines without their ends; waits while the database is behind. */
  readonly write: (lines: readonly string[]) => Promise<void>;
  /** Ends the COPY. */
  readonly end: () => Promise<void>;
  /** Gives the COPY up; the connection is not usable afterwards. */
  readonly abort: () => void;
}

/** Name of the staging table; temporary, so that every import has its own. */
export const STAGING_TABLE = 'staged_records';

/**
 * Creates the staging table and starts to copy into it; needs an open transaction.
 *
 * @param timeoutMs longest that the COPY may take
 */
export async function startStaging(
  client: PoolClient,
  table: RecordTable,
  timeoutMs: number,
): Promise<Staging> {
  const columns = stagedColumnsOf(table).map(quoteName).join(', ');
  // The types are the table's own; constraints are left to the merge, indexes are not needed.
  await client.query(
    `create temporary table ${STAGING_TABLE} on commit drop as
     select 0::bigint as line, ${columns} from ${quoteName(table.table)} where false`,
  );
  const copy: CopyStreamQuery = copyFrom(`copy ${STAGING_TABLE} (line, ${columns}) from stdin`);
  // The pool's deadline is meant for queries of a request; pg reads this property of a query.
  Object.assign(copy, { query_timeout: timeoutMs });
  client.query(copy);
  const done = finished(copy);
  let isOver = false;
  const setOver = (): void => {
    isOver = true;
  };
  // A failure is met by whoever writes or ends next; until then it must not count as unhandled.
  done.then(setOver, setOver);
  return {
    async write(lines) {
      if (lines.length === 0) return;
      if (isOver) await done;
      if (!copy.write(Buffer.from(`${lines.join('\n')}\n`))) await drained(copy, done);
    },
    async end() {
      copy.end();
      await done;
    },
    abort() {
      copy.destroy();
    },
  };
}

/**
 * Waits until a COPY takes more, or ends. Not as a race with its end: what waits for that is kept
 * until it comes, so that every piece of a file would leave something behind.
 */
function drained(copy: CopyStreamQuery, done: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      copy.off('drain', onDrain).off('error', onEnd).off('close', onEnd);
    };
    const onDrain = (): void => {
      stop();
      resolve();
    };
    const onEnd = (): void => {
      stop();
      done.then(resolve, reject);
    };
    copy.on('drain', onDrain).on('error', onEnd).on('close', onEnd);
  });
}

/** Quotes a name for SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
