// Takes a supergraph file that `publish` has not written, as the one that ships, for published: the
// schemas that it was composed of are found by the hashes in its note.
import { parse } from 'graphql';
import type { Subgraph } from '../subgraph.ts';
import { hashOfSchema, hashOfText, readSubgraphHashes } from '../supergraph-text.ts';
import { publishedSubgraph, type PublishedGraph, type PublishedSubgraph } from './graph-store.ts';

/**
 * Finds what a supergraph was composed of.
 *
 * @param published the subgraphs published last, which are looked at first
 * @throws Error naming the sectors whose schema is in neither, and what to do
 */
export function adoptGraph(
  file: string,
  supergraph: string,
  published: readonly PublishedSubgraph[],
  sources: readonly Subgraph[],
): PublishedGraph {
  const hashes = readSubgraphHashes(supergraph);
  if (hashes.size === 0) {
    throw new Error(
      `${file} does not say what it was composed of. Write it with \`npm run supergraph\`, from ` +
        'the schemas that are served now.',
    );
  }
  const candidates = [...published, ...sources.map(publishedSubgraph)].map((subgraph) => ({
    subgraph,
    hash: hashOfSchema(parse(subgraph.published)),
  }));
  const missing: string[] = [];
  const subgraphs = [...hashes].flatMap(([name, hash]) => {
    const found = candidates.find((one) => one.subgraph.name === name && one.hash === hash);
    if (!found) missing.push(name);
    return found ? [found.subgraph] : [];
  });
  if (missing.length > 0) {
    throw new Error(
      `${file} is made of other schemas of ${missing.join(', ')} than stand in the working tree, ` +
        'and these have not been published. Set their changes aside (git stash), publish, and take ' +
        'them up again; or write the file anew with `npm run supergraph` if all of it is to be served.',
    );
  }
  return { generation: hashOfText(supergraph), supergraph, subgraphs };
}
