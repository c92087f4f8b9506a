// The template, which is a sector of made-up names, to the text of a sector of given names.
import { camel, pascal, type SectorNames } from './sector-names.ts';

/** The made-up names in all spellings: the sector, one of its records and several, its title. */
const TOKENS = /OddExhibits?|oddExhibits?|[Oo]dd[ _-]exhibits?|ODD_EXHIBITS?|[Ss]pecimen|样本/g;

/**
 * Writes a text of the template, or the path of a file, under the names of a sector. A field of the
 * root begins with the prefix, as the types do: `specimenChanges`.
 */
export function fillNames(text: string, names: SectorNames): string {
  return text.replace(TOKENS, (token: string, at: number, whole: string) => {
    const beginsField = token === 'specimen' && /[A-Z]/.test(whole.charAt(at + token.length));
    return beginsField ? uncapital(names.prefix) : nameFor(token, names);
  });
}

/**
 * Points imports that leave the template at the kit: what is `../index.ts` from within the kit is
 * `../kit/index.ts` from beside it.
 *
 * @param path of the file within the template, with slashes
 */
export function moveImports(text: string, path: string): string {
  const up = '../'.repeat(path.split('/').length);
  return text.replaceAll(`from '${up}`, `from '${up}kit/`);
}

/** Takes the made-up names out of a text, so that what is left are the words of the template. */
export function withoutNames(text: string): string {
  return text.replace(TOKENS, ' ');
}

function uncapital(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

function nameFor(token: string, names: SectorNames): string {
  if (token === '样本') return names.title;
  if (token === 'Specimen') return names.prefix;
  if (token === 'specimen') return names.sector;
  const words = /s$/i.test(token) ? names.records : names.record;
  const separator = /[ _-]/.exec(token)?.[0];
  if (separator === undefined) return token.startsWith('O') ? pascal(words) : camel(words);
  const text = words.join(separator);
  if (token.startsWith('ODD')) return text.toUpperCase();
  return token.startsWith('O') ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
