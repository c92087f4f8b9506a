// `npm run subgraph -- <sector...>`: the subgraphs of the named sectors in one process, as production
// runs one each. It applies migrations unless MIGRATE is off; it imports nothing.
import { runProcess } from './process.ts';
import { openDatabases } from './databases.ts';
import { createLog } from '../log.ts';
import { portOf } from './port-of.ts';
import { prepareSector, serveSector } from './run-subgraph.ts';
import { listSectors, loadSectors } from './sectors.ts';

const names = process.argv.slice(2);

await runProcess('subgraph', async (running, config, log) => {
  if (names.length === 0 || names.some((name) => name.startsWith('-'))) {
    const known = listSectors().map((entry) => entry.name);
    throw new Error(`Say which sectors: npm run subgraph -- ${known.join(' ')}`);
  }
  const sectors = await loadSectors(names);
  const databases = await openDatabases(config, names, log);
  running.onStop(() => databases.stop());
  for (const loaded of sectors) {
    if (running.isStopping()) return;
    const { sector } = loaded;
    const sectorLog = createLog(sector.name, config.logLevel, config.logForm);
    if (config.migrates) {
      await prepareSector(sector, databases.url(sector.name), config, sectorLog);
    }
    const server = await serveSector(
      sector,
      databases.url(sector.name),
      portOf(loaded.entry, config),
      config,
      sectorLog,
    );
    running.onStop(() => server.stop());
    sectorLog.info(`answers on ${server.url}`);
  }
  process.send?.({ kind: 'ready' });
});
