// The terms of a name as it is stored, and of a text as it is asked for. They are made by the same
// walk over the characters, so that a name that contains the text has all of the text's terms.
import { charactersOf, isIdeograph } from './normalise-name.ts';
import { term } from './term.ts';
import { variantsOfName } from './typo-terms.ts';

/** Longest beginning of a name that is a term of its own. */
export const START_CHARACTERS_MAX = 4;

/** Lists the terms of a stored name and of the same name without its legal form. */
export function termsOfName(normalised: string, core: string): number[] {
  const characters = charactersOf(normalised);
  const terms = new Set<number>();
  for (const { from, to } of gramsOf(characters)) terms.add(term.gram(join(characters, from, to)));
  for (const { from, to } of wordsOf(characters)) terms.add(term.word(join(characters, from, to)));
  const starts = Math.min(START_CHARACTERS_MAX, characters.length);
  for (let to = 1; to <= starts; to += 1) terms.add(term.start(join(characters, 0, to)));
  terms.add(term.whole(normalised));
  terms.add(term.core(core));
  for (const each of variantsOfName(core)) terms.add(each);
  return [...terms];
}

/**
 * Lists terms that every name has that contains the text: the words between its first and its last,
 * which may be cut, and pieces of these.
 * Empty for a text too short to have any: one ideograph, one or two letters.
 */
export function termsOfText(characters: readonly string[]): number[] {
  const last = characters.length - 1;
  const words = wordsOf(characters).filter(({ from, to }) => from > 0 && to - 1 < last);
  const isInWord = new Set<number>();
  for (const { from, to } of words) for (let at = from; at < to; at += 1) isInWord.add(at);
  const grams = gramsOf(characters).filter(({ from, to }) => {
    // Pieces of a word say nothing that the word does not.
    for (let at = from; at < to; at += 1) if (!isInWord.has(at)) return true;
    return false;
  });
  return [
    ...words.map(({ from, to }) => term.word(join(characters, from, to))),
    ...grams.map(({ from, to }) => term.gram(join(characters, from, to))),
  ];
}

interface Span {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/**
 * Finds the grams: two characters where one of them is an ideograph, else three, which may hold the
 * blank between two words. Alphabets have too few pairs to tell names apart.
 */
function gramsOf(characters: readonly string[]): Span[] {
  const spans: Span[] = [];
  const ideograph = characters.map(isIdeograph);
  for (let at = 0; at + 1 < characters.length; at += 1) {
    if (ideograph[at] || ideograph[at + 1]) spans.push({ from: at, to: at + 2 });
    else if (at + 2 < characters.length && !ideograph[at + 2]) spans.push({ from: at, to: at + 3 });
  }
  return spans;
}

function wordsOf(characters: readonly string[]): Span[] {
  const spans: Span[] = [];
  let from = -1;
  for (let at = 0; at <= characters.length; at += 1) {
    const character = characters[at] ?? ' ';
    const isLetter = character !== ' ' && !isIdeograph(character);
    if (isLetter && from < 0) from = at;
    if (!isLetter && from >= 0) {
      spans.push({ from, to: at });
      from = -1;
    }
  }
  return spans;
}

function join(characters: readonly string[], from: number, to: number): string {
  return characters.slice(from, to).join('');
}
