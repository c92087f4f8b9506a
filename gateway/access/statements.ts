// Statements written as SQL with named holes, for texts in which a builder would hide what matters.
import type { Knex } from 'knex';
import { param, sql, toStatement, type Statement } from '../../subgraphs/kit/database/statement.ts';

/** `:name` is a hole; `::type` is a cast. */
const HOLE = /(?<!:):([a-z][A-Za-z]*)/g;

/** Makes a statement of a text with holes written `:name`. */
export function statementOf(text: string): Statement {
  const holes: Knex.Value[] = [];
  const positional = text.replace(HOLE, (_, name: string) => {
    holes.push(param(name));
    return '?';
  });
  return toStatement(sql.raw(positional, holes));
}

/** Makes the insertion of one row, its columns filled by holes of their names in camel case. */
export function insertionOf(table: string, columns: readonly string[], ending = ''): Statement {
  const holes = columns.map((column) => `:${holeOf(column)}`);
  return statementOf(
    `insert into ${table} (${columns.join(', ')}) values (${holes.join(', ')}) ${ending}`,
  );
}

function holeOf(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
