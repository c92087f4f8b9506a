// `dev <sector>`: the sector on its own database beside the published graph of the others, with a
// gateway and the page; what is saved serves about a second later, and what is wrong is told while
// what was good before still serves.
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { composeSubgraphs } from '../../composition/compose.ts';
import type { PublishedGraph } from '../../composition/published/graph-store.ts';
import { graphOf } from '../../composition/published/next-graph.ts';
import { hashOfText } from '../../composition/supergraph-text.ts';
import type { SubgraphEntry } from '../../composition/supergraph-config.ts';
import { createLog, type Logger } from '../../log.ts';
import { readOperationsOfGateway } from '../check/read-operations.ts';
import { readPublished } from '../check/read-published.ts';
import { DAYS_DEFAULT, usedSinceOf } from '../check/run-check.ts';
import { choosePort } from '../choose-port.ts';
import { PROJECT_DIRECTORY, type CliConfig } from '../config.ts';
import { openDatabases, type Databases } from '../databases.ts';
import { startGatewayProcess } from '../gateway-process.ts';
import { importSamples } from '../import-samples.ts';
import { portOf } from '../port-of.ts';
import type { Running } from '../process.ts';
import { readable } from '../publish/committed-subgraphs.ts';
import { servedGraph, workingTree } from '../publish/publish-place.ts';
import { prepareSector, serveSector } from '../run-subgraph.ts';
import { listSectors, loadSectors } from '../sectors.ts';
import type { DevWeights } from './dev-graph.ts';
import { DevWork } from './dev-work.ts';
import { SectorRuns } from './sector-runs.ts';
import { watchFolder } from './watch-folder.ts';

const WATCH_MS = 100;
const GATEWAY_POLL_MS = 50;
/** Nobody's requests wait for a plan here: what was saved serves at once. */
const GATEWAY_WARM_UP_MS = 0;

/** Where everything is, once the ports and databases are known. */
interface DevPlaces {
  readonly sector: string;
  readonly folder: string;
  /** The file of the supergraph that the gateway of this work follows. */
  readonly file: string;
  readonly ports: ReadonlyMap<string, number>;
  readonly databases: Databases;
  readonly config: CliConfig;
}

/**
 * Works on one sector until the process is told to stop.
 *
 * @throws Error for a name that is not one of a sector, and where something it needs does not start
 */
export async function runDev(
  running: Running,
  config: CliConfig,
  log: Logger,
  sector: string,
): Promise<void> {
  const entries = listSectors();
  const entry = entries.find(({ name }) => name === sector);
  if (!entry) throw new Error(`There is no sector ${sector}.`);
  const published = await publishedGraph(config, log);
  const names = published.subgraphs.map(({ name }) => name);
  const others = entries.filter(
    ({ name }) =>
      name !== sector && names.includes(name) && config.subgraphUrls[name] === undefined,
  );
  const started = [...others, entry];
  const databaseNames = [...started.map(({ name }) => name), 'gateway'];
  const databases = await openDatabases(config, databaseNames, log);
  running.onStop(() => databases.stop());
  const ports = new Map<string, number>();
  for (const one of started) {
    ports.set(one.name, await choosePort(config.subgraphHost, portOf(one, config)));
  }
  const directory = join(config.dataDirectory, 'dev', sector);
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'supergraph.graphql');
  const folder = dirname(entry.schemaFile);
  const places = { sector, folder, file, ports, databases, config };
  const work = startWork(places, published, log);
  running.onStop(() => work.stop());
  await Promise.all([
    startOthers(running, others, places),
    work.begin(config.samples && databases.isEmbedded(sector)),
  ]);
  if (running.isStopping()) return;
  const url = await startGatewayProcess(running, gatewayEnvironment(places), log);
  const watch = await watchFolder({
    folder,
    everyMs: WATCH_MS,
    isWatched: (path) => isPartOfSector(relative(folder, path)),
    onChange: (paths) => work.take(paths, url),
    onError: (error) => {
      log.error({ err: error }, 'a change could not be looked at');
    },
  });
  running.onStop(() => watch.close());
  log.info(`the graph answers on ${url}; the page is at ${new URL('/', url).href}`);
  log.info(`watching ${relative(PROJECT_DIRECTORY, folder)}: what you save serves a second later`);
}

/** Where it cannot be told what the others have published, they are taken as they stand. */
async function publishedGraph(config: CliConfig, log: Logger): Promise<PublishedGraph> {
  try {
    return await servedGraph(config);
  } catch (error) {
    log.warn({ err: error }, 'the others are taken as they stand in the working tree');
    const subgraphs = workingTree().flatMap(readable);
    return graphOf(subgraphs, composeSubgraphs(subgraphs, PROJECT_DIRECTORY).sdl);
  }
}

/** Reads it again where others have published since; where that fails, what was known still counts. */
function followPublished(
  first: PublishedGraph,
  config: CliConfig,
  log: Logger,
): () => Promise<PublishedGraph> {
  let known = first;
  let generation: string | null = null;
  return async () => {
    const now = hashOfText(await readFile(config.supergraphFile, 'utf8'));
    generation ??= now;
    if (now === generation) return known;
    generation = now;
    try {
      known = await servedGraph(config);
      log.info('the graph that is published has changed: the others are taken from it');
    } catch (error) {
      log.warn({ err: error }, 'the graph that is published has changed and cannot be read');
    }
    return known;
  };
}

/** What `check` weighs a change by: read when it is needed, since others publish and ask meanwhile. */
async function readWeights(config: CliConfig, gatewayUrl: string): Promise<DevWeights> {
  const usedSince = usedSinceOf(DAYS_DEFAULT);
  const [{ earlier }, operations] = await Promise.all([
    readPublished(config.supergraphFile, config.publishedDirectory),
    readOperationsOfGateway(gatewayUrl, usedSince),
  ]);
  return { operations, usedSince, earlier };
}

function startWork(places: DevPlaces, published: PublishedGraph, log: Logger): DevWork {
  const { sector, folder, file, ports, databases, config } = places;
  const runs = new SectorRuns({
    sector,
    port: ports.get(sector) ?? 0,
    environment: {
      [`DATABASE_URL_${sector.toUpperCase()}`]: databases.url(sector),
      DATA_DIR: config.dataDirectory,
    },
    onEnd: (exitCode) => {
      log.error(`the process of ${sector} ended (${String(exitCode)}); save a file to start it`);
    },
  });
  return new DevWork({
    sector,
    folder,
    published: followPublished(published, config, log),
    weights: () => readWeights(config, databases.url('gateway')),
    file,
    statusFile: config.devStatusFile,
    runs,
    log,
  });
}

function gatewayEnvironment(places: DevPlaces): Readonly<Record<string, string>> {
  const { file, ports, databases, config } = places;
  const addresses = [...ports].map(([name, port]) => [
    `SUBGRAPH_URL_${name.toUpperCase()}`,
    `http://${config.subgraphHost}:${port}/graphql`,
  ]);
  return {
    ...(Object.fromEntries(addresses) as Record<string, string>),
    DATABASE_URL_GATEWAY: databases.url('gateway'),
    SUPERGRAPH_FILE: file,
    SUPERGRAPH_POLL_MS: String(GATEWAY_POLL_MS),
    SUPERGRAPH_WARM_UP_MS: String(GATEWAY_WARM_UP_MS),
    DEV_STATUS_FILE: config.devStatusFile,
  };
}

/** Tests, texts and record files change nothing that is served. */
function isPartOfSector(path: string): boolean {
  return /\.(graphql|ts)$/.test(path) && !/\.test\.ts$|^samples\//.test(path);
}

/** Starts the sectors that the published graph names, in this process. */
async function startOthers(
  running: Running,
  others: readonly SubgraphEntry[],
  { ports, databases, config }: DevPlaces,
): Promise<void> {
  if (others.length === 0) return;
  const loaded = await loadSectors(others.map(({ name }) => name));
  await Promise.all(
    loaded.map(async ({ sector }) => {
      const log = createLog(sector.name, config.logLevel, config.logForm);
      const url = databases.url(sector.name);
      await prepareSector(sector, url, config, log);
      if (config.samples && databases.isEmbedded(sector.name)) {
        await importSamples(sector, url, config.dataDirectory, log, 'alone');
      }
      const server = await serveSector(sector, url, ports.get(sector.name) ?? 0, config, log);
      running.onStop(() => server.stop());
    }),
  );
}
