// Statements that are built once for each table and key. The keys hold sets of visible fields, of
// which grants make ever new ones: what is not asked for again is forgotten.
import { LRUCache } from 'lru-cache';
import type { Statement } from './statement.ts';

/** Statements of one table that are kept. */
const STATEMENTS_MAX = 500;

/** Gives the statement of a key, building it where it is not kept. */
export type StatementCache<Table extends object> = (
  table: Table,
  key: string,
  build: () => Statement,
) => Statement;

/** Makes a cache of statements by table and key. */
export function createStatementCache<Table extends object>(): StatementCache<Table> {
  const tables = new WeakMap<Table, LRUCache<string, Statement>>();
  return (table, key, build) => {
    let ofTable = tables.get(table);
    if (ofTable === undefined) {
      ofTable = new LRUCache({ max: STATEMENTS_MAX });
      tables.set(table, ofTable);
    }
    let statement = ofTable.get(key);
    if (statement === undefined) {
      statement = build();
      ofTable.set(key, statement);
    }
    return statement;
  };
}
