// Goes back to a graph that was published before. It is served as it was, for all sectors.
import { openedAgain } from '../../composition/check/widenings.ts';
import {
  readPublishedGraph,
  type PublishedGraph,
} from '../../composition/published/graph-store.ts';
import type { JournalEntry } from '../../composition/published/journal.ts';
import type { CliConfig } from '../config.ts';
import { assertOpens } from './assert-opens.ts';
import { holdPublished } from './publish-place.ts';

/** How it is gone back. */
export interface RollbackOptions {
  /** Number of an entry of the history, or the beginning of a generation; null for the one before. */
  readonly to: string | null;
  readonly acceptsWidening: boolean;
  readonly print: (line: string) => void;
}

/** What became of it. */
export type RollbackOutcome =
  | { readonly kind: 'unchanged'; readonly generation: string }
  | { readonly kind: 'refused'; readonly widenings: JournalEntry['widenings'] }
  | {
      readonly kind: 'rolled back';
      readonly entry: JournalEntry;
      /** Sectors whose schema is another one by it. */
      readonly sectors: readonly string[];
    };

/**
 * Goes back; nothing changes where it is refused.
 *
 * @throws Error for a graph that is not in the history, was changed since, or does not open
 */
export function rollbackGraph(
  config: CliConfig,
  { to, acceptsWidening, print }: RollbackOptions,
): Promise<RollbackOutcome> {
  return holdPublished(config, { purpose: 'rollback', print }, async (record) => {
    const { journal, current } = record;
    const generation = to === null ? generationBefore(journal) : generationNamed(journal, to);
    if (generation === current.generation) return { kind: 'unchanged', generation };
    const target = await readPublishedGraph(config.publishedDirectory, generation);
    // What a sector has closed since would be open again; and what a file has opened beside `publish`
    // is in the current graph already, and is not accepted by going back to another that has it, too.
    const again = openedAgain(current.supergraph, target.supergraph);
    const known = new Set(again.map(({ coordinate }) => coordinate));
    const beside = await record.notAccepted(target);
    const widenings = [...again, ...beside.filter(({ coordinate }) => !known.has(coordinate))];
    if (widenings.length > 0 && !acceptsWidening) return { kind: 'refused', widenings };
    await assertOpens(target.supergraph);
    const rest = { kind: 'rolled back', sector: null, widenings, migrations: {} } as const;
    const entry = await record.publish(target, rest);
    return { kind: 'rolled back', entry, sectors: changedSectors(current, target) };
  });
}

/** The graph that stood before the current one first did. */
function generationBefore(journal: readonly JournalEntry[]): string {
  const current = journal.at(-1)?.generation;
  const first = journal.find(({ generation }) => generation === current);
  if (first?.previous) return first.previous;
  throw new Error('There is no graph before the one that is published. Nothing was changed.');
}

function generationNamed(journal: readonly JournalEntry[], name: string): string {
  const known = new Set(journal.map(({ generation }) => generation));
  if (/^\d{1,6}$/.test(name)) {
    const entry = journal[Number(name) - 1];
    if (entry) return entry.generation;
    throw new Error(`The history has ${journal.length} entries, and none with number ${name}.`);
  }
  if (!/^[0-9a-f]{7,64}$/.test(name)) {
    throw new Error(
      `${name} names no graph. Say its number in \`publish --history\`, or 7 characters or more of ` +
        'its generation.',
    );
  }
  const [found, ...others] = [...known].filter((generation) => generation.startsWith(name));
  if (found === undefined) throw new Error(`No published graph begins with ${name}.`);
  if (others.length > 0) throw new Error(`Several published graphs begin with ${name}.`);
  return found;
}

function changedSectors(current: PublishedGraph, target: PublishedGraph): readonly string[] {
  const before = new Map(current.subgraphs.map(({ name, published }) => [name, published]));
  const after = new Map(target.subgraphs.map(({ name, published }) => [name, published]));
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}
