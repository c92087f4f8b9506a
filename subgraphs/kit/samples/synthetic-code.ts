// Identifiers for invented subjects, unique by construction: the index of a subject is spread over
// the organisation code by a bijection, so that a million codes need no memory of one another.
import { makeCreditCode } from '../values/credit-code.ts';

/** Bounds the number of subjects: so many can be told apart. */
export const SUBJECTS_MAX = 100_000_000;

/** Names the two first characters of a credit code: registering authority and category. */
export type CodePrefix = '91' | '92' | '93' | '11' | '12' | '51' | '52' | '53' | 'N2' | 'Y1';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const BODY_SPACE = 31 ** 6;
// Shares no factor with 31 or 10, and is small enough that its product with an index stays exact.
const STEP = 61_803_397;
// The six characters of subject 0, the worked example of the project: 91990101MA7K3P2Q8J.
const BODY_OF_SUBJECT_0 = '7K3P2Q';

const LETTERS_OF: Readonly<Record<CodePrefix, string>> = {
  '91': 'MA',
  '92': 'MA',
  '93': 'NA',
  '11': 'MB',
  '12': 'MB',
  '51': 'MJ',
  '52': 'MJ',
  '53': 'MJ',
  N2: 'MF',
  Y1: 'MK',
};

/**
 * Makes the credit code of a subject; different indexes have different codes, whatever the rest.
 *
 * @param numeric whether the organisation code is digits only, as those given out before 2015
 */
export function creditCodeOf(
  index: number,
  prefix: CodePrefix,
  region: string,
  numeric: boolean,
): string {
  if (!Number.isInteger(index) || index < 0 || index >= SUBJECTS_MAX) {
    throw new RangeError(`A subject's index is 0 to ${SUBJECTS_MAX - 1}, not ${index}.`);
  }
  const body = numeric ? numericBody(index) : LETTERS_OF[prefix] + letterBody(index);
  return makeCreditCode(prefix.charAt(0), prefix.charAt(1), region, body);
}

/**
 * Makes a registration number of the kind used until 2015: 15 digits, the last by ISO 7064
 * MOD 11,10.
 */
export function registrationNumberOf(index: number, region: string): string {
  const digits = region + numericBody(index);
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return digits + String((11 - product) % 10);
}

function letterBody(index: number): string {
  let rest = (index * STEP + valueOf(BODY_OF_SUBJECT_0)) % BODY_SPACE;
  let text = '';
  for (let place = 0; place < 6; place += 1) {
    text = ALPHABET.charAt(rest % 31) + text;
    rest = Math.floor(rest / 31);
  }
  return text;
}

function numericBody(index: number): string {
  return String((index * STEP + 20_140_621) % 100_000_000).padStart(8, '0');
}

function valueOf(text: string): number {
  let value = 0;
  for (const character of text) value = value * 31 + ALPHABET.indexOf(character);
  return value;
}
