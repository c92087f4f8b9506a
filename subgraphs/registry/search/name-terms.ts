// The terms of a name as it is stored, and of a text as it is asked for. They are made by the same
// walk over the characters, so that a name that contains the text has all of the text's terms.
import { charactersOf, isIdeograph } from './normalise-name.ts';
import { term } from './term.ts';

/** Longest beginning of a name that is a term of its own. */
export const START_CHARACTERS_MAX = 4;

/** How much of a text is known to be whole words, and which of its characters may be wrong. */
export interface TextEnds {
  /** The text is the beginning of the name: its first word is whole. */
  readonly isStart: boolean;
  /** The text is the end of the name (or its legal form follows): its last word is whole. */
  readonly isEnd: boolean;
  /** First and last character that may be wrong; absent where all are right. */
  readonly doubt?: readonly [first: number, last: number];
}

/** Grams and words that are looked for at once: more would cost more than they exclude. */
const TEXT_GRAMS_MAX = 8;
const TEXT_WORDS_MAX = 6;

/** Lists the terms of a stored name and of the same name without its legal form. */
export function termsOfName(normalised: string, core: string): number[] {
  const characters = charactersOf(normalised);
  const terms = new Set<number>();
  for (const { from, to } of gramsOf(characters)) terms.add(term.gram(join(characters, from, to)));
  for (const { from, to } of wordsOf(characters)) terms.add(term.word(join(characters, from, to)));
  const starts = Math.min(START_CHARACTERS_MAX, characters.length);
  for (let to = 1; to <= starts; to += 1) terms.add(term.start(join(characters, 0, to)));
  for (const whole of [characters, charactersOf(core)]) {
    terms.add(term.end(whole.at(-1) ?? ''));
    terms.add(term.length(whole.length));
  }
  return [...terms];
}

/**
 * Lists terms that every name has that contains the text: words in sight whole, else pieces of them.
 * Empty for a text too short to have any: one ideograph, one or two letters.
 */
export function termsOfText(characters: readonly string[], ends: TextEnds): number[] {
  const last = characters.length - 1;
  const [doubtFrom, doubtTo] = ends.doubt ?? [Infinity, -Infinity];
  const isSure = (from: number, to: number): boolean => to < doubtFrom || from > doubtTo;
  const wholeWords = wordsOf(characters).filter(
    ({ from, to }) =>
      (from > 0 || ends.isStart) &&
      (to - 1 < last || ends.isEnd) &&
      // A slip on the blank beside a word would join it to the next.
      isSure(from - 1, to),
  );
  const isInWord = new Set<number>();
  for (const { from, to } of wholeWords) for (let at = from; at < to; at += 1) isInWord.add(at);
  const grams = gramsOf(characters).filter(({ from, to }) => {
    if (!isSure(from, to - 1)) return false;
    // Pieces of a word say nothing that the word does not.
    for (let at = from; at < to; at += 1) if (!isInWord.has(at)) return true;
    return false;
  });
  return [
    ...longest(wholeWords, TEXT_WORDS_MAX).map(({ from, to }) =>
      term.word(join(characters, from, to)),
    ),
    ...spread(grams, TEXT_GRAMS_MAX).map(({ from, to }) => term.gram(join(characters, from, to))),
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

function longest(spans: readonly Span[], most: number): readonly Span[] {
  if (spans.length <= most) return spans;
  return [...spans].sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, most);
}

/** Picks evenly: neighbours overlap, so that they exclude much the same names. */
function spread(spans: readonly Span[], most: number): readonly Span[] {
  if (spans.length <= most) return spans;
  const step = (spans.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => spans[Math.round(at * step)] as Span);
}

function join(characters: readonly string[], from: number, to: number): string {
  return characters.slice(from, to).join('');
}
