// A search by name with what all its statements share: who reads, the filters, and the terms by which
// names that match the text in one way or another are found.
import { runStatement, type SectorContext, type Statement } from '../../kit/index.ts';
import { startOfText, termsOfText } from './name-terms.ts';
import type { FilterShape } from './name-statements.ts';
import { nameSight } from './name-sight.ts';
import { RANKS } from './search-position.ts';
import type { SearchFilters } from './search-request.ts';
import { readTermFrequencies } from './term-frequencies.ts';
import { planTerms, type TermPlan } from './term-plan.ts';
import { term } from './term.ts';

/** A search by name. */
export interface NameSearch {
  /** Characters of the normalised text, at least one. */
  readonly text: readonly string[];
  readonly filters: SearchFilters;
}

/** A rank whose matches contain the text. */
export type ContainedRank = Exclude<(typeof RANKS)[keyof typeof RANKS], typeof RANKS.TYPO>;

/** A search within one request. */
export interface NameReading {
  readonly text: readonly string[];
  /** The last rank of names that contain the text: PREFIX where it has no term to be found within. */
  readonly lastRank: ContainedRank;
  readonly filters: FilterShape;
  /** How many names there are, roughly; infinite where that is not known. */
  readonly names: number;
  /** Chooses the terms of names of a rank; a page of a rank holds none of an earlier one. */
  readonly planOf: (rank: ContainedRank) => TermPlan;
  /** Runs a statement; the parameters that all share need not be given. */
  readonly run: <Row extends object>(
    statement: Statement,
    values: Readonly<Record<string, unknown>>,
  ) => Promise<Row[]>;
}

/** Prepares a search for the statements of one request. */
export async function startReading(
  { text, filters }: NameSearch,
  context: SectorContext,
): Promise<NameReading> {
  const { reader, values: sight } = nameSight(context);
  const frequencies = await readTermFrequencies(context);
  const { region, statuses, categories } = filters;
  const shared = {
    ...sight,
    text: text.join(''),
    region,
    statuses,
    categories,
  };
  const within = termsOfText(text);
  return {
    text,
    lastRank: within.length === 0 ? RANKS.PREFIX : RANKS.FRAGMENT,
    filters: { statuses: statuses !== null, categories: categories !== null },
    names: frequencies.names,
    planOf: (rank) => planTerms(TERMS[rank](text, within), filters, frequencies),
    run: (statement, values) => runStatement(reader, statement, { ...shared, ...values }),
  };
}

/** The terms of names of a rank; `within` are those of names that contain the text. */
const TERMS: Readonly<
  Record<ContainedRank, (text: readonly string[], within: readonly number[]) => readonly number[]>
> = {
  [RANKS.EXACT]: (text) => [term.whole(text.join(''))],
  [RANKS.PREFIX]: (text, within) => {
    const start = startOfText(text);
    return start.isWhole ? [start.term] : [start.term, ...within];
  },
  [RANKS.FRAGMENT]: (_text, within) => within,
};
