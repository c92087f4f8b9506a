// A composed supergraph as two of them are compared: what callers can ask of it, and what each field asks
// of them.
import { parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { readApiSchema } from '../api-schema.ts';
import { readRequirements, type Requirements } from '../requirements/requirements.ts';
import { findSecurityFeatures } from '../requirements/security-features.ts';

/** A supergraph that is read. */
export interface Graph {
  readonly document: DocumentNode;
  /** What callers can ask. */
  readonly schema: GraphQLSchema;
  /** What the fields ask of callers. */
  readonly requirements: Requirements;
}

/**
 * Reads a composed supergraph.
 *
 * @throws GraphQLError for a text that is no SDL
 */
export function readGraph(supergraph: string): Graph {
  const document = parse(supergraph, { noLocation: true });
  return {
    document,
    schema: readApiSchema(document),
    requirements: readRequirements(document, findSecurityFeatures(document)),
  };
}
