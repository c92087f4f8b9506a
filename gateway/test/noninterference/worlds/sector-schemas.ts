// The schemas of the sectors, each built once: building one takes longer than making the rows of a world.
import type { Sector } from '../../../../subgraphs/kit/server/sector.ts';
import {
  buildSectorSchema,
  type SubgraphSchema,
} from '../../../../subgraphs/kit/server/subgraph-schema.ts';

const built = new WeakMap<Sector, SubgraphSchema>();

/** Gives the schema of a sector, with the classes of its fields. */
export function schemaOf(sector: Sector): SubgraphSchema {
  let schema = built.get(sector);
  if (schema === undefined) {
    schema = buildSectorSchema(sector);
    built.set(sector, schema);
  }
  return schema;
}
