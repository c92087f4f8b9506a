// The gateway's database of a world: filled and refilled past its own rules, as a restored copy is.
import type { Pool } from '../../../../subgraphs/kit/database/pool.ts';
import { ACCESS_TABLES, type AccessWorld } from './access-rows.ts';

/** Replaces all consents, applications and grants by those of a world, in one transaction. */
export async function writeAccess(pool: Pool, access: AccessWorld): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // History stands, for whoever is not restoring a database.
    await client.query('set local session_replication_role = replica');
    for (const table of ACCESS_TABLES) {
      await client.query(`delete from ${table}`);
      await client.query(
        `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(access.get(table) ?? [])],
      );
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
