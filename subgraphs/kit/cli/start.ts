// `npm start`: the whole graph on this machine. Databases, six subgraphs and the gateway, from the
// record files that ship with the project, until Ctrl-C.
import { createLog, type Logger } from '../log.ts';
import type { SubgraphServer } from '../server/subgraph-server.ts';
import { choosePort } from './choose-port.ts';
import type { CliConfig } from './config.ts';
import { openDatabases, type Databases } from './databases.ts';
import { startGatewayProcess, waitUntilReady } from './gateway-process.ts';
import { runProcess, type Running } from './process.ts';
import { importSamples, portOf, prepareSector, serveSector } from './run-subgraph.ts';
import { loadSectors, type LoadedSector } from './sectors.ts';

async function start(running: Running, config: CliConfig, log: Logger): Promise<void> {
  const started = performance.now();
  const sectors = await loadSectors([]);
  const names = sectors.map(({ entry }) => entry.name);
  const databases = await openDatabases(config, [...names, 'gateway'], log);
  running.onStop(() => databases.stop());
  if (running.isStopping()) return;
  // Stopping goes the opposite way: the gateway, which calls the subgraphs, stops before them.
  const subgraphs: SubgraphServer[] = [];
  running.onStop(() => stopAll(subgraphs));
  const ports = await choosePorts(sectors, config);
  const gateway = startGatewayProcess(
    running,
    { ...addressesOf(ports, config), DATABASE_URL_GATEWAY: databases.url('gateway') },
    log,
  );
  const starting = Promise.all(
    sectors.map(async (loaded) => {
      const port = ports.get(loaded.entry.name) ?? portOf(loaded.entry, config);
      subgraphs.push(await startSector(loaded, port, databases, config));
    }),
  );
  const [url] = await Promise.all([gateway, starting]);
  await waitUntilReady(running, url);
  if (running.isStopping()) return;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const page = new URL('/', url).href;
  log.info(`the graph answers on ${url} after ${seconds} s; the page is at ${page}`);
}

async function startSector(
  loaded: LoadedSector,
  port: number,
  databases: Databases,
  config: CliConfig,
): Promise<SubgraphServer> {
  const { sector } = loaded;
  const log = createLog(sector.name, config.logLevel, config.logForm);
  const url = databases.url(sector.name);
  await prepareSector(sector, url, config, log);
  if (config.samples && databases.isEmbedded(sector.name)) {
    const totals = await importSamples(sector, url, config.dataDirectory, log);
    if (totals.files > 0) log.info(totals, 'the sample files were imported');
  }
  return serveSector(sector, url, port, config, log);
}

async function stopAll(servers: readonly SubgraphServer[]): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
}

/** Chooses the ports before anything starts, since the gateway is told of them as it does. */
async function choosePorts(
  sectors: readonly LoadedSector[],
  config: CliConfig,
): Promise<ReadonlyMap<string, number>> {
  const ports = new Map<string, number>();
  for (const { entry } of sectors) {
    ports.set(entry.name, await choosePort(config.subgraphHost, portOf(entry, config)));
  }
  return ports;
}

function addressesOf(
  ports: ReadonlyMap<string, number>,
  config: CliConfig,
): Readonly<Record<string, string>> {
  const addresses: Record<string, string> = {};
  for (const [name, port] of ports) {
    addresses[`SUBGRAPH_URL_${name.toUpperCase()}`] =
      `http://${config.subgraphHost}:${port}/graphql`;
  }
  return addresses;
}

await runProcess('start', start);
