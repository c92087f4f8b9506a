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
  /** Names read in order for a page. */
  readonly pageStretch: number;
  /** Names read in order for a page that a first stretch has filled in part. */
  readonly pageStretchMax: number;
  /** Names that the first slice should give at least, and buckets that a slice has at most. */
  readonly sliceNames: number;
  readonly slicedBucketsMax: number;
}

/** Measured on a million subjects: each step costs a few milliseconds at most. */
const WAYS: SearchWays = {
  few: 1_500,
  pageStretch: 2_000,
  pageStretchMax: 4_000,
  sliceNames: 100,
  slicedBucketsMax: 32,
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
  return (await findByName(search, null, most, context, ways)).length;
}

async function findContaining(
  reading: NameReading,
  after: NamePosition | null,
  limit: number,
  ways: SearchWays,
): Promise<NameHit[]> {
  const hits: NameHit[] = [];
  let ranks = CONTAINED_RANKS.slice(after?.rank ?? 0, reading.lastRank + 1);
  for (let [rank] = ranks; rank !== undefined && hits.length < limit; [rank] = ranks) {
    const from = after?.rank === rank ? after : { rank, ...BEFORE_ALL };
    const left = limit - hits.length;
    // The names of a rank are among those that the terms of the next one find.
    const last = ranks.findLast((each) => reading.planOf(each).namesMax <= ways.few);
    const found =
      last === undefined
        ? await findOfRank(reading, from, left, ways)
        : await pageByTerms(reading, reading.planOf(last), [rank, last], from, left);
    hits.push(...found);
    ranks = ranks.filter((each) => each > (last ?? rank));
  }
  return hits;
}

/** Finds matches of the rank of a position, after it, where there are many names. */
async function findOfRank(
  reading: NameReading,
  after: NamePosition,
  limit: number,
  ways: SearchWays,
): Promise<NameHit[]> {
  const plan = reading.planOf(after.rank as ContainedRank);
  const inOrder = await findInOrder(reading, plan, after, limit, ways);
  return inOrder ?? findInSlices(reading, plan, after, limit, ways);
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

/**
 * Asks the index for a slice of the order that should fill the page if every name of it matched, then
 * for one as large as the first one says, then for the rest, which has few by then.
 */
async function findInSlices(
  reading: NameReading,
  plan: TermPlan,
  after: NamePosition,
  limit: number,
  { sliceNames, slicedBucketsMax }: SearchWays,
): Promise<NameHit[]> {
  const rank = after.rank as ContainedRank;
  const hits: NameHit[] = [];
  let position = after;
  let from = bucketOf(Math.max(0, after.place));
  let size = Math.max(
    1,
    Math.ceil((BUCKETS * Math.max(sliceNames, SPARE * limit)) / plan.namesMax),
  );
  for (;;) {
    const left = limit - hits.length;
    const to = from + size;
    const isRest = to >= BUCKETS || size > slicedBucketsMax;
    const part = isRest ? plan : withBuckets(plan, from, to);
    const found = await pageByTerms(reading, part, [rank, rank], position, left);
    hits.push(...found);
    if (isRest || hits.length >= limit) return hits;
    position = { rank, place: firstPlaceOf(to), code: '' };
    from = to;
    size = Math.ceil((SPARE * size * (left - found.length)) / found.length);
  }
}

function withBuckets(plan: TermPlan, from: number, to: number): TermPlan {
  const buckets = Array.from({ length: to - from }, (_, at) => term.bucket(from + at));
  return { ...plan, anyOf: [...plan.anyOf, buckets] };
}

function pageByTerms(
  { run, filters }: NameReading,
  plan: TermPlan,
  [rankFrom, rankTo]: readonly [first: ContainedRank, last: ContainedRank],
  after: NamePosition,
  limit: number,
): Promise<NameHit[]> {
  return run<NameHit>(pageByTermsStatement({ ...filters, lists: plan.anyOf.length }), {
    ...valuesOfPlan(plan),
    rankFrom,
    rankTo,
    afterRank: after.rank,
    afterPlace: after.place,
    afterCode: after.code,
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
  after: NamePosition,
  stretch: number,
): Promise<boolean> {
  if (mayBeFollowed(reading, after, stretch)) return true;
  const { run } = reading;
  const { place, code } = after;
  const values = { afterPlace: place, afterCode: code, stretch };
  return (await run(followsStretchStatement(), values)).length > 0;
}

/** Tells whether far more names than a stretch should stand behind a place. */
function mayBeFollowed({ names }: NameReading, { place }: NamePosition, stretch: number): boolean {
  const left = 1 - Math.max(0, place) / PLACES;
  return Number.isFinite(names) && names * left > 2 * stretch;
}

function valuesOfPlan({ all, anyOf }: TermPlan): Readonly<Record<string, unknown>> {
  return { terms: all, ...Object.fromEntries(anyOf.map((list, at) => [`anyOf${at}`, list])) };
}
