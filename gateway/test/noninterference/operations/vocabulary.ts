// The words of drawn operations: values for their arguments that mean something in a world, those of
// hidden records among them, and cursors that earlier answers have given out.
import type { Random } from '../../../../subgraphs/kit/samples/random.ts';

/** Values that arguments are drawn from. */
export interface Vocabulary {
  /** Credit codes of the world: of shown and of hidden subjects. */
  readonly codes: readonly string[];
  /** Valid codes that no record has. */
  readonly unknownCodes: readonly string[];
  /** Days about which records differ, ISO dates. */
  readonly days: readonly string[];
  /** Those of them that have been: the past can be asked for, the future is refused. */
  readonly pastDays: readonly string[];
  /** Texts by the name of the argument; an argument that is missing is given one of all texts. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly cursors: Cursors;
}

/** Cursors by what they belong to. */
export interface Cursors {
  /** Keeps a cursor; of one that is known, or beyond the bound of its kind, nothing is kept. */
  readonly add: (cursor: string) => void;
  /** Draws a cursor, mostly of the named kind; now and then one of another kind, or no cursor. */
  readonly draw: (random: Random, kind: string) => string;
}

const CURSORS_OF_KIND_MAX = 400;
const GARBAGE = ['', 'x', '!!!', '__proto__', 'MTIz', '0'.repeat(201)] as const;
/** What is no cursor of a record list: the places of a search, and those of access lists. */
const OTHER = 'other';

/** Makes the collection of cursors, with some to begin with. */
export function createCursors(first: readonly string[]): Cursors {
  const byKind = new Map<string, string[]>();
  const known = new Set<string>();
  const add = (cursor: string): void => {
    if (known.has(cursor)) return;
    const kind = kindOf(cursor);
    const list = byKind.get(kind) ?? [];
    byKind.set(kind, list);
    if (list.length >= CURSORS_OF_KIND_MAX) return;
    known.add(cursor);
    list.push(cursor);
  };
  first.forEach(add);
  return {
    add,
    draw: (random, kind) => {
      const own = byKind.get(byKind.has(kind) ? kind : OTHER) ?? [];
      const list = random.chance(0.08) ? [...byKind.values()].flat() : own;
      if (list.length === 0 || random.chance(0.05)) return random.pick(GARBAGE);
      return random.pick(list);
    },
  };
}

/** The cursor of a record list begins with the type of its records, that of a feed with `changes`. */
function kindOf(cursor: string): string {
  const [first = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ', 1);
  return /^[A-Za-z]{1,60}$/.test(first) ? first : OTHER;
}
