// The databases that are there already: `status` looks at them and makes none. The embedded server is
// adopted where it runs, and where it does not it is started for as long as it is looked at.
import { existsSync } from 'node:fs';
import { clusterPaths, isDataFolder } from '../../database/embedded/data-folder.ts';
import { startCluster } from '../../database/embedded/cluster.ts';
import type { Logger } from '../../log.ts';
import type { CliConfig } from '../config.ts';

/** Databases that may be there. */
export interface ExistingDatabases {
  /** Address of a sector's database, there or not; null where no server could have it. */
  readonly url: (name: string) => string | null;
  /** Stops the embedded server, unless another process still uses it. */
  readonly stop: () => Promise<void>;
}

/** Opens the way to the databases of some sectors. */
export async function openExistingDatabases(
  config: CliConfig,
  names: readonly string[],
  log: Logger,
): Promise<ExistingDatabases> {
  const { databaseUrls, dataDirectory, production } = config;
  const needsCluster = names.some((name) => databaseUrls[name] === undefined);
  const cluster =
    needsCluster && !production && (await hasCluster(dataDirectory))
      ? await startCluster({ directory: dataDirectory, log })
      : null;
  return {
    url: (name) => databaseUrls[name] ?? cluster?.url(`credit_${name}`) ?? null,
    stop: async () => {
      await cluster?.stop();
    },
  };
}

async function hasCluster(directory: string): Promise<boolean> {
  return (await isDataFolder(directory)) && existsSync((await clusterPaths(directory)).cluster);
}
