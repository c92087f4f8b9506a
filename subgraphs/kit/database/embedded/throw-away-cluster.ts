// A cluster for one test run: fast instead of durable, in the temporary folder, and gone afterwards
// however the run ends.
import type { Logger } from '../../log.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { makeThrowAwayFolder } from './throw-away-folder.ts';

/** The same for data folders elsewhere in the temporary folder, as a benchmark makes them. */
export { removeThrowAwayFolder as removeThrowAwayCluster } from './throw-away-folder.ts';

/**
 * Starts a cluster that ends with this process at the latest; `stop` ends it sooner and removes its
 * folder. It does not keep the process alive.
 */
export async function startThrowAwayCluster(log?: Logger): Promise<Cluster> {
  const { folder, remove } = await makeThrowAwayFolder(log);
  const cluster = await startCluster({
    directory: folder,
    port: 0,
    settings: SETTINGS,
    ...(log && { log }),
  });
  return {
    ...cluster,
    async stop() {
      await cluster.stop();
      await remove();
    },
  };
}

/** The setting, `on`, by which such a cluster is known. */
export const THROW_AWAY_SETTING = 'credit_graph.throw_away';

/** Nothing survives a crash of the machine, and need not. */
const SETTINGS = {
  [THROW_AWAY_SETTING]: 'on',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  // It would look through some hundred small databases; a test that needs statistics takes them itself.
  autovacuum: 'off',
  checkpoint_timeout: '30min',
  // Test files run side by side on one server, some of them with two whole graphs of seven databases.
  max_connections: 500,
} as const;
