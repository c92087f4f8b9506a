// Where this command line publishes, and what it finds there: the record of published graphs and the
// schemas of the working tree.
import { relative } from 'node:path';
import { readSubgraphTexts, type Subgraph, type SubgraphText } from '../../composition/subgraph.ts';
import type { LockOptions } from '../../composition/published/file-lock.ts';
import type { PublishedGraph } from '../../composition/published/graph-store.ts';
import {
  readServedGraph,
  withPublished,
  type HeldRecord,
  type PublishedPlace,
} from '../../composition/published/published-graphs.ts';
import { claimDataFolder } from '../../database/embedded/data-folder.ts';
import { SUPERGRAPH_CONFIG_FILE, type CliConfig } from '../config.ts';
import { committedSubgraphs, readable } from './committed-subgraphs.ts';

/** Longest wait for another command that publishes: longer than one takes. */
const LOCK_MS = 120_000;

/** Says where the record is. */
export function publishedPlace(config: CliConfig): PublishedPlace {
  return { directory: config.publishedDirectory, file: config.supergraphFile };
}

/** Does something with the record while nobody else publishes. */
export async function holdPublished<T>(
  config: CliConfig,
  options: Pick<LockOptions, 'purpose'> & { readonly print: (line: string) => void },
  work: (record: HeldRecord) => Promise<T>,
): Promise<T> {
  const { purpose, print } = options;
  const isWithin = !relative(config.dataDirectory, config.publishedDirectory).startsWith('..');
  if (isWithin) await claimDataFolder(config.dataDirectory);
  const lock: LockOptions = {
    purpose,
    deadlineMs: LOCK_MS,
    onWait: (owner) => {
      print(`waiting for "${owner.purpose}" of process ${owner.processId} on ${owner.host}`);
    },
  };
  return withPublished(publishedPlace(config), sources, lock, work);
}

/** Reads the schemas of the working tree; those that cannot be read are left out. */
export function workingTree(): readonly SubgraphText[] {
  return readSubgraphTexts(SUPERGRAPH_CONFIG_FILE).flatMap((text) =>
    'error' in text ? [] : [text],
  );
}

/** Reads the graph that is served now; nobody is waited for. */
export function servedGraph(config: CliConfig): Promise<PublishedGraph> {
  return readServedGraph(publishedPlace(config), sources);
}

async function sources(): Promise<readonly Subgraph[]> {
  const texts = workingTree();
  return [...texts.flatMap(readable), ...(await committedSubgraphs(texts))];
}
