// Everything about one sector: its schema, its process, its database, side by side.
import { graphql } from 'graphql';
import { readSectorSchema } from '../../composition/sector-schema.ts';
import { hashOfSchema } from '../../composition/supergraph-text.ts';
import { buildSectorSchema } from '../../server/subgraph-schema.ts';
import type { Sector } from '../../server/sector.ts';
import type { CliConfig } from '../config.ts';
import { readReaderSecret } from '../reader-secret.ts';
import type { LoadedSector } from '../sectors.ts';
import { subgraphAddress } from '../subgraph-address.ts';
import { probeSubgraph } from './probe-subgraph.ts';
import { readDatabase } from './read-database.ts';
import type { DatabaseState, SectorState } from './sector-state.ts';

/** What is compared with, and where. */
export interface StateSources {
  readonly config: CliConfig;
  /** Address of the sector's database, as its owner; null where there is no server for it. */
  readonly databaseUrl: string | null;
  /** Hash of each subgraph's schema in the published graph. */
  readonly published: ReadonlyMap<string, string>;
}

/** Finds out everything about a sector; nothing is changed. */
export async function collectState(
  { entry, sector }: LoadedSector,
  { config, databaseUrl, published }: StateSources,
): Promise<SectorState> {
  const address = subgraphAddress(entry, config);
  const [subgraph, database] = await Promise.all([
    probeSubgraph(address, await servedSdl(sector)),
    databaseUrl === null ? MISSING : readState(sector, databaseUrl, config),
  ]);
  return {
    sector: entry.name,
    schema: {
      workingTree: hashOfSchema(readSectorSchema(entry.schemaFile, entry.name)),
      published: published.get(entry.name) ?? null,
    },
    subgraph,
    database,
  };
}

const MISSING: DatabaseState = { kind: 'missing' };

async function readState(sector: Sector, url: string, config: CliConfig): Promise<DatabaseState> {
  return readDatabase(sector, url, await readReaderSecret(config));
}

/** The text by which a process of the working tree tells its schema. */
async function servedSdl(sector: Sector): Promise<string> {
  const { schema } = buildSectorSchema(sector);
  const { data, errors } = await graphql({ schema, source: '{ _service { sdl } }' });
  if (errors?.[0]) throw errors[0];
  return (data as { readonly _service: { readonly sdl: string } })._service.sdl;
}
