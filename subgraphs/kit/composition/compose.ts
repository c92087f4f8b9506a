// supergraph.yaml and the schemas it names -> one supergraph, or what stands in the way.
import { dirname, isAbsolute, relative } from 'node:path';
import { composeServices } from '@apollo/composition';
import { getLocation, GraphQLError } from 'graphql';
import { readSectorSchema } from './sector-schema.ts';
import { readSupergraphConfig } from './supergraph-config.ts';

/** A type that all sectors share has a place in each of them. */
const PLACES_MAX = 6;

/** A composed supergraph. */
export interface Composed {
  /** The supergraph SDL, with the labels as `@requiresScopes`. */
  readonly sdl: string;
  /** What composition found odd though not wrong, one sentence each. */
  readonly hints: readonly string[];
}

/** Names everything that keeps the subgraphs from composing. */
export class CompositionError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The subgraphs do not compose:\n  ${problems.join('\n  ')}`);
    this.name = 'CompositionError';
    this.problems = problems;
  }
}

/**
 * Composes the subgraphs that a supergraph.yaml names.
 *
 * @throws CompositionError when they do not fit together, or one of them cannot be read; every
 *   problem is named with the file, line and column of what it is about
 */
export function composeSupergraph(configPath: string): Composed {
  const directory = dirname(configPath);
  const problems: string[] = [];
  const services = readSupergraphConfig(configPath).flatMap((entry) => {
    try {
      const typeDefs = readSectorSchema(entry.schemaFile);
      return [{ name: entry.name, url: entry.routingUrl, typeDefs }];
    } catch (error) {
      problems.push(`[${entry.name}] ${describe(error, directory)}`);
      return [];
    }
  });
  if (problems.length > 0) throw new CompositionError(problems);
  const result = composeServices(services);
  if (result.errors) {
    throw new CompositionError(result.errors.map((error) => describe(error, directory)));
  }
  return { sdl: result.supergraphSdl, hints: result.hints.map((hint) => hint.message) };
}

/** Writes an error with its places in the schemas; what the kit has added has a file as well. */
function describe(error: unknown, directory: string): string {
  if (!(error instanceof GraphQLError)) {
    if (isFileError(error)) return error.message;
    throw error;
  }
  const places = error.source
    ? (error.locations ?? []).map((location) => ({ source: error.source, ...location }))
    : [];
  const ofNodes = (error.nodes ?? []).flatMap(({ loc }) =>
    loc ? [{ source: loc.source, ...getLocation(loc.source, loc.start) }] : [],
  );
  const shown = (ofNodes.length > 0 ? ofNodes : places)
    .filter(({ source }) => source && isAbsolute(source.name))
    .map(({ source, line, column }) => {
      return `${relative(directory, source?.name ?? '')}:${line}:${column}`;
    });
  const unique = [...new Set(shown)].slice(0, PLACES_MAX);
  return unique.length === 0 ? error.message : `${error.message} (${unique.join(', ')})`;
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}
