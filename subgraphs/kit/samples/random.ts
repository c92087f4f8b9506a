// A seeded source of chance for samples: the same seed and key give the same draws on every
// machine and Node release, so that sample files can be checked in and compared byte for byte.
// Never for secrets.

/** A deterministic stream of draws, and the root of further independent streams. */
export interface Random {
  /**
   * Opens the stream of a key, for example `tax/ratings/17`. It depends on this stream's own key
   * only, never on what was drawn from it: every record is a function of seed, subject and number.
   */
  readonly fork: (key: string | number) => Random;
  /** Draws a fraction, 0 included, 1 not. */
  readonly fraction: () => number;
  /** Draws an integer from `least` to `most`, both included. */
  readonly integer: (least: number, most: number) => number;
  /** Says yes with a probability of 0 to 1. */
  readonly chance: (probability: number) => boolean;
  /** Draws one item of a list that is not empty. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** Draws one item by weight; the weights need not add up to anything. */
  readonly weighted: <T>(items: readonly (readonly [item: T, weight: number])[]) => T;
  /** Draws an ISO date from `first` to `last`, both included; `last` where they are reversed. */
  readonly dateBetween: (first: string, last: string) => string;
  /** Returns the items in a drawn order, leaving the list as it was. */
  readonly shuffle: <T>(items: readonly T[]) => T[];
}

type State = readonly [number, number, number, number];

/** Opens the stream of a seed. */
export function createRandom(seed: string): Random {
  return streamOf(absorb([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], seed));
}

/** Counts the days from 1970-01-01 to an ISO date. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** Writes a day number as an ISO date. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;

function streamOf(key: State): Random {
  const next = sfc32(key);
  const fraction = (): number => next() / 0x1_0000_0000;
  const integer = (least: number, most: number): number =>
    least + Math.floor(fraction() * (most - least + 1));
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('Nothing to pick from: the list is empty.');
    return items[integer(0, items.length - 1)] as T;
  };
  return {
    fork: (name) => streamOf(absorb(key, String(name))),
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick,
    weighted: (items) => {
      let left = fraction() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return pick(items)[0];
    },
    dateBetween: (first, last) => {
      if (first >= last) return last;
      return dateOfDay(integer(dayNumber(first), dayNumber(last)));
    },
    shuffle: (items) => {
      const drawn = [...items];
      for (let at = drawn.length - 1; at > 0; at -= 1) {
        const other = integer(0, at);
        [drawn[at], drawn[other]] = [drawn[other] as never, drawn[at] as never];
      }
      return drawn;
    },
  };
}

// Four lanes of multiply and xor over the UTF-16 units (the construction known as cyrb128); the
// closing separator keeps fork('a').fork('b') apart from fork('ab').
function absorb(state: State, text: string): State {
  let [a, b, c, d] = state;
  for (let at = 0; at <= text.length; at += 1) {
    const unit = at < text.length ? text.charCodeAt(at) : 0x1_0001;
    a = b ^ Math.imul(a ^ unit, 597399067);
    b = c ^ Math.imul(b ^ unit, 2869860233);
    c = d ^ Math.imul(c ^ unit, 951274213);
    d = a ^ Math.imul(d ^ unit, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

// sfc32 of PractRand: 128 bits of state, 32 bits a draw, integer operations only.
function sfc32([first, second, third, fourth]: State): () => number {
  let [a, b, c, counter] = [first | 0, second | 0, third | 0, fourth | 0];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}
