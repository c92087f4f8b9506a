// The world that a seed makes: what the first of two twins holds, and a graph that stands alone.
import { createRandom, type Random } from '../../../../subgraphs/kit/samples/random.ts';
import { legalDay } from '../../../../subgraphs/kit/values/legal-day.ts';
import { drawAccess } from './access-rows.ts';
import { makeDenseWorld } from './dense-world.ts';
import type { WholeWorld } from './open-graph.ts';
import { importTemplates, WORLD_POPULATION } from './template-rows.ts';
import type { World } from './world.ts';

/** A world, with what it was made of. */
export interface FirstWorld {
  readonly world: WholeWorld;
  /** Of the seed, for what is drawn beside the world. */
  readonly random: Random;
  readonly templates: World;
  /** All subjects. */
  readonly codes: readonly string[];
  /** The legal day of consents and grants. */
  readonly today: string;
}

/** Draws the world of a seed. */
export async function drawFirstWorld(seed: string): Promise<FirstWorld> {
  const random = createRandom(seed);
  const codes = [...WORLD_POPULATION.subjects()].map(({ code }) => code);
  const today = legalDay(new Date());
  templates ??= importTemplates();
  const rows = await templates;
  const world: WholeWorld = {
    records: makeDenseWorld(random.fork('world'), rows, codes),
    access: drawAccess(random.fork('access'), codes, today),
  };
  return { world, random, templates: rows, codes, today };
}

/** The same for every seed: imported once a process. */
let templates: Promise<World> | undefined;
