// The whole graph as it ships: all sectors filled from their sample files by the real import, and the
// gateway over the checked-in supergraph. The clock of the sectors is held still, so that what is on
// display does not depend on the day of the test.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSectors } from '../../subgraphs/kit/cli/sectors.ts';
import { createTestDatabase } from '../../subgraphs/kit/database/test-database.ts';
import { createLog } from '../../subgraphs/kit/log.ts';
import { openTestSector, type TestSector } from '../../subgraphs/kit/conformance/test-sector.ts';
import { gatewayKeys } from '../../subgraphs/kit/server/gateway-keys.ts';
import { signDevelopmentToken } from '../authentication/development/issuer.ts';
import type { DevelopmentPrincipalName } from '../authentication/development/principals.ts';
import { GATEWAY_MIGRATIONS } from '../database/open-database.ts';
import { createPage } from '../playground/page.ts';
import { startGateway, type Gateway } from '../server.ts';
import { testConfig, type GraphUnderTest } from './graph-under-test.ts';

/** The graph of all sectors. */
export interface WholeGraph extends GraphUnderTest {
  /** The sectors by name. */
  readonly sectors: ReadonlyMap<string, TestSector>;
  /** Records that the sample files brought in. */
  readonly records: number;
  /** Gives the header by which a ready caller is known. */
  readonly bearer: (name: DevelopmentPrincipalName) => Promise<{ readonly authorization: string }>;
  /** Starts another gateway over the same sectors and the same database. */
  readonly startReplica: () => Promise<Gateway>;
  close(): Promise<void>;
}

const TOKEN_LIFETIME_S = 3_600;

const NOW = new Date('2026-11-23T04:00:00Z');

/** Starts the graph; it takes some seconds, most of them for the import. */
export async function openWholeGraph(
  environmentVariables: Readonly<Record<string, string>> = {},
): Promise<WholeGraph> {
  const sectors = new Map<string, TestSector>();
  // Gateway and sectors share a data folder with the keys, as under `npm start`.
  const directory = await mkdtemp(join(tmpdir(), 'credit-whole-graph-'));
  const keys = gatewayKeys(join(directory, 'keys', 'envelope.json'));
  const database = await createTestDatabase('gateway', GATEWAY_MIGRATIONS);
  await Promise.all(
    (await loadSectors([])).map(async ({ sector }) => {
      sectors.set(sector.name, await openTestSector(sector, { now: () => NOW, gatewayKeys: keys }));
    }),
  );
  const receipts = await Promise.all([...sectors.values()].map((sector) => sector.importSamples()));
  const urls = [...sectors].map(([name, { url }]) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url]);
  const config = testConfig({
    ...(Object.fromEntries(urls) as Record<string, string>),
    DATA_DIR: directory,
    DATABASE_URL_GATEWAY: database.url,
    ...environmentVariables,
  });
  const log = createLog('gateway', 'silent');
  const gateway = await startGateway(config, { log, page: createPage });
  return {
    url: gateway.url,
    sectors,
    bearer: async (name) => ({
      authorization: `Bearer ${await signDevelopmentToken(directory, name, TOKEN_LIFETIME_S)}`,
    }),
    startReplica: () => startGateway(config, { log }),
    records: receipts.flat().reduce((sum, receipt) => sum + receipt.inserted, 0),
    async close() {
      await gateway.stop();
      await Promise.all([...sectors.values()].map((sector) => sector.close()));
      await database.drop();
      await rm(directory, { recursive: true });
    },
  };
}
