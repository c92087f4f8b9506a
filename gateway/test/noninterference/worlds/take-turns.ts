// Lets the statements of a login take turns on two sessions of the database, one for each way of planning.
// Each session has to learn every statement, which costs several times what the statement does, and
// random operations ask with many: on whichever session is free each would be learned over and over.
import type pg from 'pg';
import type { ReaderName } from '../../../../subgraphs/kit/authority/viewer.ts';
import type { Reader, ReaderQuery } from '../../../../subgraphs/kit/database/pool.ts';
import type { Readers } from '../../../../subgraphs/kit/database/readers.ts';

/** Gives readers over the same logins, each with one statement of a kind under way at a time. */
export function takeTurns(readers: Readers): Readers {
  const ends = new Map<string, Promise<unknown>>();
  const inTurn = (name: ReaderName): Reader => ({
    async query<Row extends pg.QueryResultRow>(statement: ReaderQuery) {
      const queue = `${name} ${statement.isKeyed === true}`;
      const before = ends.get(queue);
      const run = async (): Promise<pg.QueryResult<Row>> => {
        await before?.catch(() => undefined);
        return readers.of(name).query<Row>(statement);
      };
      const result = run();
      ends.set(queue, result);
      return result;
    },
  });
  return { of: inTurn, close: readers.close };
}
