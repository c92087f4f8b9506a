// One graph over the world of a seed, for tests that hold answers against what the world holds, and not
// against those of a twin.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callerHeaders, type CallerHeaders } from './caller-headers.ts';
import { drawFirstWorld } from './first-world.ts';
import { openGraph, type GraphOptions, type WholeWorld, type WorldGraph } from './open-graph.ts';

/** A graph with what it holds. */
export interface SingleWorld {
  readonly url: string;
  readonly graph: WorldGraph;
  /** Folder of the keys of the gateway. */
  readonly dataDirectory: string;
  readonly world: WholeWorld;
  /** Its subjects; those of which most is known come first. */
  readonly codes: readonly string[];
  readonly headersOf: CallerHeaders;
  readonly close: () => Promise<void>;
}

/** Opens and fills it. */
export async function openSingleWorld(
  seed: string,
  options: Omit<GraphOptions, 'dataDirectory'> = {},
): Promise<SingleWorld> {
  const { world, codes } = await drawFirstWorld(seed);
  const dataDirectory = await mkdtemp(join(tmpdir(), 'credit-world-'));
  const graph = await openGraph({ ...options, dataDirectory });
  await graph.fill(world);
  return {
    url: graph.url,
    graph,
    dataDirectory,
    world,
    codes,
    headersOf: callerHeaders(dataDirectory),
    close: async () => {
      await graph.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
