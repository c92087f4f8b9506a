// One subgraph as composition reads it: its own text, and the whole schema that the kit makes of it.
import { readFileSync } from 'node:fs';
import { parse, Source, type DocumentNode } from 'graphql';
import { completeSchema } from './sector-schema.ts';
import { readSupergraphConfig } from './supergraph-config.ts';

/** A subgraph as it is written, before it is parsed. */
export interface SubgraphText {
  readonly name: string;
  /** Where the subgraph answers. */
  readonly routingUrl: string;
  /** Absolute path of its SDL file, or a name for a text that stands in none. */
  readonly file: string;
  readonly text: string;
  /** The whole schema as it was published; absent where the kit has yet to complete the text. */
  readonly published?: string;
}

/** A subgraph that is parsed. Locations lead into its file. */
export interface Subgraph extends SubgraphText {
  /** What the sector has written. */
  readonly own: DocumentNode;
  /** With what the kit adds. */
  readonly whole: DocumentNode;
}

/**
 * Parses a subgraph.
 *
 * @throws GraphQLError with file, line and column for a text that is not SDL
 */
export function parseSubgraph(text: SubgraphText): Subgraph {
  const own = parse(new Source(text.text, text.file));
  // What a kit of today would add to a published schema, its sector does not serve yet.
  const whole =
    text.published === undefined
      ? completeSchema(own, text.name)
      : parse(text.published, { noLocation: true });
  return { ...text, own, whole };
}

/**
 * Reads the texts of all subgraphs that a supergraph.yaml names, in its order; an Error in place of
 * each that cannot be read.
 */
export function readSubgraphTexts(configPath: string): readonly (SubgraphText | UnreadSubgraph)[] {
  return readSupergraphConfig(configPath).map(({ name, routingUrl, schemaFile: file }) => {
    try {
      return { name, routingUrl, file, text: readFileSync(file, 'utf8') };
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      return { name, file, error };
    }
  });
}

/** A subgraph whose file cannot be read. */
export interface UnreadSubgraph {
  readonly name: string;
  readonly file: string;
  readonly error: Error;
}
