// Puts made-up rows into every table of a trial database, so that what is changed next meets rows.
import type { Knex } from 'knex';
import pg from 'pg';

/** Two, so that a column that is to become unique without being so is found. */
const ROWS = 2;
/** Class of SQLSTATE: a constraint of the table that made-up values do not keep. */
const CONSTRAINT = '23';

/** What a column is given, as SQL; what is of no type below leaves its table empty. */
const VALUES: readonly (readonly [type: RegExp, value: (row: number) => string])[] = [
  [/^(text|character varying|character)$/, (row) => `'${row}'`],
  [/^(smallint|integer|bigint|numeric|real|double precision)$/, (row) => String(row)],
  [/^boolean$/, () => 'false'],
  [/^(date|timestamp.*)$/, (row) => `'2026-01-0${row}'`],
  [/^uuid$/, () => 'gen_random_uuid()'],
  [/^jsonb?$/, () => `'{}'`],
  [/^(ARRAY|tsvector)$/, () => `'{}'`],
  [/^bytea$/, () => `'\\x00'`],
];

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly needed: boolean;
  /** A value that the table's checks compare the column with; null where they compare with none. */
  readonly compared: string | null;
}

/**
 * Fills the tables: only the columns that must have a value, so that those that may be null are.
 *
 * @returns the names of the tables that took no row, because of a constraint or a type of their own
 */
export async function fillTables(knex: Knex): Promise<readonly string[]> {
  const columns = await readColumns(knex);
  let empty = [...new Set(columns.map(({ table }) => table))];
  // A table that refers to another one takes its rows after that; the order is not known.
  for (let round = 0; round < 2 && empty.length > 0; round += 1) {
    const left: string[] = [];
    for (const table of empty) {
      const own = columns.filter((one) => one.table === table);
      if (!(await fillTable(knex, table, own))) left.push(table);
    }
    empty = left;
  }
  return empty;
}

async function readColumns(knex: Knex): Promise<readonly Column[]> {
  const { rows } = await knex.raw<{ rows: Column[] }>(`
    select c.table_name as table, c.column_name as column, c.data_type as type,
      c.is_nullable = 'NO' and c.column_default is null and c.is_identity = 'NO'
        and c.is_generated = 'NEVER' as needed,
      (select (regexp_match(definition, '\\m' || c.column_name || '\\M[^'']*''([^'']*)'''))[1]
        from (select pg_get_constraintdef(oid) as definition from pg_constraint
          where contype = 'c' and conrelid = format('%I.%I', c.table_schema, c.table_name)::regclass) checks
        where definition ~ ('\\m' || c.column_name || '\\M') limit 1) as compared
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and c.table_name not in ('knex_migrations', 'knex_migrations_lock', 'migration_turnstile')
    order by c.table_name, c.ordinal_position`);
  return rows;
}

/** As SQL; undefined for a type that no value is known of. */
function valueOf({ type, compared }: Column, row: number): string | undefined {
  if (compared !== null) return pg.escapeLiteral(compared);
  return VALUES.find(([of]) => of.test(type))?.[1](row);
}

async function fillTable(knex: Knex, table: string, columns: readonly Column[]): Promise<boolean> {
  const needed = columns.filter((one) => one.needed);
  const names = needed.map(({ column }) => pg.escapeIdentifier(column)).join(', ');
  const target = pg.escapeIdentifier(table);
  for (let row = 1; row <= ROWS; row += 1) {
    const values = needed.map((column) => valueOf(column, row));
    if (values.includes(undefined)) return false;
    const into =
      needed.length === 0 ? 'default values' : `(${names}) values (${values.join(', ')})`;
    try {
      await knex.raw(`insert into ${target} ${into}`);
    } catch (error) {
      const code = error instanceof pg.DatabaseError ? error.code : undefined;
      if (code?.startsWith(CONSTRAINT)) return false;
      throw error;
    }
  }
  return true;
}
