// Where to look for a mistyped name. Wherever the slip is, the rest of the text is right: so the text
// is cut into stretches, one of which is in doubt at a time, and names are looked for by the rest.
import { START_CHARACTERS_MAX, termsOfText } from './name-terms.ts';
import { term } from './term.ts';

/** Texts shorter than this are not looked for with a slip: too many names would be near. */
export const TYPO_CHARACTERS_MIN = 4;

const STRETCHES_MAX = 6;

/** What a name is looked for by: all terms of any one stretch, and one of the lengths. */
export interface TypoTerms {
  /** 3 to 6 sets of terms, none empty. */
  readonly stretches: readonly (readonly number[])[];
  readonly lengths: readonly number[];
}

/** Lists the terms of names that are one edit away from a text of at least four characters. */
export function typoTerms(characters: readonly string[]): TypoTerms {
  const { length } = characters;
  const count = Math.min(STRETCHES_MAX, length - 1);
  const stretches = Array.from({ length: count }, (_, at) => {
    const first = Math.floor((at * length) / count);
    // One more than its share: a swap of neighbours may lie across the cut.
    const last = Math.min(length - 1, Math.floor(((at + 1) * length) / count));
    return stretchTerms(characters, first, last);
  });
  return { stretches, lengths: [length - 1, length, length + 1].map(term.length) };
}

function stretchTerms(characters: readonly string[], first: number, last: number): number[] {
  const terms = termsOfText(characters, { isStart: true, isEnd: true, doubt: [first, last] });
  if (first > 0) {
    const start = characters.slice(0, Math.min(first, START_CHARACTERS_MAX));
    terms.push(term.start(start.join('')));
  }
  if (last < characters.length - 1) terms.push(term.end(characters.at(-1) ?? ''));
  return terms;
}
