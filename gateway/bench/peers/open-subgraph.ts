// What the walls of a sector are compared with: the same sector with every label PUBLIC, so that no
// resolver is guarded, reading as the owner of the database, for whom there is no row security.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDotEnv, readCliConfig } from '../../../subgraphs/kit/cli/config.ts';
import { openDatabases } from '../../../subgraphs/kit/cli/databases.ts';
import { loadSectors } from '../../../subgraphs/kit/cli/sectors.ts';
import { sessionConfig, type Reader } from '../../../subgraphs/kit/database/pool.ts';
import { shareConnections } from '../../../subgraphs/kit/database/shared-connections.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { gatewayKeys } from '../../../subgraphs/kit/server/gateway-keys.ts';
import { startSubgraph } from '../../../subgraphs/kit/server/subgraph-server.ts';
import { serveUntilStopped } from './serve-until-stopped.ts';
import { withoutLabels } from './without-labels.ts';

const [name = ''] = process.argv.slice(2);
loadDotEnv();
const [loaded] = await loadSectors([name]);
if (!loaded) throw new Error(`there is no sector ${name}`);
const config = readCliConfig([name]);
if (config.envelopeJwks === null) throw new Error('ENVELOPE_JWKS is not set');
const log = createLog('open-subgraph', 'warn');
const databases = await openDatabases(config, [name], log);
const directory = await mkdtemp(join(tmpdir(), 'credit-open-subgraph-'));
const schema = await readFile(join(loaded.sector.directory, 'schema.graphql'), 'utf8');
await cp(loaded.sector.directory, directory, { recursive: true });
await writeFile(join(directory, 'schema.graphql'), withoutLabels(schema));
const session = sessionConfig(databases.url(name), { name: 'open-subgraph' });
const connections = shareConnections({
  connectionsMax: config.databaseConnectionsMax,
  onIdleError: () => undefined,
  configOf: () => session,
});
const owner: Reader = { query: (statement) => connections.query('owner', statement) };
const server = await startSubgraph(
  { ...loaded.sector, directory },
  {
    host: '127.0.0.1',
    port: 0,
    readers: { of: () => owner, close: () => connections.close() },
    gatewayKeys: gatewayKeys(config.envelopeJwks),
    log,
  },
);
serveUntilStopped({ kind: 'ready', url: server.url }, async () => {
  await server.stop();
  await connections.close();
  await databases.stop();
  await rm(directory, { recursive: true });
});
