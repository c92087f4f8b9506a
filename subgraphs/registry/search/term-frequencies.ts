// How common a term is among the names, by the statistics that the server keeps for its own planner.
// They decide how a search is made, never what it finds; without them it is only slower.
import {
  PUBLIC_AUTHORITY,
  runStatement,
  type SectorContext,
  type Statement,
} from '../../kit/index.ts';

/** Frequencies of terms. */
export interface TermFrequencies {
  /** How many names there are, roughly. */
  readonly names: number;
  /** Gives the share of names that have a term, 0 to 1; for a rare one, the most it can be. */
  readonly of: (term: number) => number;
  /** Tells whether a term is so rare that only the most is known. */
  readonly isRare: (term: number) => boolean;
}

const KEPT_MS = 60_000;

interface Kept {
  readonly until: number;
  readonly frequencies: Promise<TermFrequencies>;
}

/** By the labels of the schema: one instance a running subgraph, and as long as it. */
const kept = new WeakMap<SectorContext['classes'], Kept>();

/** Reads the frequencies, or gives those of the last minute. */
export function readTermFrequencies(context: SectorContext): Promise<TermFrequencies> {
  const known = kept.get(context.classes);
  if (known && known.until > Date.now()) return known.frequencies;
  const frequencies = loadFrequencies(context);
  kept.set(context.classes, { until: Date.now() + KEPT_MS, frequencies });
  // What could not be read is tried again by the next search.
  frequencies.catch(() => kept.delete(context.classes));
  return frequencies;
}

const STATISTICS: Statement = {
  name: 'registry_term_frequencies',
  text: `select c.reltuples::float8 as names, s.most_common_elems::text as terms,
      s.most_common_elem_freqs::text as shares
    from pg_class c
    left join pg_stats s
      on s.schemaname = c.relnamespace::regnamespace::text and s.tablename = c.relname
        and s.attname = 'terms'
    where c.oid = 'subject_names'::regclass`,
  params: [],
  isKeyed: true,
};

interface StatisticsRow {
  readonly names: number;
  readonly terms: string | null;
  readonly shares: string | null;
}

/** Reads the text of an array of numbers: there are thousands, and `pg` takes ten times as long. */
function numbersOf(array: string): readonly number[] {
  return JSON.parse(`[${array.slice(1, -1)}]`) as readonly number[];
}

async function loadFrequencies({ reads }: SectorContext): Promise<TermFrequencies> {
  // They are kept for all requests, so that nobody's own sight of the names may be in them.
  const reader = reads.through(PUBLIC_AUTHORITY);
  const [row] = await runStatement<StatisticsRow>(reader, STATISTICS, {});
  if (!row?.terms || !row.shares) return { names: Infinity, of: () => 1, isRare: () => false };
  const shares = numbersOf(row.shares);
  const known = new Map(numbersOf(row.terms).map((term, at) => [term, shares[at] ?? 1]));
  // The server keeps the commonest: a term that is not among them is rarer than any of them.
  const least = Math.min(1, ...known.values());
  return {
    names: Math.max(row.names, 0),
    of: (term) => known.get(term) ?? least,
    isRare: (term) => !known.has(term),
  };
}
