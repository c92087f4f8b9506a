// Finds sectors at run time: supergraph.yaml names them, their folder holds them.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSupergraphConfig, type SubgraphEntry } from '../composition/supergraph-config.ts';
import type { Sector, SectorModule } from '../server/sector.ts';
import { SUPERGRAPH_CONFIG_FILE } from './config.ts';

/** A sector with its entry in supergraph.yaml. */
export interface LoadedSector {
  readonly entry: SubgraphEntry;
  readonly sector: Sector;
}

/** Lists the subgraphs of supergraph.yaml that are made with the kit, in its order. */
export function listSectors(): readonly SubgraphEntry[] {
  return readSupergraphConfig(SUPERGRAPH_CONFIG_FILE).filter((entry) =>
    existsSync(sectorFile(entry)),
  );
}

/**
 * Loads sectors by name, or all of them.
 *
 * @throws Error that lists the names there are, for a name that is not among them
 */
export async function loadSectors(names: readonly string[]): Promise<readonly LoadedSector[]> {
  const entries = listSectors();
  const unknown = names.filter((name) => !entries.some((entry) => entry.name === name));
  if (unknown.length > 0) {
    const known = entries.map((entry) => entry.name).join(', ');
    throw new Error(`There is no sector ${unknown.join(', ')}. Sectors: ${known}.`);
  }
  const wanted = names.length === 0 ? entries : entries.filter((e) => names.includes(e.name));
  return Promise.all(
    wanted.map(async (entry) => {
      const module = (await import(pathToFileURL(sectorFile(entry)).href)) as SectorModule;
      return { entry, sector: module.sector };
    }),
  );
}

function sectorFile(entry: SubgraphEntry): string {
  return join(dirname(entry.schemaFile), 'sector.ts');
}
