// Finds resident identity numbers (GB 11643) in text, so that a row holding one is refused before
// anything stores or prints it. In doubt it says yes: a wrong alarm costs a line in a rejects file.
import { normalizeCreditCode, parseCreditCode } from './credit-code.ts';
import { isProvincePrefix } from './regions.ts';
import { isRegistrationNumber } from './registration-number.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';
const FIRST_YEAR = 1880;
const GAP_MAX = 3;
const END = 0x0a;
/** Prefix of the residence permits of people from Taiwan, which are built as resident numbers. */
const TAIWAN_PERMIT = '83';
const UNBROKEN = /(?<![0-9０-９])[0-9０-９]{15}(?![0-9０-９])/g;
/** A spreadsheet's display of a long number, with enough digits left to tell region and birth. */
const SCIENTIFIC = /([1-8])\.([0-9]{9,17})E\+?(14|17)(?![0-9])/gi;

/**
 * Tells whether a text contains a resident identity number, anywhere.
 *
 * Found are eighteen characters with a right check digit and, alone in their run of digits, fifteen
 * of the old form; both with an assigned province and a possible birth date, in full-width digits
 * too, and with spaces or hyphens between groups. A registration number or credit code of the same
 * shape is not taken for the old form, but a code that is also a right number of the new form is.
 */
export function containsResidentNumber(text: string): boolean {
  const length = text.length;
  if (length < 12) return false;
  let digits = 0;
  let run = 0;
  let longest = 0;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (isDigit(unit)) {
      digits++;
      if (++run > longest) longest = run;
    } else if (run > 0 && !isSeparator(unit)) run = 0;
  }
  if (longest >= 15 && containsInRuns(text)) return true;
  return digits >= 12 && /e\+?1[47]/i.test(text) && containsScientific(text);
}

/**
 * Tells whether a whole text has the shape of a resident number, masked or with a wrong check digit
 * too: for a column of codes, where a mistyped number must be withheld as well.
 */
export function looksLikeResidentNumber(text: string): boolean {
  const code = normalizeCreditCode(text);
  if (!/^[0-9*]{8,}[0-9X*]+$/.test(code) || !isResidentProvince(code.slice(0, 2))) return false;
  if (code.includes('*')) return code.length <= 20;
  if (code.length >= 16 && code.length <= 20) return isBirthDate(code.slice(6, 14));
  return code.length === 15 && isBirthDate(`19${code.slice(6, 12)}`) && !isRegistrationNumber(code);
}

/** Walks the runs of digits of a text; a gap of a few spaces or hyphens does not end a run. */
function containsInRuns(text: string): boolean {
  let run = '';
  let groups: number[] = [];
  let gap = 0;
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : END;
    if (isDigit(unit)) {
      if (gap > 0) groups.push(run.length);
      gap = 0;
      run += String.fromCharCode(unit > 0xff ? unit - 0xff10 + 48 : unit);
      continue;
    }
    if (run === '' || (isSeparator(unit) && ++gap <= GAP_MAX)) continue;
    if (runHoldsNumber(run, groups, isCheckX(unit) ? 'X' : '')) return true;
    if (groups.length > 0 && isOldForm(run)) return true;
    run = '';
    groups = [];
    gap = 0;
  }
  for (const match of text.matchAll(UNBROKEN)) {
    const digits = match[0].normalize('NFKC');
    if (isOldForm(digits) && !insideCreditCode(text, match.index)) return true;
  }
  return false;
}

/** Tries every window of eighteen in an unbroken run, and those between group ends in a broken one. */
function runHoldsNumber(run: string, groups: readonly number[], ending: string): boolean {
  const whole = run + ending;
  for (let start = 0; start + 18 <= whole.length; start++) {
    const end = start + 18;
    if (!isNewForm(whole, start)) continue;
    const broken = groups.some((at) => at > start && at < end);
    const aligned =
      (start === 0 || groups.includes(start)) &&
      (end >= run.length || groups.includes(end) || end === whole.length);
    if (!broken || aligned) return true;
  }
  return false;
}

function isNewForm(text: string, start: number): boolean {
  if (!isResidentProvince(text.slice(start, start + 2))) return false;
  if (!isBirthDate(text.slice(start + 6, start + 14))) return false;
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (text.charCodeAt(start + i) - 48) * (WEIGHTS[i] ?? 0);
  return CHECKS[sum % 11] === text[start + 17];
}

function isOldForm(run: string): boolean {
  return (
    run.length === 15 &&
    isResidentProvince(run.slice(0, 2)) &&
    isBirthDate(`19${run.slice(6, 12)}`) &&
    !isRegistrationNumber(run)
  );
}

/** A credit code can hold fifteen digits in a row; then they are no number of a person. */
function insideCreditCode(text: string, start: number): boolean {
  let from = start;
  let to = start + 15;
  while (from > 0 && start - from < 4 && isAlphanumeric(text.charCodeAt(from - 1))) from--;
  while (to < text.length && to - start < 19 && isAlphanumeric(text.charCodeAt(to))) to++;
  return to - from === 18 && parseCreditCode(text.slice(from, to)).valid;
}

/** A number that a spreadsheet turned into 1.10101199003071E+17: the person is still told. */
function containsScientific(text: string): boolean {
  for (const [, first = '', rest = '', exponent] of text.matchAll(SCIENTIFIC)) {
    const digits = first + rest;
    if (!isResidentProvince(digits.slice(0, 2))) continue;
    if (exponent === '14' && isBirthDate(`19${digits.slice(6, 10)}01`)) return true;
    if (exponent === '17' && isBirthDate(`${digits.slice(6, 10)}0101`)) return true;
  }
  return false;
}

/** Checks YYYYMMDD; the year runs from the oldest person possible to now. */
function isBirthDate(date: string): boolean {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(4, 6));
  const day = Number(date.slice(6, 8));
  if (year < FIRST_YEAR || month < 1 || month > 12 || day < 1 || day > 31) return false;
  const born = new Date(Date.UTC(year, month - 1, day));
  return born.getUTCDate() === day && born.getTime() <= Date.now() + 86_400_000;
}

function isResidentProvince(prefix: string): boolean {
  return isProvincePrefix(prefix) || prefix === TAIWAN_PERMIT;
}

function isDigit(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 0xff10 && unit <= 0xff19);
}

function isAlphanumeric(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || ((unit | 0x20) >= 97 && (unit | 0x20) <= 122);
}

/** Spaces, hyphens, dots, slashes and what comes along unseen when text is pasted. */
function isSeparator(unit: number): boolean {
  return (
    unit === 0x20 ||
    unit === 0x2d ||
    unit === 0x2e ||
    unit === 0x2f ||
    unit === 0x5f ||
    unit === 0xb7 ||
    unit === 0x30fb ||
    unit === 0xff0e ||
    unit === 0xff0f ||
    unit === 0x09 ||
    unit === 0xa0 ||
    unit === 0xad ||
    unit === 0x3000 ||
    unit === 0xff0d ||
    unit === 0xfeff ||
    unit === 0x2212 ||
    (unit >= 0x2000 && unit <= 0x2015) ||
    unit === 0x2060
  );
}

function isCheckX(unit: number): boolean {
  return unit === 0x58 || unit === 0x78 || unit === 0xff38 || unit === 0xff58;
}
