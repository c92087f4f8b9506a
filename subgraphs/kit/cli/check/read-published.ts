// What is published, as a check reads it: the supergraph, the schemas it was composed of where they are
// on record, and the migrations that were released.
import { readFile } from 'node:fs/promises';
import type { EarlierGraph } from '../../composition/check/earlier-sights.ts';
import { earlierGraphs, lastGraphWith } from '../../composition/published/earlier-graphs.ts';
import {
  readPublishedGraph,
  type PublishedGraph,
} from '../../composition/published/graph-store.ts';
import { readJournal, type JournalEntry } from '../../composition/published/journal.ts';
import { wideningsSinceAccepted } from '../../composition/published/published-graphs.ts';
import type { PublishedRows } from '../../composition/check/row-disclosure.ts';
import { publishedRows } from '../../composition/published/published-rows.ts';
import { releasedMigrations } from '../../composition/published/released-migrations.ts';
import { hashOfText } from '../../composition/supergraph-text.ts';

/** What is published. */
export interface Published {
  /** The supergraph; null where there is none. */
  readonly supergraph: string | null;
  /** With the schemas that it was composed of; null where the supergraph is not one on record. */
  readonly graph: PublishedGraph | null;
  /** What was published before, newest first. */
  readonly earlier: Iterable<EarlierGraph>;
  /** Checksums of the migrations that were ever released with a sector, by file name. */
  readonly released: (sector: string) => ReadonlyMap<string, string>;
  /** What a graph would show to more callers than what was accepted last, by a file written since. */
  readonly notAccepted: (supergraph: string) => Promise<JournalEntry['widenings']>;
  /** Generation of the graph that had a subgraph of this name last; null where none had. */
  readonly lastWith: (sector: string) => string | null;
  /** Row classes and clocks as they were published; null where that is not on record. */
  readonly rows: (sector: string) => PublishedRows | null;
}

/**
 * Reads what is published, without waiting for who publishes at this moment.
 *
 * @param file of the supergraph that is served
 * @param directory of the record
 */
export async function readPublished(file: string, directory: string): Promise<Published> {
  const supergraph = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return null;
    throw error;
  });
  const journal = await readJournal(directory);
  const generation = supergraph === null ? '' : hashOfText(supergraph);
  const isOnRecord = journal.some((entry) => entry.generation === generation);
  const graph = isOnRecord ? await readPublishedGraph(directory, generation) : null;
  return {
    supergraph,
    graph,
    earlier: earlierGraphs(directory, journal),
    released: (sector) => new Map(Object.entries(releasedMigrations(journal, sector) ?? {})),
    notAccepted: (next) => wideningsSinceAccepted(directory, journal, generation, next),
    lastWith: (sector) => lastGraphWith(directory, journal, sector),
    rows: (sector) => publishedRows(journal, sector),
  };
}
