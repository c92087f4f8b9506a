// The first large batch of an empty table: its indexes are built at the end, at once. To enter a
// million rows into them one by one takes several times as long.

/** Runs a statement within a transaction; returns its rows. */
export type Run = <Row extends object>(text: string, values: unknown[]) => Promise<Row[]>;

/** An index; of a key also the name and definition of its constraint. Names are quoted. */
interface Found {
  readonly table: string;
  readonly name: string;
  readonly index: string;
  readonly key: string | null;
  readonly definition: string;
}

/**
 * Drops the indexes of a table, and the keys among them that no other table refers to, until the
 * caller has them built again. The table is locked until the transaction ends: it should be empty, so
 * that nothing can be read from it anyway. Only its owner can do so; for others the indexes stay.
 *
 * @returns what builds them again; it fails where rows are against a key
 */
export async function deferIndexes(run: Run, table: string): Promise<() => Promise<void>> {
  const found = await run<Found>(
    `select quote_ident(c.relname) as name, pg_get_indexdef(i.indexrelid) as index,
       quote_ident(t.relname) as table, quote_ident(k.conname) as key,
       pg_get_constraintdef(k.oid) as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
       left join pg_constraint k on k.conrelid = t.oid and k.conindid = i.indexrelid
     where t.oid = to_regclass(quote_ident($1)) and pg_has_role(t.relowner, 'USAGE')
       and not exists (
         select from pg_constraint f where f.conindid = i.indexrelid and f.conrelid <> t.oid)
     order by i.indisprimary desc, c.relname`,
    [table],
  );
  const build: string[] = [];
  for (const { table: of, name, index, key, definition } of found) {
    if (key === null) {
      await run(`drop index ${name}`, []);
      build.push(index);
    } else {
      await run(`alter table ${of} drop constraint ${key}`, []);
      build.push(`alter table ${of} add constraint ${key} ${definition}`);
    }
  }
  return async () => {
    for (const statement of build) await run(statement, []);
  };
}
