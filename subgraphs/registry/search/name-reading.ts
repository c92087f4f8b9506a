// A search by name with what all its statements share: who reads, the filters, and the terms by which
// names that contain the text are found.
import { runStatement, type SectorContext, type Statement } from '../../kit/index.ts';
import { START_CHARACTERS_MAX, termsOfText } from './name-terms.ts';
import type { NameShape } from './name-statements.ts';
import { RANKS } from './search-position.ts';
import type { SearchFilters } from './search-request.ts';
import { term } from './term.ts';

/** A search by name. */
export interface NameSearch {
  /** Characters of the normalised text, at least one. */
  readonly text: readonly string[];
  readonly filters: SearchFilters;
}

/** A search with what its statements share. */
export interface NameReading {
  readonly text: readonly string[];
  /** Terms that a name must have whatever its rank. */
  readonly shared: readonly number[];
  /** Terms of names that contain the text, and the last rank that they can have. */
  readonly contained: { readonly terms: readonly number[]; readonly lastRank: number };
  readonly shape: NameShape;
  readonly run: <Row extends object>(
    statement: Statement,
    values: Readonly<Record<string, unknown>>,
  ) => Promise<Row[]>;
}

/** Prepares a search for the statements of one request. */
export function startReading({ text, filters }: NameSearch, context: SectorContext): NameReading {
  const { pool, viewer } = context;
  const { region, statuses, categories } = filters;
  const shared = region === '' ? [] : [term.region(region)];
  const terms = termsOfText(text, { isStart: false, isEnd: false });
  const common = {
    classes: viewer.classes,
    today: viewer.today,
    text: text.join(''),
    region,
    statuses,
    categories,
    statusTerms: statuses?.map(term.status) ?? null,
    categoryTerms: categories?.map(term.category) ?? null,
  };
  return {
    text,
    shared,
    // A text without terms is looked for at the beginning of names only.
    contained:
      terms.length === 0
        ? { terms: [...shared, startOf(text)], lastRank: RANKS.PREFIX }
        : { terms: [...shared, ...terms], lastRank: RANKS.FRAGMENT },
    shape: { buckets: false, statuses: statuses !== null, categories: categories !== null },
    run: (statement, values) => runStatement(pool, statement, { ...common, ...values }),
  };
}

/** Returns the term of names that begin like a text. */
export function startOf(text: readonly string[]): number {
  return term.start(text.slice(0, START_CHARACTERS_MAX).join(''));
}
