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
  return characters.length > NAME_CHARACTERS_MAX ? [] : windowsOf(characters, [0]);
}

/** Lists terms of which every name that is one edit away from the text has one. */
export function variantsOfText(characters: readonly string[]): number[] {
  const text = characters.join('');
  const core = withoutLegalForm(text);
  const terms = new Set<number>();
  for (const whole of new Set([text, core])) {
    for (const each of windowsOf(charactersOf(whole), SLIPS)) terms.add(each);
  }
  for (const before of beforeMistypedForm(characters)) terms.add(term.core(before));
  return [...terms];
}

/** The text may have a character more or less in the window than the name. */
const SLIPS = [-1, 0, 1] as const;

function windowsOf(characters: readonly string[], slips: readonly number[]): number[] {
  const { length } = characters;
  const ideographs = characters.filter(isIdeograph).length;
  // A single ideograph may be the slip itself, or what the slip replaced.
  const isNarrow = ideographs > 0 || length <= NARROW_CHARACTERS_MAX;
  const isWide = ideographs < 2 && length >= WIDE_CHARACTERS_MIN;
  return [
    ...(isNarrow ? cutOut(characters, NARROW, slips) : []),
    ...(isWide ? cutOut(characters, WIDE, slips) : []),
  ];
}

/** Windows overlap by one, so that two neighbours, which may be swapped, are within one of them. */
function cutOut(characters: readonly string[], width: number, slips: readonly number[]): number[] {
  const terms: number[] = [];
  const step = Math.max(1, width - 1);
  for (let from = 0; from <= characters.length; from += step) {
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
