// Statements whose text is built once and then reused by name: building SQL for each call costs more
// than a small query itself. A parameter is named while building and given a value at each run.
import { createHash } from 'node:crypto';
import knexModule, { type Knex } from 'knex';
import pg from 'pg';
import { PublicError } from '../errors.ts';
import type { Reader } from './pool.ts';

/** A builder without a connection; statements run through a {@link Reader}. */
export const sql: Knex = knexModule({ client: 'pg' });

/** A named hole in a statement. */
interface Param {
  readonly param: string;
}

/** A prepared text with the names of its parameters in order. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly params: readonly string[];
  /**
   * Whether rows are found by keys, or by an index that is sure to be used, so that one plan is good
   * for all values. The server would plan anew for each list of keys, since it takes an unknown list
   * for long: that costs several times what the statement does.
   */
  readonly isKeyed: boolean;
}

/** Values of a statement's parameters, by name. */
export type ParamValues = Readonly<Record<string, unknown>>;

/** Marks a hole that {@link runStatement} fills. */
export function param(name: string): Knex.Value {
  return { param: name } satisfies Param;
}

/** Turns a query that finds its rows by keys into a statement that a session plans once. */
export function toKeyedStatement(query: Knex.QueryBuilder | Knex.Raw): Statement {
  return { ...toStatement(query), isKeyed: true };
}

/**
 * Turns a query into a statement.
 *
 * @throws Error when the query holds a value that is not a named parameter: a value in the text
 *   would be prepared once for each caller.
 */
export function toStatement(query: Knex.QueryBuilder | Knex.Raw): Statement {
  const native = query.toSQL().toNative();
  const params = native.bindings.map((binding) => {
    if (typeof binding === 'object' && binding !== null && 'param' in binding) {
      return (binding as unknown as Param).param;
    }
    throw new Error(`a statement holds a value instead of a parameter: ${native.sql}`);
  });
  const digest = createHash('sha256').update(native.sql).digest('hex').slice(0, 24);
  return { name: `credit_${digest}`, text: native.sql, params, isKeyed: false };
}

/**
 * Runs a statement; the server keeps its plan under the statement's name.
 *
 * @throws PublicError SUBGRAPH_UNAVAILABLE when the database cannot be reached or is at its limits,
 *   BAD_USER_INPUT for a text that no database text can be
 */
export async function runStatement<Row extends object>(
  reader: Reader,
  statement: Statement,
  values: ParamValues,
): Promise<Row[]> {
  const bound = statement.params.map((name) => {
    if (!Object.hasOwn(values, name)) throw new Error(`no value for the parameter ${name}`);
    return values[name];
  });
  if (bound.some(holdsNullCharacter)) {
    throw new PublicError('BAD_USER_INPUT', 'A text holds a null character.');
  }
  try {
    const { name, text, isKeyed } = statement;
    return (await reader.query<Row>({ name, text, values: bound, isKeyed })).rows;
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    throw new PublicError('SUBGRAPH_UNAVAILABLE', 'The sector could not read its records.', {
      ...(error instanceof Error && { cause: error }),
    });
  }
}

/** PostgreSQL refuses such a text with an error that looks like a defect of ours. */
function holdsNullCharacter(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  return Array.isArray(value) && value.some(holdsNullCharacter);
}

/**
 * SQLSTATE classes of a server that is cut off, refuses the login, has no such database, is full or
 * stopping, or that cancelled a statement.
 */
const UNAVAILABLE_STATES = /^(08|28|3D|40|53|57|58)/;

/** Tells a database that cannot answer now from a statement that is wrong. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return UNAVAILABLE_STATES.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  // What is left comes from the pool, the socket, the resolver of names or TLS, as plain errors or
  // as several in one. Other classes, and Node's own `ERR_` codes, are defects of ours.
  if (typeof code === 'string' && code.startsWith('ERR_')) return false;
  return error.name === 'Error' || error instanceof AggregateError;
}
