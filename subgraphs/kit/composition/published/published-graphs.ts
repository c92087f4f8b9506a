// The record of what was published, and the one way to change it: under a lock, the graph first, then
// the journal, then the file that gateways follow. The file is what counts: a process that stopped
// before it wrote that has published nothing.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOfText, readSubgraphHashes } from '../supergraph-text.ts';
import type { Subgraph } from '../subgraph.ts';
import { inheritance } from '../check/inheritance.ts';
import { wideningOf, wideningsBetween } from '../check/widenings.ts';
import { adoptGraph } from './adopt-graph.ts';
import { earlierGraphs, lastGraphWith } from './earlier-graphs.ts';
import { withFileLock, type HeldLock, type LockOptions } from './file-lock.ts';
import { readPublishedGraph, writePublishedGraph, type PublishedGraph } from './graph-store.ts';
import { appendEntry, readJournal, type JournalEntry } from './journal.ts';
import { writeFileWhole } from './write-file.ts';

/** Where published graphs are kept, and where the current one is served from. */
export interface PublishedPlace {
  /** Folder of the record. */
  readonly directory: string;
  /** The file of the supergraph that gateways follow. */
  readonly file: string;
}

/** The record while it is held: nobody else changes it. */
export interface HeldRecord {
  readonly journal: readonly JournalEntry[];
  /** The graph that is published now. */
  readonly current: PublishedGraph;
  /** What a graph would show to more callers by what was adopted since the last publish or rollback. */
  readonly notAccepted: (graph: PublishedGraph) => Promise<JournalEntry['widenings']>;
  /**
   * Makes a graph the current one.
   *
   * @throws Error when the lock was lost; nothing was changed then
   */
  readonly publish: (
    graph: PublishedGraph,
    entry: Pick<JournalEntry, 'kind' | 'sector' | 'widenings' | 'migrations' | 'rows'>,
  ) => Promise<JournalEntry>;
}

/**
 * Does something with the record while nobody else changes it. Where nothing has been published, or
 * the file of the supergraph was written by other means since, what is in the file is adopted first.
 *
 * @param sources gives the subgraphs as they stand in the working tree and wherever else those of an
 *   adopted file may be found
 * @throws Error when another process holds the record until the deadline, or when the file is made of
 *   schemas that are neither published nor among the sources
 */
export async function withPublished<T>(
  place: PublishedPlace,
  sources: () => Promise<readonly Subgraph[]>,
  options: LockOptions,
  work: (record: HeldRecord) => Promise<T>,
): Promise<T> {
  await mkdir(place.directory, { recursive: true });
  return withFileLock(join(place.directory, 'lock'), options, async (lock) => {
    const journal = await settle(place, sources, lock);
    const last = journal.at(-1);
    if (!last) throw new Error('a record was settled and holds nothing');
    const current = await readPublishedGraph(place.directory, last.generation);
    return work({
      journal,
      current,
      notAccepted: ({ supergraph }) =>
        wideningsSinceAccepted(place.directory, journal, last.generation, supergraph),
      publish: (graph, entry) => write(place, lock, graph, { ...entry, previous: last.generation }),
    });
  });
}

/** Reads the journal as it stands, without waiting for who holds it. */
export function readPublishedJournal(place: PublishedPlace): Promise<readonly JournalEntry[]> {
  return readJournal(place.directory);
}

/**
 * Reads the graph that is served, without waiting for who publishes at this moment; nothing is
 * adopted by it.
 *
 * @throws Error as {@link withPublished} for a file of unknown schemas
 */
export async function readServedGraph(
  place: PublishedPlace,
  sources: () => Promise<readonly Subgraph[]>,
): Promise<PublishedGraph> {
  const text = await readServedText(place.file);
  return graphOfText(place, text, await readJournal(place.directory), sources);
}

/** What gateways follow; publishing begins from it. */
async function readServedText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ENOENT') throw cause;
    throw new Error(
      `There is no supergraph at ${file}. Set SUPERGRAPH_FILE to the one that gateways follow; for a ` +
        'new one copy gateway/supergraph/supergraph.graphql there.',
      { cause },
    );
  }
}

/** Brings journal and file together. */
async function settle(
  place: PublishedPlace,
  sources: () => Promise<readonly Subgraph[]>,
  lock: HeldLock,
): Promise<readonly JournalEntry[]> {
  const journal = await readJournal(place.directory);
  const last = journal.at(-1);
  const text = await readServedText(place.file);
  const generation = hashOfText(text);
  if (last?.generation === generation) return journal;
  const adopted = await graphOfText(place, text, journal, sources);
  const entry = await write(place, lock, adopted, {
    kind: 'adopted',
    sector: null,
    previous: last?.generation ?? null,
    widenings: last
      ? await wideningsSince(place.directory, journal, last.generation, adopted.supergraph)
      : [],
    migrations: {},
  });
  return [...journal, entry];
}

/**
 * Finds what a graph shows to more callers than what was accepted last: by a publish or a rollback, and
 * before the first of them by the first graph. What was adopted since nobody has accepted, and neither
 * what is served and has yet to be adopted.
 *
 * @param served generation of the file that is served
 */
export async function wideningsSinceAccepted(
  directory: string,
  journal: readonly JournalEntry[],
  served: string,
  supergraph: string,
): Promise<JournalEntry['widenings']> {
  const accepted = journal.findLast(({ kind }) => kind !== 'adopted') ?? journal[0];
  if (!accepted) return [];
  if (accepted === journal.at(-1) && accepted.generation === served) return [];
  return wideningsSince(directory, journal, accepted.generation, supergraph);
}

async function wideningsSince(
  directory: string,
  journal: readonly JournalEntry[],
  generation: string,
  supergraph: string,
): Promise<JournalEntry['widenings']> {
  const { supergraph: before } = await readPublishedGraph(directory, generation);
  if (before === supergraph) return [];
  const then = journal.findLastIndex((entry) => entry.generation === generation);
  const known = readSubgraphHashes(before);
  const inherited = [...readSubgraphHashes(supergraph).keys()]
    .filter((name) => !known.has(name))
    .flatMap((name) => {
      const earlier = lastGraphWith(directory, journal.slice(0, then), name);
      return earlier === null ? [] : wideningOf(inheritance(name, earlier));
    });
  return [...wideningsBetween(before, supergraph, earlierGraphs(directory, journal)), ...inherited];
}

async function write(
  place: PublishedPlace,
  lock: HeldLock,
  graph: PublishedGraph,
  rest: Omit<JournalEntry, 'at' | 'generation'>,
): Promise<JournalEntry> {
  const entry = { at: new Date().toISOString(), generation: graph.generation, ...rest };
  await writePublishedGraph(place.directory, graph);
  await lock.assertHeld();
  await appendEntry(place.directory, entry);
  if (rest.kind !== 'adopted') await writeFileWhole(place.file, graph.supergraph);
  return entry;
}

/** Finds the graph of a text: on record, or made of schemas that are. */
async function graphOfText(
  { directory, file }: PublishedPlace,
  text: string,
  journal: readonly JournalEntry[],
  sources: () => Promise<readonly Subgraph[]>,
): Promise<PublishedGraph> {
  const generation = hashOfText(text);
  const isOnRecord = journal.some((entry) => entry.generation === generation);
  if (isOnRecord) return readPublishedGraph(directory, generation);
  const last = journal.at(-1);
  const published = last ? (await readPublishedGraph(directory, last.generation)).subgraphs : [];
  return adoptGraph(file, text, published, await sources());
}
