// Reads a composed supergraph once: the original, from which authority is read, and the copy that
// the planner can load.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildASTSchema, parse, print, type DocumentNode, type GraphQLSchema } from 'graphql';
import {
  findSecurityFeatures,
  type SecurityFeatures,
} from '../../subgraphs/kit/composition/requirements/security-features.ts';
import { stripSecurity } from '../../subgraphs/kit/composition/requirements/strip-security.ts';
import { PublicError } from '../../subgraphs/kit/errors.ts';

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

/** Largest supergraph that is read, bytes: some forty times that of six sectors. */
export const SUPERGRAPH_BYTES_MAX = 16_777_216;

/** What to do about a supergraph that cannot be served. */
export const SUPERGRAPH_HINT =
  'Compose it again with `npm run supergraph`, or correct SUPERGRAPH_FILE.';

/**
 * Reads a supergraph file.
 *
 * @throws PublicError naming the file when it is missing, too large or no GraphQL
 */
export async function loadSupergraph(file: URL | string = SUPERGRAPH_FILE): Promise<Supergraph> {
  try {
    const { size } = await stat(file);
    if (size > SUPERGRAPH_BYTES_MAX) throw new Error(`it is larger than ${SUPERGRAPH_BYTES_MAX}`);
    return readSupergraph(await readFile(file, 'utf8'));
  } catch (cause) {
    const path = typeof file === 'string' ? file : fileURLToPath(file);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PublicError(
      'SERVICE_UNAVAILABLE',
      `The supergraph ${path} cannot be read: ${reason}.`,
      { hint: SUPERGRAPH_HINT, ...(cause instanceof Error && { cause }) },
    );
  }
}

/** Names the generation of a supergraph: the SHA-256 of its text, hexadecimal. */
export function generationOf(sdl: string): string {
  return createHash('sha256').update(sdl).digest('hex');
}

/** Reads a supergraph from its SDL. */
export function readSupergraph(sdl: string): Supergraph {
  const document = parse(sdl, { noLocation: true });
  const features = findSecurityFeatures(document);
  const stripped = stripSecurity(document, features);
  return {
    sdl,
    generation: generationOf(sdl),
    document,
    features,
    plannerSdl: print(stripped),
    schema: buildASTSchema(stripped, { assumeValidSDL: true, assumeValid: true }),
  };
}
