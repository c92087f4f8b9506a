// supergraph.yaml and the schemas it names -> one supergraph, or what stands in the way.
import { composeServices } from '@apollo/composition';
import { readSectorSchema } from './sector-schema.ts';
import { readSupergraphConfig } from './supergraph-config.ts';

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
 * @throws CompositionError when they do not fit together
 */
export function composeSupergraph(configPath: string): Composed {
  const services = readSupergraphConfig(configPath).map((entry) => ({
    name: entry.name,
    url: entry.routingUrl,
    typeDefs: readSectorSchema(entry.schemaFile),
  }));
  const result = composeServices(services);
  if (result.errors) throw new CompositionError(result.errors.map((error) => error.message));
  return { sdl: result.supergraphSdl, hints: result.hints.map((hint) => hint.message) };
}
