// One sector made ready and served: migrated, its readers granted, listening on its port.
import { join } from 'node:path';
import { ConfigError } from '../config.ts';
import { explainUnavailable } from '../database/explain-unavailable.ts';
import { grantAccess } from '../database/grant-access.ts';
import { migrate } from '../database/migrate.ts';
import { openReaders } from '../database/open-readers.ts';
import type { Logger } from '../log.ts';
import { gatewayKeys } from '../server/gateway-keys.ts';
import type { Sector } from '../server/sector.ts';
import { accessOfSector } from '../server/sector-access.ts';
import type { SubgraphServer } from '../server/subgraph-server.ts';
import type { CliConfig } from './config.ts';
import { readReaderSecret, type ReaderSecretSource } from './reader-secret.ts';

/**
 * Applies a sector's migrations, and grants its readers what the labels of its schema say.
 *
 * @param url of the owner
 * @throws PublicError when the database cannot be had
 */
export async function prepareSector(
  sector: Sector,
  url: string,
  config: ReaderSecretSource,
  log: Logger,
): Promise<void> {
  try {
    const applied = await migrate(url, join(sector.directory, 'migrations'));
    if (applied.length > 0) {
      log.info({ migrations: applied }, 'the database was brought up to date');
    }
    const secret = await readReaderSecret(config);
    const changed = await grantAccess(url, { ...accessOfSector(sector), secret });
    if (changed) log.info('the readers of the database were granted what the labels say');
  } catch (error) {
    throw explainUnavailable(error, sector.name);
  }
}

/**
 * Serves a sector over its database, which it reads by its readers alone; stopping it closes their
 * connections.
 *
 * @param url where the database is; its login is not used
 * @throws ConfigError in production where nothing says where the keys of the gateway are
 */
export async function serveSector(
  sector: Sector,
  url: string,
  port: number,
  config: CliConfig,
  log: Logger,
): Promise<SubgraphServer> {
  if (config.envelopeJwks === null) {
    throw new ConfigError(['ENVELOPE_JWKS: is required in production']);
  }
  const keys = gatewayKeys(config.envelopeJwks);
  const readers = openReaders(url, {
    name: sector.name,
    secret: await readReaderSecret(config),
    connectionsMax: config.databaseConnectionsMax,
    onIdleError: (error) => {
      log.warn({ err: error }, 'an idle connection broke');
    },
  });
  try {
    // Who only migrates or imports needs no server, and not the memory that its code takes.
    const { startSubgraph } = await import('../server/subgraph-server.ts');
    const server = await startSubgraph(sector, {
      host: config.subgraphHost,
      port,
      readers,
      gatewayKeys: keys,
      log,
    });
    return {
      url: server.url,
      async stop() {
        await server.stop();
        await readers.close();
      },
    };
  } catch (error) {
    await readers.close();
    throw explainPort(error, sector.name, port);
  }
}

function explainPort(error: unknown, name: string, port: number): unknown {
  if ((error as { code?: unknown }).code !== 'EADDRINUSE') return error;
  const variable = `SUBGRAPH_PORT_${name.toUpperCase()}`;
  return new Error(
    `Port ${port} of ${name} is taken. Stop what uses it, or set ${variable} ` +
      `and SUBGRAPH_URL_${name.toUpperCase()} for the gateway.`,
    { cause: error },
  );
}
