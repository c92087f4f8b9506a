// Which terms the index is asked for. Intersecting by a term reads much of its list of names: a rare
// term costs nothing and excludes nearly all, 有限公司 costs milliseconds and excludes nothing.
import type { SearchFilters } from './search-request.ts';
import type { TermFrequencies } from './term-frequencies.ts';
import { term } from './term.ts';

/** What the index is asked for, and how many names it can give at most. */
export interface TermPlan {
  /** Terms that a name must all have; at least one. */
  readonly all: readonly number[];
  /** Lists, of each of which a name must have a term; at most two. */
  readonly anyOf: readonly (readonly number[])[];
  /** Names that have them, at most, roughly. */
  readonly namesMax: number;
}

const TERMS_MAX = 4;
/** A page of the index holds so many names of a common term; reading it costs as much as 25 names. */
const NAMES_A_PAGE = 7_000;
const NAMES_FOR_A_PAGE = 25;
const WORTHWHILE = NAMES_A_PAGE / NAMES_FOR_A_PAGE;

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
  const least = Math.min(
    ...singles.map(({ share }) => share),
    ...several.map(({ share }) => share),
  );
  const isWorthwhile = ({ share }: { readonly share: number }): boolean =>
    share < least * WORTHWHILE;
  const [rarest, ...others] = singles;
  if (rarest === undefined) throw new Error('a search by name needs a term');
  return {
    all: [rarest, ...others.slice(0, TERMS_MAX - 1).filter(isWorthwhile)].map((each) => each.term),
    anyOf: several.filter(isWorthwhile).map(({ list }) => list),
    namesMax: least * frequencies.names,
  };
}

function listsOf({ region, statuses, categories }: SearchFilters): (readonly number[])[] {
  return [
    ...(region === '' ? [] : [[term.region(region)]]),
    ...(statuses ? [statuses.map(term.status)] : []),
    ...(categories ? [categories.map(term.category)] : []),
  ];
}
