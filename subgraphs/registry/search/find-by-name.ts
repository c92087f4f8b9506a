// Finds subjects by name: those whose name is, begins with or contains the text, then those whose
// name is the text but for a slip.
//
// There are three ways to a page. The index of terms gives all names that it finds, which is cheap where
// they are few. Where they are many, it gives those of a slice of the order, as large as fills the page:
// the order has nothing to do with names, so that matches are spread evenly. Where nearly every name
// matches, reading names in their order is cheaper still. How common the terms of a text are tells which
// way to go.
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
  type PageRow,
} from './name-statements.ts';
import { RANKS, type NamePosition } from './search-position.ts';
import { levelOf, levelOfNext } from './slice-levels.ts';
import type { TermChoice, TermPlan } from './term-plan.ts';
import { endOfSlice, PLACES, sliceAt, term } from './term.ts';

/** How far each way is gone before the next is tried. */
export interface SearchWays {
  /** Names that the index of terms is asked for at once, as far as can be expected. */
  readonly few: number;
  /** Names that it then gives without another way being tried, beside those that fill the page. */
  readonly fewMax: number;
  /** Names read in order for a page. */
  readonly stretch: number;
  /** Names that the first slice should hold at least. */
  readonly sliceNames: number;
}

/** Measured on a million subjects: to look at a name costs ten times what reading it in order does. */
const WAYS: SearchWays = { few: 150, fewMax: 300, stretch: 1_000, sliceNames: 50 };

/** What should hold so many matches holds them nearly always with half as many names again. */
const SPARE = 1.5;

/**
 * Names that a statement by terms looks at. More of them there are only for a text whose pieces are
 * common and seldom stand together as in the text: then of the names beyond nothing is said.
 */
const CANDIDATES_MAX = 10_000;

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
  return (await findCounted(search, after, { page: limit, most: limit }, context, ways)).hits;
}

/** How many names are wanted. */
export interface NamesWanted {
  readonly page: number;
  /** How far is counted: a page at least. */
  readonly most: number;
}

/** Names that were found: a page at least where there are as many, and the count of all. */
export interface CountedNames {
  readonly hits: NameHit[];
  readonly count: number;
}

/** Finds as {@link findByName} does, and counts what is found after a position up to `most`. */
export async function findCounted(
  search: NameSearch,
  after: NamePosition | null,
  wanted: NamesWanted,
  context: SectorContext,
  ways: SearchWays = WAYS,
): Promise<CountedNames> {
  const reading = await startReading(search, context);
  const isContained = (after?.rank ?? 0) < RANKS.TYPO;
  const containing = isContained
    ? await findContaining(reading, after, wanted, ways)
    : { hits: [], count: 0 };
  const left = wanted.most - containing.count;
  if (left <= 0) return containing;
  const typoAfter = after?.rank === RANKS.TYPO ? after : null;
  const mistyped = await findMistyped(reading, typoAfter, left);
  return {
    hits: [...containing.hits, ...mistyped],
    count: containing.count + mistyped.length,
  };
}

async function findContaining(
  reading: NameReading,
  after: NamePosition | null,
  { page, most }: NamesWanted,
  ways: SearchWays,
): Promise<CountedNames> {
  const hits: NameHit[] = [];
  let limit = most;
  let ranks = CONTAINED_RANKS.slice(after?.rank ?? 0, reading.lastRank + 1);
  let triable = CONTAINED_RANKS;
  for (let [rank] = ranks; rank !== undefined && hits.length < limit; [rank] = ranks) {
    const from = after?.rank === rank ? after : { rank, ...BEFORE_ALL };
    const left = limit - hits.length;
    const isFew = (each: ContainedRank): boolean =>
      triable.includes(each) && (each === RANKS.EXACT || reading.planOf(each).names <= ways.few);
    const many = ranks.findIndex((each) => !isFew(each));
    const last = many < 0 ? ranks.at(-1) : ranks[many - 1];
    if (last === undefined) {
      hits.push(...(await findOfRank(reading, from, left, ways, !triable.includes(rank))));
      ranks = ranks.slice(1);
      continue;
    }
    // The names of a rank are among those that the terms of the next one find.
    const { whole } = reading.planOf(last);
    const few = await findFew(reading, whole, [rank, last], from, left, ways, page);
    if (few.isAll) {
      hits.push(...few.hits);
      ranks = ranks.filter((each) => each > last);
    } else {
      // There are more than was expected, but not of every rank.
      triable = triable.filter((each) => each < last);
      // They are not the first, but as many as are counted: only a page is wanted any more.
      if (hits.length === 0 && few.hits.length >= limit) limit = page;
    }
  }
  return { hits, count: limit < most ? most : hits.length };
}

/**
 * Finds what the index gives, all of it where that is few.
 *
 * @param page names that would fill the page, where more are counted
 */
async function findFew(
  reading: NameReading,
  terms: TermChoice,
  ranks: RankRange,
  after: NamePosition,
  limit: number,
  { fewMax }: SearchWays,
  page = limit,
): Promise<{ readonly hits: readonly NameHit[]; readonly isAll: boolean }> {
  const most = Math.min(CANDIDATES_MAX, fewMax + Math.ceil(SPARE * Math.min(limit, page)));
  const { hits, looked } = await pageByTerms(reading, terms, ranks, after, limit, most);
  return { hits, isAll: looked < most || most === CANDIDATES_MAX };
}

/**
 * Finds matches of the rank of a position, after it, where there are many names.
 *
 * @param isTried whether the index has given more than few
 */
async function findOfRank(
  reading: NameReading,
  after: NamePosition,
  limit: number,
  ways: SearchWays,
  isTried: boolean,
): Promise<NameHit[]> {
  const plan = reading.planOf(after.rank as ContainedRank);
  const inOrder = await findInOrder(reading, plan, after, limit, ways);
  return inOrder ?? findInSlices(reading, plan, after, limit, ways, isTried);
}

/** Reads a stretch that should fill the page; null if it is not to be expected, or does not. */
async function findInOrder(
  reading: NameReading,
  { namesMax }: TermPlan,
  after: NamePosition,
  limit: number,
  { stretch }: SearchWays,
): Promise<NameHit[] | null> {
  if (stretch * namesMax < SPARE * limit * reading.names) return null;
  const hits = await pageInOrder(reading, after, stretch, limit);
  const isWhole = hits.length >= limit || !(await isFollowed(reading, after, stretch));
  return isWhole ? hits : null;
}

/**
 * Asks the index for a slice of the order that should fill the page if every name of it matched, then
 * for larger ones, and for the rest as soon as that has few.
 */
async function findInSlices(
  reading: NameReading,
  plan: TermPlan,
  after: NamePosition,
  limit: number,
  ways: SearchWays,
  isTried: boolean,
): Promise<NameHit[]> {
  const rank = after.rank as ContainedRank;
  const hits: NameHit[] = [];
  let position = after;
  let level = levelOf(plan.namesMax / Math.max(ways.sliceNames, SPARE * limit));
  let isRestTried = isTried;
  for (;;) {
    const left = limit - hits.length;
    const slice = level > 0 ? sliceAt(Math.max(0, position.place), level) : null;
    const isLarge = plan.namesMax > ways.fewMax * 2 ** level;
    const choice = slice && !isLarge ? plan.sliced : plan.whole;
    const terms = slice ? withTerm(choice, term.slice(slice)) : choice;
    const page = await pageByTerms(reading, terms, [rank, rank], position, left, CANDIDATES_MAX);
    hits.push(...page.hits);
    const end = slice ? endOfSlice(slice) : PLACES;
    if (hits.length >= limit || end === PLACES) return hits;

    position = { rank, place: end, code: '' };
    const more = limit - hits.length;
    if (page.hits.length === 0 && !isRestTried) {
      // There may be hardly any: terms that are common one by one need not stand in one name.
      isRestTried = true;
      const rest = await findFew(reading, plan.whole, [rank, rank], position, more, ways);
      if (rest.isAll) return [...hits, ...rest.hits];
    }
    const { hits: found, looked } = page;
    const gave = { found: found.length, looked };
    level = levelOfNext(level, end, gave, { names: SPARE * more, looked: ways.fewMax });
  }
}

function withTerm({ all, anyOf }: TermChoice, added: number): TermChoice {
  return { all: [...all, added], anyOf };
}

type RankRange = readonly [first: ContainedRank, last: ContainedRank];

/** What the index gave. */
interface NamesFound {
  readonly hits: readonly NameHit[];
  /** Names that were looked at. */
  readonly looked: number;
}

async function pageByTerms(
  { run, filters }: NameReading,
  { all, anyOf }: TermChoice,
  [rankFrom, rankTo]: RankRange,
  after: NamePosition,
  limit: number,
  most: number,
): Promise<NamesFound> {
  const statement = pageByTermsStatement({ ...filters, lists: anyOf.length });
  const rows = await run<PageRow>(statement, {
    terms: all,
    ...Object.fromEntries(anyOf.map((list, at) => [`anyOf${at}`, list])),
    rankFrom,
    rankTo,
    afterRank: after.rank,
    afterPlace: after.place,
    afterCode: after.code,
    limit,
    most,
  });
  return { hits: rows.filter((row) => row.subject_code !== null), looked: rows[0]?.looked ?? 0 };
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
