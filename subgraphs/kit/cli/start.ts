// `npm start`: the whole graph on this machine. Databases, six subgraphs and the gateway, from the
// record files that ship with the project, until Ctrl-C.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createLog, type Logger } from '../log.ts';
import { childEnvironment, PROJECT_DIRECTORY, type CliConfig } from './config.ts';
import { openDatabases, type Databases } from './databases.ts';
import type { SubgraphServer } from '../server/subgraph-server.ts';
import { runProcess, type Running } from './process.ts';
import { importSamples, prepareSector, serveSector } from './run-subgraph.ts';
import { loadSectors, type LoadedSector } from './sectors.ts';

const GATEWAY_READY_MS = 180_000;
const PROBE_MS = 10_000;
const PROBE_PAUSE_MS = 50;
const GATEWAY_STOP_MS = 20_000;

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
  const gateway = startGateway(running, databases, log);
  const starting = Promise.all(
    sectors.map(async (loaded) => {
      const server = await startSector(loaded, databases, config);
      subgraphs.push(server);
    }),
  );
  await Promise.race([starting, gateway]);
  await starting;
  const url = await gateway;
  await waitUntilReady(running, url);
  if (running.isStopping()) return;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log.info(
    `the graph answers on ${url} after ${seconds} s; the page is at ${new URL('/', url).href}`,
  );
}

/** Waits until the gateway has asked the graph a question of its own and got the answer. */
async function waitUntilReady(running: Running, url: string): Promise<void> {
  const address = new URL('/health/ready', url);
  const deadline = performance.now() + GATEWAY_READY_MS;
  while (!running.isStopping()) {
    const response = await fetch(address, { signal: AbortSignal.timeout(PROBE_MS) });
    if (response.ok) return;
    if (performance.now() > deadline) throw new Error('The graph did not answer in time.');
    await new Promise((resolve) => setTimeout(resolve, PROBE_PAUSE_MS));
  }
}

async function stopAll(servers: readonly SubgraphServer[]): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
}

async function startSector(
  loaded: LoadedSector,
  databases: Databases,
  config: CliConfig,
): Promise<SubgraphServer> {
  const { sector } = loaded;
  const log = createLog(sector.name, config.logLevel, config.logForm);
  const url = databases.url(sector.name);
  await prepareSector(sector, url, log);
  if (config.samples && databases.isEmbedded(sector.name)) {
    const totals = await importSamples(sector, url, config.dataDirectory, log);
    if (totals.files > 0) log.info(totals, 'the sample files were imported');
  }
  return serveSector(loaded, url, config, log);
}

/** Starts the gateway in a process of its own; resolves with its address when it is ready. */
function startGateway(running: Running, databases: Databases, log: Logger): Promise<string> {
  const child = fork(join(PROJECT_DIRECTORY, 'gateway/main.ts'), {
    execArgv: process.execArgv,
    env: childEnvironment({ DATABASE_URL_GATEWAY: databases.url('gateway') }),
    // A process group of its own: Ctrl-C reaches it through us, in order.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  running.onStop(() => stopChild(child, log));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The gateway was not ready after ${GATEWAY_READY_MS / 1000} s.`));
    }, GATEWAY_READY_MS);
    child.once('message', (message: { readonly url: string }) => {
      clearTimeout(timer);
      resolve(message.url);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      const error = new Error(
        `The gateway ended with exit code ${String(code)}; its log says why.`,
      );
      reject(error);
      running.fail(error);
    });
  });
}

async function stopChild(child: ChildProcess, log: Logger): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => {
    log.warn('the gateway did not stop in time: it is ended');
    child.kill('SIGKILL');
  }, GATEWAY_STOP_MS);
  await ended;
  clearTimeout(timer);
}

await runProcess('start', start);
