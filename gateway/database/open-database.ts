// The gateway's own database: brought to its newest shape, then open for what the gateway keeps.
import { join } from 'node:path';
import { explainUnavailable } from '../../subgraphs/kit/database/explain-unavailable.ts';
import { migrate } from '../../subgraphs/kit/database/migrate.ts';
import { openPool } from '../../subgraphs/kit/database/pool.ts';
import { runStatement, sql, toStatement, param } from '../../subgraphs/kit/database/statement.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';

/** What the gateway keeps. */
export interface GatewayDatabase {
  /** Notes a supergraph when it is first served; the first time stands. */
  readonly recordGeneration: (generation: string, sdl: string) => Promise<void>;
  readonly isAnswering: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** The folder of its migrations. */
export const GATEWAY_MIGRATIONS = join(import.meta.dirname, 'migrations');
const CONNECTIONS_MAX = 4;

const INSERT_GENERATION = toStatement(
  sql('supergraph_generations')
    .insert({
      // Written as raw holes: the builder would turn an object into JSON when it inserts.
      generation: sql.raw('?', [param('generation')]),
      sdl: sql.raw('?', [param('sdl')]),
      first_served_at: sql.fn.now(),
    })
    .onConflict('generation')
    .ignore(),
);

/**
 * Opens the database at an address, after applying the migrations that are missing.
 *
 * @throws PublicError when it cannot be had
 */
export async function openDatabase(url: string, log: Logger): Promise<GatewayDatabase> {
  const applied = await migrate(url, GATEWAY_MIGRATIONS).catch((error: unknown) => {
    throw explainUnavailable(error, 'gateway');
  });
  if (applied.length > 0) log.info({ applied }, 'the database was brought up to date');
  const pool = openPool(url, {
    name: 'gateway',
    connectionsMax: CONNECTIONS_MAX,
    readOnly: false,
    onIdleError: (error) => {
      log.warn({ err: error }, 'an idle connection to the database broke');
    },
  });
  return {
    recordGeneration: async (generation, sdl) => {
      await runStatement(pool, INSERT_GENERATION, { generation, sdl });
    },
    isAnswering: async () => {
      try {
        await pool.query('select 1');
        return true;
      } catch (error) {
        log.warn({ err: error }, 'the database does not answer');
        return false;
      }
    },
    close: () => pool.end(),
  };
}
