// The terms of a name as it is stored, and of a text as it is asked for. They are made by the same
// walk over the characters, so that a name that contains the text has all of the text's terms.
import { charactersOf, isIdeograph } from './normalise-name.ts';
import { term } from './term.ts';
import { variantsOfName } from './typo-terms.ts';

/** Lengths of the beginnings of a name that are terms of their own. */
const START_LENGTHS: readonly number[] = [1, 2, 3, 4];
/**
 * In an alphabet there are more: the first word of many names is one of a few cities, and what is not
 * part of a term has to be compared name by name.
 */
const LETTER_START_LENGTHS: readonly number[] = Array.from({ length: 16 }, (_, at) => at + 1);
/** Letters on either side of a blank that are joined. */
const JOINT_LETTERS = 3;

/** Lists the terms of a stored name and of the same name without its legal form. */
export function termsOfName(normalised: string, core: string): number[] {
  const characters = charactersOf(normalised);
  const terms = new Set<number>();
  for (const { from, to } of gramsOf(characters)) terms.add(term.gram(join(characters, from, to)));
  for (const { from, to } of wordsOf(characters)) terms.add(term.word(join(characters, from, to)));
  for (const joint of jointsOf(characters, false)) terms.add(term.joint(joint));
  for (const to of startLengths(characters)) terms.add(term.start(join(characters, 0, to)));
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
  const joints = jointsOf(characters, true);
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
    ...joints.map(term.joint),
    ...words.map(({ from, to }) => term.word(join(characters, from, to))),
    ...grams.map(({ from, to }) => term.gram(join(characters, from, to))),
  ];
}

/** Gives the term of names that begin with the text, or with as much of it as there are terms for. */
export function startOfText(characters: readonly string[]): {
  readonly term: number;
  readonly isWhole: boolean;
} {
  const length = startLengths(characters).at(-1) ?? 0;
  return { term: term.start(join(characters, 0, length)), isWhole: length === characters.length };
}

function startLengths(characters: readonly string[]): number[] {
  const firstIdeograph = characters.findIndex(isIdeograph);
  const letters = firstIdeograph < 0 ? characters.length : firstIdeograph;
  return LETTER_START_LENGTHS.filter(
    (each) => each <= letters || (START_LENGTHS.includes(each) && each <= characters.length),
  );
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

/**
 * Finds the joints: the end of a word, a blank, and the beginning of the next word. Pieces of words are
 * common in an alphabet, and pieces of one word come together; two words that meet tell names apart.
 *
 * @param mayBeCut whether the first word may lack its beginning, and the last one its end
 */
function jointsOf(characters: readonly string[], mayBeCut: boolean): string[] {
  const words = wordsOf(characters);
  const joints: string[] = [];
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    // Between two words without a blank stands an ideograph, which has pieces of its own.
    if (next?.from !== word.to + 1 || characters[word.to] !== ' ') continue;
    const before = Math.min(JOINT_LETTERS, word.to - word.from);
    const behind = Math.min(JOINT_LETTERS, next.to - next.from);
    if (mayBeCut && word.from === 0 && before < JOINT_LETTERS) continue;
    if (mayBeCut && next.to === characters.length && behind < JOINT_LETTERS) continue;
    joints.push(join(characters, word.to - before, next.from + behind));
  }
  return joints;
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
