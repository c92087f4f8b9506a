// The sectors of a supergraph as the planner calls them: each over HTTP with a client of its own, and
// the gateway's own subgraph in this process.
import type { GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '../subgraphs/kit/log.ts';
import { createAccessDataSource } from './access/access-data-source.ts';
import type { Access } from './access/open-access.ts';
import { ACCESS_SUBGRAPH } from './access/subgraph-name.ts';
import type { Requirements } from '../subgraphs/kit/composition/requirements/requirements.ts';
import { subgraphVariable, type Config } from './config.ts';
import type { Envelopes } from './envelope/open-envelopes.ts';
import type { Supergraph } from './supergraph/load-supergraph.ts';
import { createSectorDataSource } from './supergraph/sector-data-source.ts';
import { SubgraphClient } from './supergraph/subgraph-client.ts';

/** What the sectors are reached with. */
export interface SectorParts {
  readonly config: Config;
  readonly supergraph: Supergraph;
  readonly requirements: Requirements;
  readonly envelopes: Envelopes;
  readonly access: Access;
  readonly log: Logger;
}

/** The sectors. */
export interface Sectors {
  readonly dataSourceOf: (subgraph: string, url: string) => GraphQLDataSource;
  /** Closes every connection. */
  readonly close: () => Promise<void>;
}

/** Makes the ways to the sectors; no connection is made before the first fetch. */
export function openSectors(parts: SectorParts): Sectors {
  const { config, supergraph, requirements, envelopes, access, log } = parts;
  const { subgraphs } = config;
  const { schema } = supergraph;
  const { higherClassesExist } = requirements;
  const clients: SubgraphClient[] = [];
  return {
    dataSourceOf: (sector, url) => {
      if (sector === ACCESS_SUBGRAPH) {
        return createAccessDataSource(access, log);
      }
      const address = { ...subgraphs, url: subgraphs.urls[subgraphVariable(sector)] ?? url };
      const client = new SubgraphClient(address);
      clients.push(client);
      const { seal } = envelopes;
      return createSectorDataSource({ sector, client, seal, schema, higherClassesExist, log });
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}
