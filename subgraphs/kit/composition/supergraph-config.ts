// supergraph.yaml, in the format of Rover: which subgraphs there are, where their schema stands and
// where they answer.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** One subgraph of the supergraph. */
export interface SubgraphEntry {
  readonly name: string;
  /** Where the subgraph answers, unless the gateway's environment says otherwise. */
  readonly routingUrl: string;
  /** Absolute path of its SDL file. */
  readonly schemaFile: string;
}

const SHAPE = z.strictObject({
  federation_version: z.string(),
  subgraphs: z.record(
    z.string().regex(/^[a-z][a-z0-9]*$/, 'names are lower-case letters and digits'),
    z.strictObject({
      routing_url: z.url(),
      schema: z.strictObject({ file: z.string() }),
    }),
  ),
});

/**
 * Reads supergraph.yaml; subgraphs stand in the order of the file.
 *
 * @throws Error naming the entry that is malformed
 */
export function readSupergraphConfig(path: string): readonly SubgraphEntry[] {
  const result = SHAPE.safeParse(parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new Error(`${path}: ${z.prettifyError(result.error)}`);
  return Object.entries(result.data.subgraphs).map(([name, entry]) => ({
    name,
    routingUrl: entry.routing_url,
    schemaFile: resolve(dirname(path), entry.schema.file),
  }));
}
