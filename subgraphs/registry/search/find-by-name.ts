// Finds subjects by name: those whose name is, begins with or contains the text, then those whose
// name is the text but for a slip.
//
// An index of terms reads all that it finds, and a text like 有限公司 is in most names. So the order of
// results is a draw (placeOf): a slice of it shows how common the text is. Of a common text the page
// is full after a slice; of any other all matches are few enough to be read and sorted.
import type { SectorContext } from '../../kit/index.ts';
import { findMistyped } from './find-mistyped.ts';
import { startOf, startReading, type NameReading, type NameSearch } from './name-reading.ts';
import { termsOfText } from './name-terms.ts';
import { countStatement, pageStatement, probeStatement, type NameHit } from './name-statements.ts';
import { RANKS, type NamePosition } from './search-position.ts';
import { bucketOf, BUCKETS, firstPlaceOf, term } from './term.ts';

/** Buckets of a slice for every so many subjects that are wanted. */
const SLICE_BUCKETS = 4;
const SLICE_SUBJECTS = 25;

/** Finds a page of subjects, each with its best name, in the order of the search. */
export async function findByName(
  search: NameSearch,
  after: NamePosition | null,
  limit: number,
  context: SectorContext,
): Promise<NameHit[]> {
  const reading = startReading(search, context);
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
  const reading = startReading(search, context);
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
  const { terms, lastRank } = reading.contained;
  const slice = sliceFrom(0, limit);
  if ((await probe(reading, slice, limit)) < limit) {
    return readPage(reading, { terms, ranks: [RANKS.EXACT, lastRank], after, limit });
  }
  const hits: NameHit[] = [];
  for (let rank = after?.rank ?? RANKS.EXACT; rank <= lastRank && hits.length < limit; rank += 1) {
    const from = after?.rank === rank ? after : null;
    hits.push(...(await findOfRank(reading, rank, from, limit - hits.length)));
  }
  return hits;
}

/** Finds matches of one rank: in a slice that a common text fills, then in all that follows it. */
async function findOfRank(
  reading: NameReading,
  rank: number,
  after: NamePosition | null,
  limit: number,
): Promise<NameHit[]> {
  const terms = termsOfRank(reading, rank);
  const slice = sliceFrom(after ? bucketOf(after.place) : 0, limit);
  const ranks = [rank, rank] as const;
  const hits = await readPage(reading, { terms, ranks, after, limit, slice });
  if (hits.length >= limit || slice.to === BUCKETS) return hits;
  const rest = await readPage(reading, {
    terms,
    ranks,
    after: { rank, place: firstPlaceOf(slice.to), code: '' },
    limit: limit - hits.length,
  });
  return [...hits, ...rest];
}

function termsOfRank({ text, shared, contained }: NameReading, rank: number): readonly number[] {
  if (rank === RANKS.FRAGMENT) return contained.terms;
  const isEnd = rank === RANKS.EXACT;
  const terms = [...shared, startOf(text), ...termsOfText(text, { isStart: true, isEnd })];
  return isEnd ? [...terms, term.length(text.length)] : terms;
}

/** A run of buckets, `to` exclusive. */
interface Slice {
  readonly from: number;
  readonly to: number;
}

function sliceFrom(bucket: number, subjects: number): Slice {
  const width = SLICE_BUCKETS * Math.ceil(subjects / SLICE_SUBJECTS);
  const from = Math.max(0, Math.min(bucket, BUCKETS - width));
  return { from, to: Math.min(BUCKETS, from + width) };
}

function bucketTerms({ from, to }: Slice): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => term.bucket(from + at));
}

async function probe(reading: NameReading, slice: Slice, limit: number): Promise<number> {
  const [row] = await reading.run<{ found: number }>(
    probeStatement({ ...reading.shape, buckets: true }),
    { terms: reading.contained.terms, buckets: bucketTerms(slice), limit },
  );
  return row?.found ?? 0;
}

interface PageOrder {
  readonly terms: readonly number[];
  readonly ranks: readonly [first: number, last: number];
  readonly after: NamePosition | null;
  readonly limit: number;
  readonly slice?: Slice;
}

function readPage(
  { run, shape }: NameReading,
  { terms, ranks, after, limit, slice }: PageOrder,
): Promise<NameHit[]> {
  return run<NameHit>(pageStatement({ ...shape, buckets: slice !== undefined }), {
    terms,
    rankFrom: ranks[0],
    rankTo: ranks[1],
    afterRank: after?.rank ?? -1,
    afterPlace: after?.place ?? 0,
    afterCode: after?.code ?? '',
    limit,
    ...(slice && { buckets: bucketTerms(slice) }),
  });
}

async function countContaining(reading: NameReading, most: number): Promise<number> {
  const slice = sliceFrom(0, SLICE_SUBJECTS);
  const found = await probe(reading, slice, most);
  // As many buckets as should hold half as many again as are counted, by the first few.
  const width = Math.ceil((1.5 * slice.to * most) / Math.max(found, 1));
  if (width < BUCKETS / 2) {
    const counted = await count(reading, most, { from: 0, to: width });
    if (counted >= most) return counted;
  }
  return count(reading, most);
}

async function count(
  { run, shape, contained }: NameReading,
  most: number,
  slice?: Slice,
): Promise<number> {
  const [row] = await run<{ found: number }>(
    countStatement({ ...shape, buckets: slice !== undefined }),
    {
      terms: contained.terms,
      rankTo: contained.lastRank,
      limit: most,
      ...(slice && { buckets: bucketTerms(slice) }),
    },
  );
  return row?.found ?? 0;
}
