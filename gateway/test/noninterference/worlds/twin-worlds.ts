// Two graphs whose worlds differ in nothing that one caller may see.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../../../subgraphs/kit/samples/random.ts';
import type { Vocabulary } from '../operations/vocabulary.ts';
import { openingsOf, scrambleAccess } from './access-rows.ts';
import { callerHeaders, type CallerHeaders } from './caller-headers.ts';
import { authorityOfCaller, type ProofCaller } from './callers.ts';
import { drawFirstWorld } from './first-world.ts';
import { openGraph, type GraphOptions, type WholeWorld, type WorldGraph } from './open-graph.ts';
import { scramble } from './scramble.ts';
import { sharePlans } from './share-plans.ts';
import { codesOfStrangers, wordsOf } from './words-of-world.ts';
import type { World } from './world.ts';

/** The twins. */
export interface TwinWorlds {
  /** Their graphs: one holds the first world, the other what it is made for a caller. */
  readonly urls: readonly [first: string, second: string];
  readonly graphs: readonly [first: WorldGraph, second: WorldGraph];
  /** Folder of the keys of both gateways. */
  readonly dataDirectory: string;
  /** What the first graph holds. */
  readonly first: WholeWorld;
  /** Makes the second world for a caller, and gives the words to ask both with. */
  readonly turnTo: (caller: ProofCaller, round?: number) => Promise<Vocabulary>;
  /** Headers by which the graphs know a caller. */
  readonly headersOf: CallerHeaders;
  readonly close: () => Promise<void>;
}

const STRANGERS = 9;

/** Opens both graphs over the first world of a seed. */
export async function openTwins(
  seed: string,
  options: Omit<GraphOptions, 'dataDirectory'> = {},
): Promise<TwinWorlds> {
  const { world: first, random, templates, codes, today } = await drawFirstWorld(seed);
  const dataDirectory = await mkdtemp(join(tmpdir(), 'credit-twins-'));
  const graphs = await openBoth({ ...options, dataDirectory });
  const close = async (): Promise<void> => {
    await Promise.all(graphs.map((graph) => graph.close()));
    await rm(dataDirectory, { recursive: true, force: true });
  };
  await graphs[0].fill(first);
  let held: { readonly name: string; readonly second: WholeWorld } | undefined;
  return {
    urls: [graphs[0].url, graphs[1].url],
    graphs,
    dataDirectory,
    first,
    close,
    turnTo: async (caller, round = 0) => {
      const name = `${caller.name} ${round}`;
      const own = random.fork(name);
      const strangers = codesOfStrangers(STRANGERS);
      if (held?.name !== name) {
        const second = makeSecond(own, first, { caller, templates, codes, strangers, today });
        await graphs[1].fill(second);
        held = { name, second };
      }
      const { second } = held;
      return wordsOf(own.fork('words'), [first.records, second.records], codes, strangers);
    },
    headersOf: callerHeaders(dataDirectory),
  };
}

/** One after the other: a planner that is loaded keeps the thread, and what waits beside it runs late. */
async function openBoth(
  options: GraphOptions,
): Promise<readonly [first: WorldGraph, second: WorldGraph]> {
  const endSharing = sharePlans();
  try {
    const first = await openGraph(options);
    try {
      return [first, await openGraph(options)];
    } catch (error) {
      await first.close();
      throw error;
    }
  } finally {
    endSharing();
  }
}

function makeSecond(
  random: Random,
  first: WholeWorld,
  of: {
    readonly caller: ProofCaller;
    readonly templates: World;
    readonly codes: readonly string[];
    readonly strangers: readonly string[];
    readonly today: string;
  },
): WholeWorld {
  const { caller, today, ...sources } = of;
  const openings = openingsOf(first.access);
  return {
    records: scramble(random.fork('records'), first.records, {
      ...sources,
      authorityOver: (sector, subject) => authorityOfCaller(caller, sector.name, subject, openings),
    }),
    access: scrambleAccess(random.fork('access'), first.access, caller.inquiry, of.codes, today),
  };
}
