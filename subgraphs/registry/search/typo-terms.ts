// How a mistyped name is found. A name is stored with what is left of it when a short window is cut
// out, for windows all over it; so is the text that is asked for. Where the slip is inside the window
// the two leave the same: one look at the index, however many names agree in all the rest.
import { CHINESE_FORMS, LATIN_FORMS, withoutLegalForm } from './legal-form.ts';
import { isOneEdit } from './edit-distance.ts';
import { charactersOf, isIdeograph } from './normalise-name.ts';
import { term } from './term.ts';

/** Texts shorter than this are not looked for with a slip: too many names would be near. */
export const TYPO_CHARACTERS_MIN = 4;

/** Names longer than the longest text and a character are not looked for with a slip. */
const NAME_CHARACTERS_MAX = 101;

/**
 * Characters in the window. An ideograph is a word: cutting out two would leave one name of thousands
 * (云州__科技). Of a long name of letters four are cut at a time, since it has so many.
 */
const NARROW = 1;
const WIDE = 4;
/** Both windows are used between these lengths, so that a text and a name one longer have one alike. */
const WIDE_CHARACTERS_MIN = 8;
const NARROW_CHARACTERS_MAX = 9;

/** Lists the terms by which a name without its legal form is found although the text has a slip. */
export function variantsOfName(core: string): number[] {
  const characters = charactersOf(core);
  const { length } = characters;
  if (length > NAME_CHARACTERS_MAX) return [];
  const ideographs = countIdeographs(characters);
  return [
    ...(ideographs > 0 || length <= NARROW_CHARACTERS_MAX ? cutOut(characters, NARROW, [0]) : []),
    ...(ideographs < 3 && length >= WIDE_CHARACTERS_MIN ? cutOut(characters, WIDE, [0]) : []),
  ];
}

/** Lists terms of which every name that is one edit away from the text has one. */
export function variantsOfText(characters: readonly string[]): number[] {
  const text = characters.join('');
  // A slip may have left one character of two.
  const core = charactersOf(withoutLegalForm(text, 1));
  return [
    ...new Set([
      ...slipsOf(core, 0),
      // A name may lack the form that the text has, by a slip in the form.
      ...(core.length < characters.length ? slipsOf(characters, core.length - WIDE) : []),
      ...[...beforeMistypedForm(characters)].map(term.core),
    ]),
  ];
}

/**
 * Cuts a text about the middle of what stands before its legal form, which tells too little to make a
 * half of. A name that is one edit away, or is so before its legal form, begins with the start or
 * contains the end: what the edit touches cannot lie in both.
 */
export function halvesOfText(characters: readonly string[]): {
  readonly start: string;
  readonly end: string;
} {
  const core = charactersOf(withoutLegalForm(characters.join(''), 1));
  const middle = Math.floor(core.length / 2);
  return {
    start: characters.slice(0, middle).join(''),
    end: characters.slice(middle + 1).join(''),
  };
}

/** The text may have a character more or less in the window than the name. */
const SLIPS = [-1, 0, 1] as const;

/** A name has at most one ideograph more or less than the text: one kind of window is in both. */
function slipsOf(characters: readonly string[], from: number): number[] {
  const { length } = characters;
  const ideographs = countIdeographs(characters);
  const isNarrow = ideographs > 1 || length <= NARROW_CHARACTERS_MAX;
  const isWide = ideographs < 2 && length >= WIDE_CHARACTERS_MIN;
  return [
    ...(isNarrow ? cutOut(characters, NARROW, SLIPS, from) : []),
    ...(isWide ? cutOut(characters, WIDE, SLIPS, from) : []),
  ];
}

function countIdeographs(characters: readonly string[]): number {
  return characters.filter(isIdeograph).length;
}

/** Windows overlap by one, so that two neighbours, which may be swapped, are within one of them. */
function cutOut(
  characters: readonly string[],
  width: number,
  slips: readonly number[],
  first = 0,
): number[] {
  const terms: number[] = [];
  const step = Math.max(1, width - 1);
  for (let from = 0; from <= characters.length; from += step) {
    if (from < first) continue;
    const start = characters.slice(0, from).join('');
    for (const slip of slips) {
      terms.push(term.variant(start + characters.slice(from + width + slip).join('')));
    }
  }
  return terms;
}

/** Finds what stands before an ending that is a legal form but for one edit, or lay across its start. */
function beforeMistypedForm(characters: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const form of [...CHINESE_FORMS, ...LATIN_FORMS.map((each) => ` ${each}`)]) {
    const whole = charactersOf(form);
    for (const slip of SLIPS) {
      const at = characters.length - whole.length - slip;
      if (at > 0 && isOneEdit(whole, characters.slice(at))) {
        found.add(characters.slice(0, at).join(''));
      }
    }
    // The last character before the form and the first of the form have changed places.
    const at = characters.length - whole.length - 1;
    const [first = '', moved = '', ...rest] = at < 0 ? [] : characters.slice(at);
    if ([first, ...rest].join('') === form) {
      found.add(characters.slice(0, at).join('') + moved);
    }
  }
  return found;
}
