// Terms: what the index of names holds. A term is a number that stands for a fact about a name (it
// contains 星河, it is of region 9901): four bytes a fact, compared as fast as the processor can.
// Two facts may fall on one number, so whatever a term finds is checked against the columns.

/**
 * Places a subject in the order of search results, 0 to 2^31 - 1: an even spread that has nothing to
 * do with names, so that any stretch of it is a fair sample of all subjects.
 */
export function placeOf(code: string): number {
  return hash32(code) & 0x7fff_ffff;
}

/**
 * Terms that are each of a few names share a room, lest the index hold as many lists as there are such
 * facts. It has a place for every second fact about a million subjects: in a smaller one, what a search
 * for slips finds would be strangers for the most part, each of which costs a look at the table.
 */
const RARE = 0xff_ffff;

/** How many places there are. */
export const PLACES = 2 ** 31;

/** Levels of slices: the order falls into two halves, into four quarters, and so on to 1,024 parts. */
export const SLICE_LEVELS = 10;

/** A part of the order. */
export interface Slice {
  /** 1 to {@link SLICE_LEVELS}; a slice of the level n is one of 2^n. */
  readonly level: number;
  /** 0 to 2^level - 1. */
  readonly index: number;
}

/** Names the slice of a level that a place is in. */
export function sliceAt(place: number, level: number): Slice {
  return { level, index: Math.floor(place / placesOfSlice(level)) };
}

/** Returns the first place behind a slice. */
export function endOfSlice({ level, index }: Slice): number {
  return (index + 1) * placesOfSlice(level);
}

/** Counts the places of a slice of a level. */
export function placesOfSlice(level: number): number {
  return PLACES / 2 ** level;
}

/** The terms by kind of fact; equal facts have equal terms. */
export const term = {
  /** The name contains these characters in a row. */
  gram: (characters: string): number => hash32(`g${characters}`),
  /** The name contains this whole word of an alphabet. */
  word: (word: string): number => hash32(`w${word}`),
  /** Two words of the name meet so. */
  joint: (characters: string): number => hash32(`j${characters}`),
  /** The name begins so. */
  start: (characters: string): number => hash32(`s${characters}`),
  /** The name is this. */
  whole: (name: string): number => hash32(`n${name}`) & RARE,
  /** The name without its legal form is this. */
  core: (core: string): number => hash32(`k${core}`) & RARE,
  /** The name without its legal form is this when a piece is cut out. */
  variant: (rest: string): number => hash32(`v${rest}`) & RARE,
  /** The subject is of the region with this code or the beginning of a code. */
  region: (prefix: string): number => hash32(`r${prefix}`),
  status: (status: string): number => hash32(`t${status}`),
  category: (category: string): number => hash32(`c${category}`),
  /** The subject stands in this part of the order. */
  slice: ({ level, index }: Slice): number => hash32(`p${level}/${index}`),
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
