// Rows as the real import makes them of a small population: from these a world is made, so that all
// values have the forms in which sectors keep them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPool } from '../../../../subgraphs/kit/database/pool.ts';
import { createTestDatabase } from '../../../../subgraphs/kit/database/test-database.ts';
import { importFile } from '../../../../subgraphs/kit/ingestion/import-file.ts';
import { createPopulation, type Population } from '../../../../subgraphs/kit/samples/population.ts';
import { writeSamples } from '../../../../subgraphs/kit/samples/write-samples.ts';
import type { Sector } from '../../../../subgraphs/kit/server/sector.ts';
import { SECTORS, type Row, type World } from './world.ts';
import { migrationsOf, readRows } from './world-database.ts';

/** The subjects of a world. Subject 0 has a record of every type. */
export const WORLD_POPULATION: Population = createPopulation({ seed: 'credit-graph', size: 44 });

/** Imports the population into databases of its own, and reads what came of it. */
export async function importTemplates(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'credit-templates-'));
  try {
    const imported = await Promise.all(SECTORS.map((sector) => importSector(sector, folder)));
    return new Map(imported.flatMap((rows): [string, readonly Row[]][] => [...rows]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function importSector(sector: Sector, folder: string): Promise<World> {
  const { name, samples } = sector;
  if (!samples) throw new Error(`${name} has no samples`);
  const database = await createTestDatabase(`templates_${name}`, migrationsOf(sector));
  const pool = openPool(database.url, { name, readOnly: false, onIdleError: () => undefined });
  try {
    const files = await writeSamples(samples, WORLD_POPULATION, join(folder, name));
    for (const { path } of files) {
      await importFile({ pool, sector, path, rejectsPath: join(folder, `${name}-rejects.csv`) });
    }
    return await readRows(pool, sector);
  } finally {
    await pool.end();
    await database.drop();
  }
}
