// The graph that one sector's new schema makes of the published one: the others stay as they are
// published, whatever stands in the working tree.
import type { Subgraph, SubgraphText, UnreadSubgraph } from '../subgraph.ts';
import { hashOfText, supergraphText } from '../supergraph-text.ts';
import { publishedSubgraph, type PublishedGraph } from './graph-store.ts';

/**
 * Puts a subgraph in the place of the one that is published, or beside the others where it is new.
 *
 * @param order names in the order in which subgraphs are composed, as supergraph.yaml has them
 */
export function withSubgraph<Own extends SubgraphText | UnreadSubgraph>(
  { subgraphs }: PublishedGraph,
  own: Own,
  order: readonly string[],
): readonly (SubgraphText | Own)[] {
  const others = subgraphs.filter(({ name }) => name !== own.name);
  // What supergraph.yaml no longer names is published all the same, and stays last.
  const rank = ({ name }: SubgraphText | Own): number =>
    order.includes(name) ? order.indexOf(name) : order.length;
  return [...others, own].sort((a, b) => rank(a) - rank(b));
}

/** Makes the graph of subgraphs and what they were composed to. */
export function graphOf(subgraphs: readonly Subgraph[], sdl: string): PublishedGraph {
  const supergraph = supergraphText(subgraphs, sdl);
  return {
    generation: hashOfText(supergraph),
    supergraph,
    subgraphs: subgraphs.map(publishedSubgraph),
  };
}
