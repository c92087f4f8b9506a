// Reads a composed supergraph once: the original, from which authority is read, and the copy that
// the planner can load.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buildASTSchema, parse, print, type DocumentNode, type GraphQLSchema } from 'graphql';
import {
  findSecurityFeatures,
  type SecurityFeatures,
} from '../../subgraphs/kit/composition/requirements/security-features.ts';
import { stripSecurity } from '../../subgraphs/kit/composition/requirements/strip-security.ts';

/** A supergraph that is served; everything derived from it belongs to its generation. */
export interface Supergraph {
  readonly sdl: string;
  /** SHA-256 of the SDL, hexadecimal. */
  readonly generation: string;
  /** As composed, with every label. */
  readonly document: DocumentNode;
  readonly features: SecurityFeatures;
  /** The SDL without the features that the planner refuses. */
  readonly plannerSdl: string;
  /** Types of the supergraph, hidden ones included; nothing in it resolves. */
  readonly schema: GraphQLSchema;
}

/** The supergraph that stands in this repository. */
export const SUPERGRAPH_FILE = new URL('./supergraph.graphql', import.meta.url);

/**
 * Reads a supergraph file.
 *
 * @throws Error naming the file when it is missing or is not a supergraph
 */
export async function loadSupergraph(file: URL = SUPERGRAPH_FILE): Promise<Supergraph> {
  try {
    return readSupergraph(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(`the supergraph ${file.pathname} cannot be read`, { cause });
  }
}

/** Reads a supergraph from its SDL. */
export function readSupergraph(sdl: string): Supergraph {
  const document = parse(sdl, { noLocation: true });
  const features = findSecurityFeatures(document);
  const stripped = stripSecurity(document, features);
  return {
    sdl,
    generation: createHash('sha256').update(sdl).digest('hex'),
    document,
    features,
    plannerSdl: print(stripped),
    schema: buildASTSchema(stripped, { assumeValidSDL: true, assumeValid: true }),
  };
}
