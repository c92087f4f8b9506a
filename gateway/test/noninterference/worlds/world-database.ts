// One sector's database of a world: migrated as in production, filled and refilled with rows, its
// search tables derived by the sector's own code.
import { join } from 'node:path';
import type { Pool } from '../../../../subgraphs/kit/database/pool.ts';
import type { Sector } from '../../../../subgraphs/kit/server/sector.ts';
import { tableKey, type Row, type World } from './world.ts';

/** The batch that all rows of a world are of: sectors derive their search tables batch by batch. */
export const WORLD_BATCH = 'world';

/** Names the folder of a sector's migrations. */
export function migrationsOf(sector: Sector): string {
  return join(sector.directory, 'migrations');
}

/** Reads all rows of a sector's record tables. */
export async function readRows(pool: Pool, sector: Sector): Promise<World> {
  const found = new Map<string, readonly Row[]>();
  for (const table of sector.tables) {
    const { rows } = await pool.query<{ readonly row: Row }>(
      `select to_jsonb(t) as row from ${table.table} t order by subject_code, record_id, version`,
    );
    found.set(
      tableKey(sector, table),
      rows.map(({ row }) => row),
    );
  }
  return found;
}

/** Replaces all rows of a sector's record tables by those of a world, in one transaction. */
export async function writeRows(pool: Pool, sector: Sector, world: World): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const table of [
      ...sector.tables.map(({ table: name }) => name),
      ...(sector.searchTables ?? []).map(({ table: name }) => name),
    ]) {
      await client.query(`delete from ${table}`);
    }
    for (const table of sector.tables) {
      const rows = (world.get(tableKey(sector, table)) ?? []).map(ofBatch);
      await client.query(
        `insert into ${table.table} select * from jsonb_populate_recordset(null::${table.table}, $1)`,
        [JSON.stringify(rows)],
      );
    }
    await sector.afterMerge?.(client, WORLD_BATCH);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

function ofBatch(row: Row): Row {
  return { ...row, batch_id: WORLD_BATCH, content_hash: WORLD_BATCH };
}
