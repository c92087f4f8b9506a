// Which terms the index is asked for. Intersecting by a term reads much of its list of names: a rare
// term costs nothing and excludes nearly all, 有限公司 costs milliseconds and excludes nothing.
import type { SearchFilters } from './search-request.ts';
import type { TermFrequencies } from './term-frequencies.ts';
import { term } from './term.ts';

/** What the index is asked for. */
export interface TermChoice {
  /** Terms that a name must all have; at least one. */
  readonly all: readonly number[];
  /** Lists, of each of which a name must have a term; at most two. */
  readonly anyOf: readonly (readonly number[])[];
}

/** What the index is asked for, and how many names it should give. */
export interface TermPlan {
  readonly whole: TermChoice;
  /** The same within a small slice of the order. */
  readonly sliced: TermChoice;
  /** Names that should have them, and that have them at most, roughly. */
  readonly names: number;
  readonly namesMax: number;
}

const TERMS_MAX = 4;
/** A page of the index holds so many names of a common term; reading it costs as much as 25 names. */
const NAMES_A_PAGE = 7_000;
const NAMES_FOR_A_PAGE = 25;
const WORTHWHILE = NAMES_A_PAGE / NAMES_FOR_A_PAGE;
/** Of the rare terms most are far rarer than the least common one that is known. */
const RARE_SHARE = 0.25;
/** A slice gives a few dozen names: to exclude some of these, no term is read that more names have. */
const SLICED_SHARE_MAX = 0.04;

/**
 * Chooses among the terms of a text and of filters. What is left out is checked on what is found.
 *
 * @param terms of the text; at least one
 */
export function planTerms(
  terms: readonly number[],
  filters: SearchFilters,
  frequencies: TermFrequencies,
): TermPlan {
  const lists = listsOf(filters);
  const singles = [...terms, ...lists.filter((list) => list.length === 1).flat()]
    .map((each) => ({ term: each, share: frequencies.of(each) }))
    .sort((a, b) => a.share - b.share);
  const several = lists
    .filter((list) => list.length > 1)
    .map((list) => ({ list, share: list.reduce((sum, each) => sum + frequencies.of(each), 0) }));
  const [least = 1, second = 1] = [...singles, ...several]
    .map(({ share }) => share)
    .sort((a, b) => a - b);
  const [rarest, ...others] = singles;
  if (rarest === undefined) throw new Error('a search by name needs a term');
  const choose = (shareMax: number): TermChoice => ({
    all: [rarest, ...others.slice(0, TERMS_MAX - 1).filter(({ share }) => share < shareMax)].map(
      (each) => each.term,
    ),
    anyOf: several.filter(({ share }) => share < shareMax).map(({ list }) => list),
  });
  const worthwhile = least * WORTHWHILE;
  const names = frequencies.names * least;
  return {
    whole: choose(worthwhile),
    sliced: choose(Math.min(SLICED_SHARE_MAX, worthwhile)),
    // One term says how many. Another may be a part of the same word or have nothing to do with it:
    // what it leaves lies between all of them and its share of them.
    names: names * Math.sqrt(second) * (frequencies.isRare(rarest.term) ? RARE_SHARE : 1),
    namesMax: names,
  };
}

function listsOf({ region, statuses, categories }: SearchFilters): (readonly number[])[] {
  return [
    ...(region === '' ? [] : [[term.region(region)]]),
    ...(statuses ? [statuses.map(term.status)] : []),
    ...(categories ? [categories.map(term.category)] : []),
  ];
}
