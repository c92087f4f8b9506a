// One spelling of a name for storing and for asking: what differs only in width, case, accents,
// punctuation or blanks is the same name.

const LATIN_RUN = /\p{Script=Latin}[\p{Script=Latin}\p{M}]*/gu;
const MARK = /\p{M}+/gu;
const APOSTROPHE = /['’ʼ`´]/gu;
const NO_NAME_CHARACTER = /[^\p{L}\p{N}]+/gu;
const IDEOGRAPH = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]/u;
const BLANK_BESIDE_IDEOGRAPH = new RegExp(
  ` (?=${IDEOGRAPH.source})|(?<=${IDEOGRAPH.source}) `,
  'gu',
);

/**
 * Normalises a name: NFKC, lower case, Latin letters without accents, letters and digits only.
 *
 * One space stays between two words of an alphabet and nowhere else: 云州 星河（集团） is 云州星河集团,
 * `Co.,Ltd.` is `co ltd`. The result may be empty.
 */
export function normaliseName(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(LATIN_RUN, (run) => run.normalize('NFD').replace(MARK, ''))
    .replace(MARK, '')
    .replace(APOSTROPHE, '')
    .replace(NO_NAME_CHARACTER, ' ')
    .replace(BLANK_BESIDE_IDEOGRAPH, '')
    .trim();
}

/** Tells whether a character is written without blanks between words: Chinese, kana, hangul. */
export function isIdeograph(character: string): boolean {
  return IDEOGRAPH.test(character);
}

/** Splits a normalised name into characters: code points, as the database counts them. */
export function charactersOf(normalised: string): string[] {
  return Array.from(normalised);
}
