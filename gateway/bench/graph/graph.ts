// The graph as `npm start` runs it, on free ports and in a data folder of its own: one embedded
// server, all subgraphs in one process, the gateway in another; filled from the sample files.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_DIRECTORY } from '../../../subgraphs/kit/cli/config.ts';
import { importSamples } from '../../../subgraphs/kit/cli/import-samples.ts';
import { prepareSector } from '../../../subgraphs/kit/cli/run-subgraph.ts';
import { loadSectors } from '../../../subgraphs/kit/cli/sectors.ts';
import { startCluster, type Cluster } from '../../../subgraphs/kit/database/embedded/cluster.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { findFreePorts } from '../processes/free-ports.ts';
import { startProcess, type MeasuredProcess } from '../processes/process.ts';
import type { WorkloadContext } from '../workload.ts';

/** Sectors with data that answer. */
export interface Subgraphs {
  readonly process: MeasuredProcess;
  /** Addresses by name of sector. */
  readonly urls: Readonly<Record<string, string>>;
  readonly cluster: Cluster;
  /** Variables that tell a gateway where the sectors are. */
  readonly addresses: Readonly<Record<string, string>>;
}

/** A gateway that answers. */
export interface RunningGateway {
  readonly process: MeasuredProcess;
  readonly url: string;
}

/** The report of one enterprise, as the playground shows it. */
export const REPORT_FILE = join(PROJECT_DIRECTORY, 'gateway/playground/examples/1-report.graphql');

const READY_MS = 120_000;

/** Starts the embedded server of the workload's data folder. */
export async function openCluster({ dataFolder, scope }: WorkloadContext): Promise<Cluster> {
  const cluster = await startCluster({ directory: dataFolder, port: 0 });
  await scope.defer(() => cluster.stop());
  return cluster;
}

/** Fills every sector from its sample files, through the import. */
export async function fillWithSamples(context: WorkloadContext, cluster: Cluster): Promise<void> {
  context.say('importing the sample files');
  const log = createLog('bench', 'silent');
  for (const { sector } of await loadSectors([])) {
    await cluster.ensureDatabase(databaseOf(sector.name));
    const url = cluster.url(databaseOf(sector.name));
    const secretSource = {
      dataDirectory: context.dataFolder,
      readerSecret: null,
      production: false,
    };
    await prepareSector(sector, url, secretSource, log);
    await importSamples(sector, url, context.dataFolder, log);
  }
}

/** Names the database of a sector, or of the gateway, on an embedded server. */
export function databaseOf(name: string): string {
  return `credit_${name}`;
}

/** Starts subgraphs in one process; none named stands for all. */
export async function startSubgraphs(
  context: WorkloadContext,
  cluster: Cluster,
  names: readonly string[] = [],
): Promise<Subgraphs> {
  const { folder, dataFolder, scope, options } = context;
  const wanted = (await loadSectors(names)).map(({ sector }) => sector.name);
  const ports = await findFreePorts(wanted.length);
  const portOf = (index: number): string => String(ports[index] ?? 0);
  const urls = Object.fromEntries(
    wanted.map((name, index) => [name, `http://127.0.0.1:${portOf(index)}/graphql`]),
  );
  const variables = wanted.map((name, index) => [
    `SUBGRAPH_PORT_${name.toUpperCase()}`,
    portOf(index),
  ]);
  const process = await startProcess({
    name: 'subgraphs',
    script: 'subgraphs/kit/cli/subgraph.ts',
    words: wanted,
    environment: {
      ...(Object.fromEntries(variables) as Record<string, string>),
      DATA_DIR: dataFolder,
      LOG_FORM: 'json',
    },
    folder,
    scope,
    profileFolder: options.profileFolder,
  });
  await process.waitFor('ready', READY_MS);
  const addresses = Object.entries(urls).map(([name, url]) => [
    `SUBGRAPH_URL_${name.toUpperCase()}`,
    url,
  ]);
  return {
    process,
    urls,
    cluster,
    addresses: Object.fromEntries(addresses) as Record<string, string>,
  };
}

/** Starts the gateway, or another one in its place. */
export async function startGateway(
  { folder, dataFolder, scope, options }: WorkloadContext,
  { cluster, addresses }: Subgraphs,
  name: string,
  script = 'gateway/main.ts',
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningGateway> {
  const database = databaseOf('gateway');
  await cluster.ensureDatabase(database);
  const process = await startProcess({
    name,
    script,
    environment: {
      ...addresses,
      PORT: '0',
      LOG_FORM: 'json',
      // The keys that sign envelopes lie there, where the subgraphs look for them.
      DATA_DIR: dataFolder,
      DATABASE_URL_GATEWAY: cluster.url(database),
      ...environment,
    },
    folder,
    scope,
    profileFolder: options.profileFolder,
  });
  const ready = await process.waitFor<{ readonly kind: 'ready'; readonly url: string }>(
    'ready',
    READY_MS,
  );
  return { process, url: ready.url };
}

/** Reads the operation of the report. */
export function readReport(): Promise<string> {
  return readFile(REPORT_FILE, 'utf8');
}
