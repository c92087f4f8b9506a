// supergraph.yaml, in the format of Rover: which subgraphs there are, where their schema stands and
// where they answer.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

/** One subgraph of the supergraph. */
export interface SubgraphEntry {
  readonly name: string;
  /** Where the subgraph answers, unless the gateway's environment says otherwise. */
  readonly routingUrl: string;
  /** Absolute path of its SDL file. */
  readonly schemaFile: string;
}

/** The gateway has variables of its own under this name. */
const RESERVED = 'gateway';
const NAME = /^[a-z][a-z0-9]*$/;

const SHAPE = z.strictObject({
  federation_version: z.string(),
  subgraphs: z
    .record(
      z.string(),
      z.strictObject({
        routing_url: z.url({ protocol: /^https?$/, error: 'an http or https URL is expected' }),
        schema: z.strictObject({ file: z.string() }),
      }),
    )
    // Not as the type of the keys: an error of a key does not tell its reason.
    .superRefine((subgraphs, context) => {
      const names = Object.keys(subgraphs);
      if (names.length === 0) context.addIssue('no subgraph is named');
      for (const name of names) {
        if (name === RESERVED) context.addIssue(`${name} is the name of the gateway`);
        if (NAME.test(name)) continue;
        context.addIssue(`${name}: names are lower-case letters and digits`);
      }
    }),
});

/**
 * Reads supergraph.yaml; subgraphs stand in the order of the file.
 *
 * @throws Error with the file and everything that is malformed in it
 */
export function readSupergraphConfig(path: string): readonly SubgraphEntry[] {
  const result = SHAPE.safeParse(readYaml(path));
  if (!result.success) throw new Error(`${path}: ${z.prettifyError(result.error)}`);
  const entries = Object.entries(result.data.subgraphs);
  const urls = entries.map(([, entry]) => entry.routing_url);
  const twice = urls.find((url, index) => urls.indexOf(url) < index);
  if (twice !== undefined) throw new Error(`${path}: two subgraphs have the address ${twice}`);
  return entries.map(([name, entry]) => ({
    name,
    routingUrl: entry.routing_url,
    schemaFile: resolve(dirname(path), entry.schema.file),
  }));
}

function readYaml(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new Error(`${path}: ${error.message}`, { cause: error });
  }
}
