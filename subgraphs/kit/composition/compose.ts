// supergraph.yaml and the schemas it names -> one supergraph, or what stands in the way.
import { dirname } from 'node:path';
import { composeServices } from '@apollo/composition';
import { GraphQLError } from 'graphql';
import { explainComposition, type CompositionProblem } from './composition-problem.ts';
import {
  parseSubgraph,
  readSubgraphTexts,
  type Subgraph,
  type SubgraphText,
  type UnreadSubgraph,
} from './subgraph.ts';

/** A composed supergraph. */
export interface Composed {
  /** The supergraph SDL, with the labels as `@requiresScopes`. */
  readonly sdl: string;
  /** What composition found odd though not wrong, one sentence each. */
  readonly hints: readonly string[];
}

/** Names everything that keeps the subgraphs from composing. */
export class CompositionError extends Error {
  /** The problems in the words of the composer, each with its places. */
  readonly problems: readonly string[];
  /** The same problems, in the same order, in the words of a sector's team. */
  readonly details: readonly CompositionProblem[];

  constructor(details: readonly CompositionProblem[]) {
    const problems = details.map(({ text }) => text);
    super(`The subgraphs do not compose:\n  ${problems.join('\n  ')}`);
    this.name = 'CompositionError';
    this.problems = problems;
    this.details = details;
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
  return composeSubgraphs(parseSubgraphs(readSubgraphTexts(configPath), directory), directory);
}

/**
 * Parses subgraphs.
 *
 * @param directory folder that the places of problems are relative to
 * @throws CompositionError that names all that cannot be read or are no SDL
 */
export function parseSubgraphs(
  texts: readonly (SubgraphText | UnreadSubgraph)[],
  directory: string,
): readonly Subgraph[] {
  const problems: CompositionProblem[] = [];
  const refuse = (sector: string, error: Error): never[] => {
    problems.push(explainComposition(error, sector, [], directory));
    return [];
  };
  const subgraphs = texts.flatMap((text) => {
    if ('error' in text) return refuse(text.name, text.error);
    try {
      return [parseSubgraph(text)];
    } catch (error) {
      if (error instanceof GraphQLError) return refuse(text.name, error);
      throw error;
    }
  });
  if (problems.length > 0) throw new CompositionError(problems);
  return subgraphs;
}

/**
 * Composes subgraphs, of the working tree or of a published graph alike.
 *
 * @param directory folder that the places of problems are relative to
 * @throws CompositionError when they do not fit together
 */
export function composeSubgraphs(subgraphs: readonly Subgraph[], directory: string): Composed {
  const result = composeServices(
    subgraphs.map(({ name, routingUrl, whole }) => ({ name, url: routingUrl, typeDefs: whole })),
  );
  if (result.errors) {
    throw new CompositionError(
      result.errors.map((error) => explainComposition(error, null, subgraphs, directory)),
    );
  }
  return { sdl: result.supergraphSdl, hints: result.hints.map((hint) => hint.message) };
}
