// The whole graph on this machine: databases, six subgraphs and the gateway, from the record files that
// ship with the project, until Ctrl-C.
import type { ChildProcess } from 'node:child_process';
import type { SubgraphEntry } from '../composition/supergraph-config.ts';
import { createLog, type Logger } from '../log.ts';
import type { SubgraphServer } from '../server/subgraph-server.ts';
import { choosePort } from './choose-port.ts';
import type { CliConfig } from './config.ts';
import { openDatabases, type Databases } from './databases.ts';
import { startGatewayProcess, waitUntilReady } from './gateway-process.ts';
import { portOf } from './port-of.ts';
import { runProcess, type Running } from './process.ts';
import { listSectors, loadSectors, type LoadedSector } from './sectors.ts';
import { assertAddressFree } from './taken-port.ts';

/**
 * Starts the graph and runs it until it is told to stop.
 *
 * @param gateway one that was begun before, and waits for its variables
 */
export function startGraph(gateway: ChildProcess): Promise<void> {
  return runProcess('start', (running, config, log) => start(running, config, log, gateway));
}

async function start(
  running: Running,
  config: CliConfig,
  log: Logger,
  gateway: ChildProcess,
): Promise<void> {
  await assertAddressFree(config.gatewayOrigin);
  const entries = listSectors();
  const names = entries.map(({ name }) => name);
  const databases = await openDatabases(config, [...names, 'gateway'], log);
  running.onStop(() => databases.stop());
  await tellOfOthers(databases, config, log);
  if (running.isStopping()) return;
  // Stopping goes the opposite way: the gateway, which calls the subgraphs, stops before them.
  const subgraphs: SubgraphServer[] = [];
  running.onStop(() => stopAll(subgraphs));
  const ports = await choosePorts(entries, config);
  const listening = startGatewayProcess(
    running,
    { ...addressesOf(ports, config), DATABASE_URL_GATEWAY: databases.url('gateway') },
    log,
    gateway,
  );
  const starting = startSectors({ ports, databases, config }, subgraphs);
  const [url] = await Promise.all([listening, starting]);
  await waitUntilReady(running, url);
  if (running.isStopping()) return;
  // Since this process began, its code read and all.
  const seconds = (performance.now() / 1000).toFixed(1);
  const page = new URL('/', url).href;
  log.info(`the graph answers on ${url} after ${seconds} s; the page is at ${page}`);
}

/** Two graphs may well share their data, but not without being told. */
async function tellOfOthers(databases: Databases, config: CliConfig, log: Logger): Promise<void> {
  const pids = await databases.others();
  if (pids.length === 0) return;
  log.warn(
    `the databases in ${config.dataDirectory} are in use by process ${pids.join(', ')}: this graph ` +
      'shares its data. Stop that process, or name another folder in DATA_DIR, if that is not meant',
  );
}

/** Where sectors are started. */
interface StartPlaces {
  readonly ports: ReadonlyMap<string, number>;
  readonly databases: Databases;
  readonly config: CliConfig;
}

/**
 * Starts all sectors in this process. Their code is read only here, where the gateway is on its way:
 * both take a while, and there is more than one core.
 */
async function startSectors(places: StartPlaces, started: SubgraphServer[]): Promise<void> {
  const [run, { importSamples }, sectors] = await Promise.all([
    import('./run-subgraph.ts'),
    import('./import-samples.ts'),
    loadSectors([]),
  ]);
  const { ports, databases, config } = places;
  const startSector = async ({ entry, sector }: LoadedSector): Promise<SubgraphServer> => {
    const log = createLog(sector.name, config.logLevel, config.logForm);
    const url = databases.url(sector.name);
    await run.prepareSector(sector, url, config, log);
    if (config.samples && databases.isEmbedded(sector.name)) {
      const totals = await importSamples(sector, url, config.dataDirectory, log);
      if (totals.files > 0) log.info(totals, 'the sample files were imported');
    }
    const port = ports.get(entry.name) ?? portOf(entry, config);
    return run.serveSector(sector, url, port, config, log);
  };
  await Promise.all(sectors.map(async (loaded) => started.push(await startSector(loaded))));
}

async function stopAll(servers: readonly SubgraphServer[]): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
}

/** Chooses the ports before anything starts, since the gateway is told of them as it does. */
async function choosePorts(
  entries: readonly SubgraphEntry[],
  config: CliConfig,
): Promise<ReadonlyMap<string, number>> {
  const ports = new Map<string, number>();
  for (const entry of entries) {
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
