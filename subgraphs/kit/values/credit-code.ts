// The unified social credit code (GB 32100-2015), written here because the packages for it are wrong:
// one rejects every code whose check character is 0, both reject letter authorities.
import { organisationCheckCharacter } from './organisation-code.ts';
import { isProvincePrefix } from './regions.ts';

/** The kinds of subject, by authority (first character) and category (second) of the code. */
export const CREDIT_CODE_CATEGORIES = {
  1: { 1: 'STATE_ORGAN', 2: 'PUBLIC_INSTITUTION', 3: 'MASS_BODY', 9: 'STAFFING_OTHER' },
  2: { 1: 'FOREIGN_PRESS_OFFICE', 9: 'FOREIGN_AFFAIRS_OTHER' },
  3: {
    1: 'LAW_FIRM',
    2: 'NOTARY_OFFICE',
    3: 'GRASSROOTS_LEGAL_SERVICE',
    4: 'FORENSIC_INSTITUTION',
    5: 'ARBITRATION_COMMISSION',
    9: 'JUDICIAL_ADMINISTRATION_OTHER',
  },
  4: { 1: 'FOREIGN_CULTURAL_CENTRE', 9: 'CULTURE_OTHER' },
  5: { 1: 'SOCIAL_BODY', 2: 'PRIVATE_NON_ENTERPRISE', 3: 'FOUNDATION', 9: 'CIVIL_AFFAIRS_OTHER' },
  6: {
    1: 'FOREIGN_TOURISM_OFFICE',
    2: 'HONG_KONG_MACAO_TAIWAN_TOURISM_OFFICE',
    9: 'TOURISM_OTHER',
  },
  7: { 1: 'RELIGIOUS_SITE', 2: 'RELIGIOUS_SCHOOL', 9: 'RELIGION_OTHER' },
  8: { 1: 'GRASSROOTS_TRADE_UNION', 9: 'TRADE_UNION_OTHER' },
  9: { 1: 'ENTERPRISE', 2: 'INDIVIDUAL_HOUSEHOLD', 3: 'FARMERS_COOPERATIVE' },
  A: { 1: 'MILITARY_INSTITUTION', 9: 'MILITARY_OTHER' },
  N: {
    1: 'GROUP_COLLECTIVE',
    2: 'VILLAGE_COLLECTIVE',
    3: 'TOWNSHIP_COLLECTIVE',
    9: 'AGRICULTURE_OTHER',
  },
  Y: { 1: 'OTHER' },
} as const;

type Categories = typeof CREDIT_CODE_CATEGORIES;
type ValuesOf<T> = T extends unknown ? T[keyof T] : never;

/** One of the kinds of subject in {@link CREDIT_CODE_CATEGORIES}. */
export type CreditCodeCategory = ValuesOf<Categories[keyof Categories]>;

/** The parts of a code: authority, category, six digits of region, nine of organisation. */
export interface CreditCodeParts {
  readonly authority: string;
  readonly category: string;
  readonly region: string;
  readonly organisation: string;
}

/** What {@link parseCreditCode} finds; a warning is kept beside a code that is accepted. */
export interface ParsedCreditCode {
  readonly valid: boolean;
  readonly normalized: string;
  /** Present when the text has eighteen characters. */
  readonly parts?: CreditCodeParts;
  /** Why the code is refused; the texts name a position or character, never the whole value. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
/** Values of the characters in sums, by their code; -1 for one that is not in the alphabet. */
const VALUES = Int8Array.from({ length: 128 }, (_, unit) =>
  ALPHABET.indexOf(String.fromCharCode(unit)),
);
const TABLE: Readonly<Record<string, Readonly<Record<string, CreditCodeCategory>>>> =
  CREDIT_CODE_CATEGORIES;
const REGISTRAR = '100000';
const FOREIGN = /[^0-9A-HJ-NPQRTUWXY]/u;
const PLAIN = /^[0-9A-Z]*$/;

/** Normalises a code: NFKC, upper-case, without spaces and hyphens. */
export function normalizeCreditCode(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase();
}

/**
 * Checks a unified social credit code in any usual spelling.
 *
 * The check character, the alphabet, authority, category and the form of the region decide; a wrong
 * inner organisation check or an unassigned province only warn, because real codes have them.
 */
export function parseCreditCode(text: string): ParsedCreditCode {
  const normalized = normalizeCreditCode(text);
  if (normalized.length !== 18) {
    return { valid: false, normalized, errors: [lengthError(normalized)], warnings: [] };
  }
  const errors: string[] = [];
  const warnings: string[] = [];
  const parts: CreditCodeParts = {
    authority: normalized.charAt(0),
    category: normalized.charAt(1),
    region: normalized.slice(2, 8),
    organisation: normalized.slice(8, 17),
  };
  const check = checkCharacter(normalized);
  const foreign = check === undefined ? FOREIGN.exec(normalized)?.[0] : undefined;
  if (foreign === '*') errors.push('masked with *: the whole code is needed');
  else if (foreign !== undefined) {
    const kind = /[A-Z]/.test(foreign) ? 'letter' : 'character';
    errors.push(`${kind} ${foreign} is not in the alphabet`);
  }
  const categories = TABLE[parts.authority];
  if (!categories) errors.push(`authority ${parts.authority} is unknown`);
  else if (!categories[parts.category]) {
    errors.push(`category ${parts.category} is unknown for authority ${parts.authority}`);
  }
  if (!/^[0-9]{6}$/.test(parts.region)) errors.push('region is not six digits');
  if (check !== undefined && check !== normalized[17]) {
    errors.push(`check character: expected ${check}`);
  }
  if (errors.length === 0) warn(parts, warnings);
  return { valid: errors.length === 0, normalized, parts, errors, warnings };
}

/** Names the kind of subject that a code stands for; undefined if authority or category is unknown. */
export function categoryOf(code: string): CreditCodeCategory | undefined {
  return TABLE[code.charAt(0)]?.[code.charAt(1)];
}

/**
 * Makes a code with both check characters, for samples.
 *
 * @param region six digits; the unassigned prefix 99 keeps a sample from being a real subject
 * @param organisationBody eight characters of the alphabet of GB 32100
 * @throws RangeError if a part does not fit
 */
export function makeCreditCode(
  authority: string,
  category: string,
  region: string,
  organisationBody: string,
): string {
  const organisation = organisationBody + organisationCheckCharacter(organisationBody);
  const code = authority + category + region + organisation;
  const whole = `${code}${checkCharacter(code) ?? ''}`;
  const parsed = parseCreditCode(whole);
  if (!parsed.valid) throw new RangeError(`Not a credit code: ${parsed.errors.join('; ')}.`);
  return whole;
}

function lengthError(code: string): string {
  if (code.includes('*')) return 'masked with *: the whole code is needed';
  if (/^[0-9]{15}$/.test(code)) return '15 digits: a legacy registration number, not a credit code';
  if (/^[0-9A-Z]{8}[0-9X]$/.test(code)) {
    return '9 characters: an organisation code, not a credit code';
  }
  return `length ${code.length}, expected 18`;
}

/** Computes the last character of a code; undefined if one of its characters is foreign. */
function checkCharacter(code: string): string | undefined {
  let sum = 0;
  for (let i = 0; i < code.length; i++) {
    const value = VALUES[code.charCodeAt(i)] ?? -1;
    if (value < 0) return undefined;
    sum += value * (WEIGHTS[i] ?? 0);
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

function warn(parts: CreditCodeParts, warnings: string[]): void {
  const check = organisationCheckCharacter(parts.organisation.slice(0, 8));
  if (check !== parts.organisation[8]) {
    warnings.push(`organisation check character: expected ${check}`);
  }
  if (parts.region !== REGISTRAR && !isProvincePrefix(parts.region.slice(0, 2))) {
    warnings.push(`region ${parts.region} is not assigned`);
  }
}
