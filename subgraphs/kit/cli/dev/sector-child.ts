// One run of a sector's code, as a process of its own: `dev` starts one ahead, lets it read the code
// when something was saved, and has it listen when the one before has stopped. It ends with its parent.
import { createLog } from '../../log.ts';
import '../../index.ts';
// Read ahead, as all of the kit: a save waits for none of it.
import '../../server/subgraph-server.ts';
import type { SubgraphServer } from '../../server/subgraph-server.ts';
import { buildSectorSchema } from '../../server/subgraph-schema.ts';
import { readCliConfig } from '../config.ts';
import { importSamples } from '../import-samples.ts';
import { prepareSector, serveSector } from '../run-subgraph.ts';
import { listSectors, loadSectors, type LoadedSector } from '../sectors.ts';
import type { ChildAnswer, ChildOrder } from './sector-protocol.ts';

const LISTEN_TRIES = 200;
const LISTEN_PAUSE_MS = 10;

let loaded: LoadedSector | null = null;
let server: SubgraphServer | null = null;

process.on('message', (order: ChildOrder) => {
  obey(order).catch((error: unknown) => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    answer({ kind: 'failed', error: { message: messageOf(error, message), stack: stack ?? '' } });
  });
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group; the parent says in which order things stop.
process.on('SIGINT', () => undefined);
answer({ kind: 'waiting' });

async function obey(order: ChildOrder): Promise<void> {
  switch (order.kind) {
    case 'prepare':
      await prepare(order.sector, order.withSamples);
      answer({ kind: 'prepared' });
      return;
    case 'listen':
      server = await listen(order.port);
      answer({ kind: 'listening' });
      return;
    case 'stop':
      await server?.stop();
      process.exit();
  }
}

/** Reads the code, brings the database to its shape, and builds the schema as serving it would. */
async function prepare(name: string, withSamples: boolean): Promise<void> {
  const config = readCliConfig(listSectors().map((entry) => entry.name));
  [loaded = null] = await loadSectors([name]);
  if (!loaded) throw new Error(`There is no sector ${name}.`);
  const { sector } = loaded;
  buildSectorSchema(sector);
  const url = config.databaseUrls[name];
  if (url === undefined) throw new Error(`Nothing says where the database of ${name} is.`);
  const log = createLog(name, config.logLevel, config.logForm);
  await prepareSector(sector, url, config, log);
  if (withSamples) {
    const totals = await importSamples(sector, url, config.dataDirectory, log, 'alone');
    if (totals.files > 0) log.info(totals, 'the sample files were imported');
  }
}

/** The run before stops listening at this moment; its port is free within milliseconds. */
async function listen(port: number): Promise<SubgraphServer> {
  if (!loaded) throw new Error('there is nothing to listen for');
  const { sector } = loaded;
  const config = readCliConfig(listSectors().map((entry) => entry.name));
  const log = createLog(sector.name, config.logLevel, config.logForm);
  const url = config.databaseUrls[sector.name] ?? '';
  for (let left = LISTEN_TRIES; ; left -= 1) {
    try {
      return await serveSector(sector, url, port, config, log);
    } catch (error) {
      const isTaken = ((error as Error).cause as { code?: unknown } | undefined)?.code;
      if (isTaken !== 'EADDRINUSE' || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, LISTEN_PAUSE_MS));
    }
  }
}

function messageOf(error: unknown, message: string): string {
  const { cause } = error as { readonly cause?: unknown };
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

function answer(given: ChildAnswer): void {
  process.send?.(given);
}
