// The graphs that were published before, newest first, for who looks for what is no longer in the
// present one; read one by one as they are asked for, each once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EarlierGraph } from '../check/earlier-sights.ts';
import { hashOfText, readSubgraphHashes } from '../supergraph-text.ts';
import type { JournalEntry } from './journal.ts';

/** How far it is looked back: each takes some milliseconds, and the walk is over with the first hit. */
const GRAPHS_MAX = 2_000;

/**
 * Gives the graphs of a journal. What was adopted is not among them but for the first: nobody has
 * accepted what it shows, before it was published by a command.
 *
 * @param directory of the record
 * @throws Error, where it is come to, for a graph that is missing or was changed
 */
export function earlierGraphs(
  directory: string,
  journal: readonly JournalEntry[],
): Iterable<EarlierGraph> {
  const accepted = journal.filter(({ kind }, index) => kind !== 'adopted' || index === 0);
  const newestFirst = accepted.map(({ generation }) => generation).reverse();
  const generations = [...new Set(newestFirst)].slice(0, GRAPHS_MAX);
  return {
    *[Symbol.iterator]() {
      for (const generation of generations) yield readGraphText(directory, generation);
    },
  };
}

/**
 * Finds the graph, adopted ones included, that had a subgraph of a name last.
 *
 * @param directory of the record
 * @returns its generation; null where none had it
 * @throws Error for a graph that is missing or was changed
 */
export function lastGraphWith(
  directory: string,
  journal: readonly JournalEntry[],
  subgraph: string,
): string | null {
  const generations = new Set(journal.map(({ generation }) => generation).reverse());
  for (const generation of generations) {
    const { supergraph } = readGraphText(directory, generation);
    if (readSubgraphHashes(supergraph).has(subgraph)) return generation;
  }
  return null;
}

function readGraphText(directory: string, generation: string): EarlierGraph {
  const file = join(directory, 'graphs', generation, 'supergraph.graphql');
  const again = 'Restore it from a backup: what comes back is compared with it.';
  let supergraph: string;
  try {
    supergraph = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`${file} of the record cannot be read. ${again}`, { cause });
  }
  if (hashOfText(supergraph) === generation) return { generation, supergraph };
  throw new Error(`${file} was changed after it was published. ${again}`);
}
