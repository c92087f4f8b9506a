// Finds subjects by name: those whose name is, begins with or contains the text, then those whose
// name is the text but for a slip.
//
// There are two ways to a page. The index of terms gives all names that it finds, which is cheap where
// they are few. Reading names in their order is cheap where matches are many, for the page is full
// soon: the order has nothing to do with names, so that matches are spread evenly. Between the two the
// index is asked for a slice of the order. How common the terms of a text are tells where to begin.
import type { SectorContext } from '../../kit/index.ts';
import { findMistyped } from './find-mistyped.ts';
import {
  startReading,
  type ContainedRank,
  type NameReading,
  type NameSearch,
} from './name-reading.ts';
import {
  countByTermsStatement,
  countInOrderStatement,
  followsStretchStatement,
  pageByTermsStatement,
  pageInOrderStatement,
  type NameHit,
} from './name-statements.ts';
import { RANKS, type NamePosition } from './search-position.ts';
import type { TermPlan } from './term-plan.ts';
import { bucketOf, BUCKETS, firstPlaceOf, PLACES, term } from './term.ts';

/** How far each way is gone before the next is tried. */
export interface SearchWays {
  /** Names that the index of terms may give without another way being tried. */
  readonly few: number;
  /** Names read in order for a page, and for a count. */
  readonly pageStretch: number;
  /** Names read in order for a page that a first stretch has filled in part. */
  readonly pageStretchMax: number;
  readonly countStretch: number;
  /** Buckets of a slice. */
  readonly sliceBuckets: number;
}

/** Measured on a million subjects: each step costs a few milliseconds at most. */
const WAYS: SearchWays = {
  few: 2_500,
  pageStretch: 2_000,
  pageStretchMax: 10_000,
  countStretch: 8_000,
  sliceBuckets: 3,
};

/** What should hold so many matches holds them nearly always with half as many names again. */
const SPARE = 1.5;

const BEFORE_ALL = { place: -1, code: '' } as const;
const CONTAINED_RANKS: readonly ContainedRank[] = [RANKS.EXACT, RANKS.PREFIX, RANKS.FRAGMENT];

/** Finds a page of subjects, each with its best name, in the order of the search. */
export async function findByName(
  search: NameSearch,
  after: NamePosition | null,
  limit: number,
  context: SectorContext,
  ways: SearchWays = WAYS,
): Promise<NameHit[]> {
  const reading = await startReading(search, context);
  const isContained = (after?.rank ?? 0) < RANKS.TYPO;
  const hits = isContained ? await findContaining(reading, after, limit, ways) : [];
  if (hits.length >= limit) return hits;
  const typoAfter = after?.rank === RANKS.TYPO ? after : null;
  return [...hits, ...(await findMistyped(reading, typoAfter, limit - hits.length))];
}

/** Counts the subjects that a search finds, up to `most`. */
export async function countByName(
  search: NameSearch,
  most: number,
  context: SectorContext,
  ways: SearchWays = WAYS,
): Promise<number> {
  const reading = await startReading(search, context);
  const containing = await countContaining(reading, most, ways);
  if (containing >= most) return most;
  const mistyped = await findMistyped(reading, null, most - containing);
  return containing + mistyped.length;
}

async function findContaining(
  reading: NameReading,
  after: NamePosition | null,
  limit: number,
  ways: SearchWays,
): Promise<NameHit[]> {
  const { lastRank } = reading;
  const plan = reading.planOf(lastRank);
  if (plan.namesMax <= ways.few) {
    return pageByTerms(reading, plan, { ranks: [RANKS.EXACT, lastRank], after, limit });
  }
  const hits: NameHit[] = [];
  for (const rank of CONTAINED_RANKS.slice(after?.rank ?? 0, lastRank + 1)) {
    if (hits.length >= limit) break;
    const from = after?.rank === rank ? after : { rank, ...BEFORE_ALL };
    hits.push(...(await findOfRank(reading, from, limit - hits.length, ways)));
  }
  return hits;
}

/** Finds matches of the rank of a position, after it. */
async function findOfRank(
  reading: NameReading,
  after: NamePosition,
  limit: number,
  ways: SearchWays,
): Promise<NameHit[]> {
  const rank = after.rank as ContainedRank;
  const plan = reading.planOf(rank);
  const ranks = [rank, rank] as const;
  if (plan.namesMax <= ways.few) return pageByTerms(reading, plan, { ranks, after, limit });

  const inOrder = await findInOrder(reading, plan, after, limit, ways);
  if (inOrder !== null) return inOrder;

  // So rare as not to fill the page from that stretch, a slice that has it at all has few.
  const from = bucketOf(Math.max(0, after.place));
  const to = Math.min(BUCKETS, from + ways.sliceBuckets);
  const inSlice = await pageByTerms(reading, withBuckets(plan, from, to), { ranks, after, limit });
  if (inSlice.length >= limit || to === BUCKETS) return inSlice;
  const rest = await pageByTerms(reading, plan, {
    ranks,
    after: { rank, place: firstPlaceOf(to), code: '' },
    limit: limit - inSlice.length,
  });
  return [...inSlice, ...rest];
}

/** Reads a stretch, and a longer one where that should fill the page; null if it does not. */
async function findInOrder(
  reading: NameReading,
  plan: TermPlan,
  after: NamePosition,
  limit: number,
  { pageStretch, pageStretchMax }: SearchWays,
): Promise<NameHit[] | null> {
  const most = (pageStretch * plan.namesMax) / reading.names;
  // Not more than half a page can be expected: the index is asked at once.
  if (most < limit / 2 && mayBeFollowed(reading, after, pageStretch)) return null;
  let stretch = pageStretch;
  for (;;) {
    const hits = await pageInOrder(reading, after, stretch, limit);
    if (hits.length >= limit) return hits;
    if (!(await isFollowed(reading, after, stretch))) return hits;
    const wanted = Math.ceil((SPARE * stretch * limit) / hits.length);
    if (stretch > pageStretch || wanted > pageStretchMax) return null;
    stretch = wanted;
  }
}

function withBuckets(plan: TermPlan, from: number, to: number): TermPlan {
  const buckets = Array.from({ length: to - from }, (_, at) => term.bucket(from + at));
  return { ...plan, anyOf: [...plan.anyOf, buckets] };
}

interface PageOrder {
  readonly ranks: readonly [first: ContainedRank, last: ContainedRank];
  readonly after: NamePosition | null;
  readonly limit: number;
}

function pageByTerms(
  { run, filters }: NameReading,
  plan: TermPlan,
  { ranks, after, limit }: PageOrder,
): Promise<NameHit[]> {
  return run<NameHit>(pageByTermsStatement({ ...filters, lists: plan.anyOf.length }), {
    ...valuesOfPlan(plan),
    rankFrom: ranks[0],
    rankTo: ranks[1],
    afterRank: after?.rank ?? RANKS.EXACT,
    afterPlace: after?.place ?? BEFORE_ALL.place,
    afterCode: after?.code ?? BEFORE_ALL.code,
    limit,
  });
}

function pageInOrder(
  { run, filters }: NameReading,
  { rank, place, code }: NamePosition,
  stretch: number,
  limit: number,
): Promise<NameHit[]> {
  const values = { afterPlace: place, afterCode: code, stretch, limit };
  return run<NameHit>(pageInOrderStatement(filters, rank as ContainedRank), values);
}

/** Tells whether names follow a stretch; where none do it may say so, which costs a look. */
async function isFollowed(
  reading: NameReading,
  { place, code }: Pick<NamePosition, 'place' | 'code'>,
  stretch: number,
): Promise<boolean> {
  if (mayBeFollowed(reading, { place }, stretch)) return true;
  const { run } = reading;
  const values = { afterPlace: place, afterCode: code, stretch };
  return (await run(followsStretchStatement(), values)).length > 0;
}

/** Tells whether far more names than a stretch should stand behind a place. */
function mayBeFollowed(
  { names }: NameReading,
  { place }: Pick<NamePosition, 'place'>,
  stretch: number,
): boolean {
  const left = 1 - Math.max(0, place) / PLACES;
  return Number.isFinite(names) && names * left > 2 * stretch;
}

async function countContaining(
  reading: NameReading,
  most: number,
  ways: SearchWays,
): Promise<number> {
  const plan = reading.planOf(reading.lastRank);
  if (plan.namesMax <= ways.few) return countByTerms(reading, plan, most);
  // A short stretch tells whether a long one should hold enough.
  let stretch = Math.min(ways.pageStretch, ways.countStretch);
  let inOrder = 0;
  for (;;) {
    inOrder = await countInOrder(reading, most, stretch);
    if (inOrder >= most || !(await isFollowed(reading, BEFORE_ALL, stretch))) return inOrder;
    const isEnough = (inOrder / stretch) * ways.countStretch >= SPARE * most;
    if (!isEnough || stretch >= ways.countStretch) break;
    stretch = ways.countStretch;
  }

  // So does a slice of the size that what the stretch held asks for.
  const share = inOrder / stretch;
  const buckets = Math.ceil((SPARE * most * BUCKETS) / (share * reading.names));
  if (buckets > 0 && buckets < BUCKETS / 2) {
    const inSlice = await countByTerms(reading, withBuckets(plan, 0, buckets), most);
    if (inSlice >= most) return inSlice;
  }
  return countByTerms(reading, plan, most);
}

async function countByTerms(
  { run, filters, lastRank }: NameReading,
  plan: TermPlan,
  most: number,
): Promise<number> {
  const [counted] = await run<{ found: number }>(
    countByTermsStatement({ ...filters, lists: plan.anyOf.length }),
    { ...valuesOfPlan(plan), rankTo: lastRank, limit: most },
  );
  return counted?.found ?? 0;
}

async function countInOrder(
  { run, filters, lastRank }: NameReading,
  most: number,
  stretch: number,
): Promise<number> {
  const [counted] = await run<{ found: number }>(countInOrderStatement(filters, lastRank), {
    afterPlace: BEFORE_ALL.place,
    afterCode: BEFORE_ALL.code,
    stretch,
    limit: most,
  });
  return counted?.found ?? 0;
}

function valuesOfPlan({ all, anyOf }: TermPlan): Readonly<Record<string, unknown>> {
  return { terms: all, ...Object.fromEntries(anyOf.map((list, at) => [`anyOf${at}`, list])) };
}
