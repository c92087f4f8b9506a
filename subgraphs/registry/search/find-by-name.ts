// Finds subjects by name: those whose name is, begins with or contains the text, then those whose
// name is the text but for a slip.
//
// There are two ways to a page. The index of terms gives all names that it finds, which is cheap where
// they are few. Reading names in their order is cheap where matches are many, for the page is full
// soon: the order has nothing to do with names, so that matches are spread evenly. How common the
// terms of a text are tells which way to try first, and whether that filled the page, which is right.
import type { SectorContext } from '../../kit/index.ts';
import { findMistyped } from './find-mistyped.ts';
import {
  startReading,
  type ContainedRank,
  type NameReading,
  type NameSearch,
} from './name-reading.ts';
import {
  countByTerms,
  countInOrder,
  followsStretch,
  pageByTerms,
  pageInOrder,
  type NameHit,
} from './name-statements.ts';
import { RANKS, type NamePosition } from './search-position.ts';
import type { TermPlan } from './term-plan.ts';

/** Names that the index of terms may give without another way being tried. */
const FEW = 3_000;
/** Names read in order for a page, and for a count: as dear as the few of the other way. */
const PAGE_STRETCH = 8_000;
const COUNT_STRETCH = 20_000;

const BEFORE_ALL = { place: -1, code: '' } as const;
const CONTAINED_RANKS: readonly ContainedRank[] = [RANKS.EXACT, RANKS.PREFIX, RANKS.FRAGMENT];

/** Finds a page of subjects, each with its best name, in the order of the search. */
export async function findByName(
  search: NameSearch,
  after: NamePosition | null,
  limit: number,
  context: SectorContext,
): Promise<NameHit[]> {
  const reading = await startReading(search, context);
  const hits = (after?.rank ?? 0) < RANKS.TYPO ? await findContaining(reading, after, limit) : [];
  if (hits.length >= limit) return hits;
  const typoAfter = after?.rank === RANKS.TYPO ? after : null;
  return [...hits, ...(await findMistyped(reading, typoAfter, limit - hits.length))];
}

/** Counts the subjects that a search finds, up to `most`. */
export async function countByName(
  search: NameSearch,
  most: number,
  context: SectorContext,
): Promise<number> {
  const reading = await startReading(search, context);
  const containing = await countContaining(reading, most);
  if (containing >= most) return most;
  const mistyped = await findMistyped(reading, null, most - containing);
  return containing + mistyped.length;
}

async function findContaining(
  reading: NameReading,
  after: NamePosition | null,
  limit: number,
): Promise<NameHit[]> {
  const { lastRank } = reading;
  const plan = reading.planOf(lastRank);
  if (plan.namesMax <= FEW) {
    return readByTerms(reading, plan, [RANKS.EXACT, lastRank], after, limit);
  }
  const hits: NameHit[] = [];
  for (const rank of CONTAINED_RANKS.slice(after?.rank ?? 0, lastRank + 1)) {
    if (hits.length >= limit) break;
    const from = after?.rank === rank ? after : null;
    hits.push(...(await findOfRank(reading, rank, from, limit - hits.length)));
  }
  return hits;
}

async function findOfRank(
  reading: NameReading,
  rank: ContainedRank,
  after: NamePosition | null,
  limit: number,
): Promise<NameHit[]> {
  const plan = reading.planOf(rank);
  if (plan.namesMax > FEW) {
    const hits = await readInOrder(reading, rank, after, limit);
    if (hits.length >= limit || !(await isFollowed(reading, after, PAGE_STRETCH))) return hits;
  }
  return readByTerms(reading, plan, [rank, rank], after, limit);
}

function readByTerms(
  { run, filters }: NameReading,
  plan: TermPlan,
  [rankFrom, rankTo]: readonly [ContainedRank, ContainedRank],
  after: NamePosition | null,
  limit: number,
): Promise<NameHit[]> {
  return run<NameHit>(pageByTerms({ ...filters, lists: plan.anyOf.length }), {
    ...valuesOfPlan(plan),
    rankFrom,
    rankTo,
    afterRank: after?.rank ?? -1,
    afterPlace: after?.place ?? BEFORE_ALL.place,
    afterCode: after?.code ?? BEFORE_ALL.code,
    limit,
  });
}

function readInOrder(
  { run, filters }: NameReading,
  rank: ContainedRank,
  after: NamePosition | null,
  limit: number,
): Promise<NameHit[]> {
  const { place, code } = after ?? BEFORE_ALL;
  const values = { afterPlace: place, afterCode: code, stretch: PAGE_STRETCH, limit };
  return run<NameHit>(pageInOrder(filters, rank), values);
}

async function isFollowed(
  { run }: NameReading,
  after: NamePosition | null,
  stretch: number,
): Promise<boolean> {
  const { place, code } = after ?? BEFORE_ALL;
  const rows = await run(followsStretch(), { afterPlace: place, afterCode: code, stretch });
  return rows.length > 0;
}

async function countContaining(reading: NameReading, most: number): Promise<number> {
  const { run, filters, lastRank } = reading;
  const plan = reading.planOf(lastRank);
  if (plan.namesMax > FEW && lastRank !== RANKS.EXACT) {
    const [counted] = await run<{ found: number }>(countInOrder(filters, lastRank), {
      afterPlace: BEFORE_ALL.place,
      afterCode: BEFORE_ALL.code,
      stretch: COUNT_STRETCH,
      limit: most,
    });
    const found = counted?.found ?? 0;
    if (found >= most || !(await isFollowed(reading, null, COUNT_STRETCH))) return found;
  }
  const [counted] = await run<{ found: number }>(
    countByTerms({ ...filters, lists: plan.anyOf.length }),
    { ...valuesOfPlan(plan), rankTo: lastRank, limit: most },
  );
  return counted?.found ?? 0;
}

function valuesOfPlan({ all, anyOf }: TermPlan): Readonly<Record<string, unknown>> {
  return { terms: all, ...Object.fromEntries(anyOf.map((list, at) => [`anyOf${at}`, list])) };
}
