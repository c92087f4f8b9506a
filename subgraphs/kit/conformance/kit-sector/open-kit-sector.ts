// A sector that uses the kit, as the suite tests it: on a database of its own, filled with its samples,
// with everything within reach.
import pg from 'pg';
import { openTestServer } from '../../database/test-database.ts';
import { gatewayKeys } from '../../server/gateway-keys.ts';
import type { Sector } from '../../server/sector.ts';
import { createPopulation, SAMPLE_POPULATION } from '../../samples/population.ts';
import type { SectorUnderTest } from '../suite/sector-under-test.ts';
import { openSuiteKeys } from '../suite/suite-keys.ts';
import { openTestSector, type TestSector } from '../test-sector.ts';
import { openTestReaders } from '../test-readers.ts';
import { compareReaderRights } from './reader-rights.ts';

/** A sector opened for the suite. */
export interface OpenedKitSector {
  readonly sector: SectorUnderTest;
  /** A pool that may write, for breaking things. */
  readonly pool: TestSector['pool'];
  readonly close: () => Promise<void>;
}

/** The day on which sample files are current. */
const NOW = new Date('2026-11-23T04:00:00Z');
const KEY_COOLDOWN_MS = 50;
/** Subjects of the population that are looked through for records. */
const SUBJECTS = 300;
/** Longest wait for a statement of the suite's own, milliseconds. */
const STATEMENT_TIMEOUT_MS = 10_000;
/** Many times the connections of a sector: every wave waits for some, and hands scarce ones over. */
const PARALLEL_REQUESTS = 40;

/** Opens a sector and imports its samples. */
export async function openKitSector(sector: Sector): Promise<OpenedKitSector> {
  let now = NOW;
  let areScarce = false;
  let databaseUrl = '';
  const keys = await openSuiteKeys();
  const opened = await openTestSector(sector, {
    now: () => now,
    gatewayKeys: gatewayKeys(keys.url, KEY_COOLDOWN_MS),
    openReaders: (url) => {
      databaseUrl = url;
      return openTestReaders(
        sector,
        url,
        () => now,
        () => areScarce,
      );
    },
  });
  await opened.importSamples();
  const databaseName = new URL(databaseUrl).pathname.slice(1);
  const population = createPopulation(SAMPLE_POPULATION);
  return {
    sector: {
      name: sector.name,
      url: opened.url,
      keys,
      subjects: Array.from({ length: SUBJECTS }, (_, index) => population.at(index).code),
      now: () => now,
      keyPatienceMs: KEY_COOLDOWN_MS * 2,
      parallelRequests: PARALLEL_REQUESTS,
      moveClock(to) {
        now = to;
        return Promise.resolve();
      },
      statements: () => opened.statements(),
      outage: {
        begin: () => allowConnections(databaseName, false),
        end: () => allowConnections(databaseName, true),
      },
      connections: () => countConnections(databaseName),
      scarcity: {
        begin() {
          areScarce = true;
        },
        end() {
          areScarce = false;
        },
      },
      readerRights: () => compareReaderRights(sector, opened.pool, databaseName),
    },
    pool: opened.pool,
    async close() {
      await opened.close();
      await keys.close();
    },
  };
}

/** Ends the sessions of a database and lets nobody in, as a server that is gone; or lets them in. */
async function allowConnections(database: string, isAllowed: boolean): Promise<void> {
  await asAdmin(async (client) => {
    await client.query(
      `alter database ${pg.escapeIdentifier(database)} with allow_connections ${String(isAllowed)}`,
    );
    if (isAllowed) return;
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [database],
    );
  });
}

function countConnections(
  database: string,
): Promise<{ readonly open: number; readonly busy: number }> {
  return asAdmin(async (client) => {
    const { rows } = await client.query<{ open: number; busy: number }>(
      `select count(*)::int as open, (count(*) filter (where state <> 'idle'))::int as busy
       from pg_stat_activity where datname = $1`,
      [database],
    );
    return rows[0] ?? { open: 0, busy: 0 };
  });
}

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { adminUrl } = await openTestServer();
  const client = new pg.Client({
    connectionString: adminUrl,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
