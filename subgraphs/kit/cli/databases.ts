// Where each database is: a server of the user's own where one is named, the embedded one for the
// rest. The embedded server starts only if somebody needs it.
import { startCluster } from '../database/embedded/cluster.ts';
import { ConfigError } from '../config.ts';
import { claimDataFolder } from '../database/embedded/data-folder.ts';
import type { Logger } from '../log.ts';
import type { CliConfig } from './config.ts';

/** The databases of one process, by name of sector, or `gateway`. */
export interface Databases {
  /** @throws Error for a name that was not asked for */
  url(name: string): string;
  /** Whether a database lives on the embedded server. */
  isEmbedded(name: string): boolean;
  /** Process ids of the others that use the embedded server now; none where nothing is embedded. */
  others(): Promise<readonly number[]>;
  /** Stops the embedded server, unless another process still uses it. */
  stop(): Promise<void>;
}

/**
 * Opens the databases of these names; embedded ones are created where they are missing.
 *
 * @throws ConfigError in production for a name without a server of its own
 */
export async function openDatabases(
  config: CliConfig,
  names: readonly string[],
  log: Logger,
): Promise<Databases> {
  const embedded = names.filter((name) => config.databaseUrls[name] === undefined);
  const urls = new Map(Object.entries(config.databaseUrls));
  let stop = (): Promise<void> => Promise.resolve();
  let others = (): Promise<readonly number[]> => Promise.resolve([]);
  if (config.production && embedded.length > 0) {
    throw new ConfigError(
      embedded.map((name) => `DATABASE_URL_${name.toUpperCase()}: is required in production`),
    );
  }
  await claimDataFolder(config.dataDirectory);
  if (embedded.length > 0) {
    const cluster = await startCluster({ directory: config.dataDirectory, log });
    stop = () => cluster.stop();
    others = () => cluster.others();
    try {
      for (const name of embedded) {
        await cluster.ensureDatabase(`credit_${name}`);
        urls.set(name, cluster.url(`credit_${name}`));
      }
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }
  return {
    url(name) {
      const url = urls.get(name);
      if (url === undefined) throw new Error(`no database was opened for ${name}`);
      return url;
    },
    isEmbedded: (name) => embedded.includes(name),
    others: () => others(),
    stop,
  };
}
