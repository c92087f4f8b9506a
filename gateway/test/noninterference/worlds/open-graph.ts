// A graph over a world of its own: six databases with their reader roles, six subgraphs and a gateway
// with its database, all as in production, with the clock of the records held still.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JWTVerifyGetKey } from 'jose';
import { grantAccess } from '../../../../subgraphs/kit/database/grant-access.ts';
import { openReaders } from '../../../../subgraphs/kit/database/open-readers.ts';
import { openPool, type Pool } from '../../../../subgraphs/kit/database/pool.ts';
import type { Readers } from '../../../../subgraphs/kit/database/readers.ts';
import {
  createTestDatabase,
  type TestDatabase,
} from '../../../../subgraphs/kit/database/test-database.ts';
import { holdLegalDay } from '../../../../subgraphs/kit/database/test-legal-day.ts';
import { createLog, type Logger } from '../../../../subgraphs/kit/log.ts';
import { gatewayKeys } from '../../../../subgraphs/kit/server/gateway-keys.ts';
import type { Sector } from '../../../../subgraphs/kit/server/sector.ts';
import {
  startSubgraph,
  type SubgraphOptions,
} from '../../../../subgraphs/kit/server/subgraph-server.ts';
import { GATEWAY_MIGRATIONS } from '../../../database/open-database.ts';
import { startGateway, type GatewayOptions } from '../../../server.ts';
import { testConfig } from '../../graph-under-test.ts';
import { writeAccess } from './access-database.ts';
import type { AccessWorld } from './access-rows.ts';
import { schemaOf } from './sector-schemas.ts';
import { takeTurns } from './take-turns.ts';
import { NOW, SECTORS, TODAY, type World } from './world.ts';
import { migrationsOf, writeRows } from './world-database.ts';

/** What is in a world: the records of the sectors, and what the gateway keeps of standing. */
export interface WholeWorld {
  readonly records: World;
  readonly access: AccessWorld;
}

/** A running graph. */
export interface WorldGraph {
  readonly url: string;
  /** Addresses of the subgraphs by name of the sector. */
  readonly sectorUrls: ReadonlyMap<string, string>;
  /** Replaces everything that the graph holds. */
  readonly fill: (world: WholeWorld) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How a graph departs from the one in production: for the tests that take its walls away. */
export interface GraphOptions {
  /** Folder of the keys of the gateway and of the development issuer. */
  readonly dataDirectory: string;
  /**
   * Puts another sector in the place of one, or other ways into its database.
   *
   * @param owner reads and writes everything
   */
  readonly replace?: (sector: Sector, owner: Pool, readers: Readers) => Partial<SectorParts>;
  /** Gives the address that the gateway asks instead of a subgraph's own. */
  readonly between?: (sector: Sector, url: string) => Promise<Interposed>;
  readonly subgraph?: Partial<SubgraphOptions>;
  readonly gateway?: Partial<GatewayOptions>;
  readonly log?: Logger;
}

/** What can stand in the place of a sector's own. */
export interface SectorParts {
  readonly sector: Sector;
  readonly readers: Readers;
}

/** What stands between the gateway and a subgraph. */
export interface Interposed {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const SECRET = 'the readers of a world that is thrown away';
/**
 * Enough for each login that a run uses. A connection that is handed over is a new session, to be made
 * and to plan every statement again: that would cost more than all statements do.
 */
const CONNECTIONS_MAX = 30;
/** Nothing here is a matter of time: on a busy machine a sector must not seem to be gone. */
const PATIENCE_MS = 60_000;

/** Starts a graph; its databases are empty. */
export async function openGraph(options: GraphOptions): Promise<WorldGraph> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const keys = gatewayKeys(join(options.dataDirectory, 'keys', 'envelope.json'));
    const sectors = await Promise.all(
      SECTORS.map((sector) => openSector(sector, keys, options, closers)),
    );
    const database = await openDatabase('gateway', GATEWAY_MIGRATIONS, closers);
    const gateway = await startGateway(
      testConfig({
        DATA_DIR: options.dataDirectory,
        DATABASE_URL_GATEWAY: database.url,
        SUBGRAPH_TIMEOUT_MS: String(PATIENCE_MS),
        ...Object.fromEntries(
          sectors.map(({ name, url }) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url]),
        ),
      }),
      { log: options.log ?? createLog('gateway', 'silent'), ...options.gateway },
    );
    closers.push(gateway.stop);
    await waitUntilReady(gateway.url);
    return {
      url: gateway.url,
      sectorUrls: new Map(sectors.map(({ name, url }) => [name, url])),
      fill: async ({ records, access }) => {
        await Promise.all([
          ...sectors.map((sector) => sector.fill(records)),
          writeAccess(database.pool, access),
        ]);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whatever the first request of all waits for, as the keys of the gateway, is there after this. */
async function waitUntilReady(url: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { status } = await fetch(new URL('/health/ready', url));
    if (status === 200) return;
    if (performance.now() > deadline) throw new Error(`${url} does not become ready`);
    await sleep(50);
  }
}

interface OpenSector {
  readonly name: string;
  readonly url: string;
  readonly fill: (records: World) => Promise<void>;
}

async function openSector(
  base: Sector,
  keys: JWTVerifyGetKey,
  { replace, between, subgraph, log }: GraphOptions,
  closers: (() => Promise<unknown>)[],
): Promise<OpenSector> {
  const { name } = base;
  const { url, pool } = await openDatabase(name, migrationsOf(base), closers);
  await grantAccess(url, { ...base, classes: schemaOf(base).classes, secret: SECRET });
  await holdLegalDay(url, TODAY);
  const own = openReaders(url, {
    name,
    secret: SECRET,
    connectionsMax: CONNECTIONS_MAX,
    connectTimeoutMs: PATIENCE_MS,
    statementTimeoutMs: PATIENCE_MS,
    onIdleError: () => undefined,
  });
  closers.push(own.close);
  const inTurn = takeTurns(own);
  const { sector = base, readers = inTurn } = replace?.(base, pool, inTurn) ?? {};
  const server = await startSubgraph(sector, {
    host: '127.0.0.1',
    port: 0,
    readers,
    gatewayKeys: keys,
    arrivalTimeoutMs: PATIENCE_MS,
    log: log ?? createLog(name, 'silent'),
    now: () => NOW,
    ...subgraph,
  });
  closers.push(() => server.stop());
  const interposed = await between?.(base, server.url);
  if (interposed) closers.push(interposed.close);
  return {
    name,
    url: interposed?.url ?? server.url,
    fill: (records) => writeRows(pool, base, records),
  };
}

async function openDatabase(
  prefix: string,
  migrations: string,
  closers: (() => Promise<unknown>)[],
): Promise<TestDatabase & { readonly pool: Pool }> {
  const database = await createTestDatabase(`world_${prefix}`, migrations);
  closers.push(() => database.drop());
  const pool = openPool(database.url, {
    name: 'world',
    readOnly: false,
    connectionsMax: 2,
    onIdleError: () => undefined,
  });
  closers.push(() => pool.end());
  return { ...database, pool };
}
