// Terms: what the index of names holds. A term is a number that stands for a fact about a name (it
// contains 星河, it is of region 9901): four bytes a fact, compared as fast as the processor can.
// Two facts may fall on one number, so whatever a term finds is checked against the columns.

/** The share of all subjects that one bucket holds; they are drawn by {@link placeOf}. */
export const BUCKETS = 1_024;

/** The last place; places are spread evenly over 0 to it. */
export const PLACE_MAX = 0x7fff_ffff;

const BUCKET_PLACES = (PLACE_MAX + 1) / BUCKETS;

/**
 * Places a subject in the order of search results: an even spread that has nothing to do with names,
 * so that any stretch of it is a fair sample of all subjects.
 */
export function placeOf(code: string): number {
  return hash32(code) & PLACE_MAX;
}

/** Names the bucket that a place is in, 0 to {@link BUCKETS} - 1. */
export function bucketOf(place: number): number {
  return Math.floor(place / BUCKET_PLACES);
}

/** Returns the first place of a bucket. */
export function firstPlaceOf(bucket: number): number {
  return bucket * BUCKET_PLACES;
}

/** The terms by kind of fact; equal facts have equal terms. */
export const term = {
  /** The name contains these characters in a row. */
  gram: (characters: string): number => hash32(`g${characters}`),
  /** The name contains this whole word of an alphabet. */
  word: (word: string): number => hash32(`w${word}`),
  /** The name begins so. */
  start: (characters: string): number => hash32(`s${characters}`),
  /** The name, or the name without its legal form, ends in this character. */
  end: (character: string): number => hash32(`e${character}`),
  /** The name, or the name without its legal form, has so many characters. */
  length: (characters: number): number => hash32(`l${characters}`),
  /** The subject is of the region with this code or the beginning of a code. */
  region: (prefix: string): number => hash32(`r${prefix}`),
  status: (status: string): number => hash32(`t${status}`),
  category: (category: string): number => hash32(`c${category}`),
  bucket: (bucket: number): number => hash32(`b${bucket}`),
} as const;

/** FNV-1a over UTF-16 units, then the finish of MurmurHash3, which spreads short texts evenly. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
