// The schema of this room as it is executed: the SDL beside this file, completed as the schema of
// every subgraph is, with the scalars that it takes.
import { join } from 'node:path';
import { buildASTSchema, type GraphQLSchema } from 'graphql';
import { readSectorSchema, SCHEMA_FILE } from '../../subgraphs/kit/composition/sector-schema.ts';
import { readScalars } from './scalars.ts';

/**
 * Builds the schema. Nothing of Federation is in it: the planner asks only what it has composed, and
 * there is no entity here that others could ask for.
 */
export function buildAccessSchema(): GraphQLSchema {
  const document = readSectorSchema(join(import.meta.dirname, SCHEMA_FILE));
  // The directives of Federation are applied in it and defined elsewhere.
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  readScalars(schema);
  return schema;
}
