// What verdicts are given on: one graph with its labels, read once for every caller.
import type { GraphQLSchema } from 'graphql';
import type { Requirements } from '../../subgraphs/kit/composition/requirements/requirements.ts';
import { readInputLabels, type InputLabels } from './input-labels.ts';
import { readPaths, type Paths } from './paths.ts';

/** One graph as verdicts see it. */
export interface JudgedGraph {
  readonly schema: GraphQLSchema;
  readonly requirements: Requirements;
  readonly paths: Paths;
  readonly inputLabels: InputLabels;
}

/**
 * Reads what verdicts are given on.
 *
 * @param schema the API schema that operations are validated against
 */
export function readJudgedGraph(schema: GraphQLSchema, requirements: Requirements): JudgedGraph {
  const inputLabels = readInputLabels(schema, requirements);
  return { schema, requirements, paths: readPaths(schema), inputLabels };
}
