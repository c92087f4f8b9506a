// Numbers of court cases, checked by their structure: the year, the court, the kind of case, the
// serial. (2022)豫0724执恢54号 is since 2016; (2013)深福法执字第123号 is the form before.

/** The parts of a case number. */
export interface CaseNumber {
  /** The number as it is stored: round brackets of ASCII, no blanks. */
  readonly normalized: string;
  readonly year: number;
  /** The court's short name: 豫0724 is a district court, 豫07 a city's, 豫 the province's. */
  readonly court: string;
  /** The kind of case: 执恢, 民初. */
  readonly kind: string;
}

const FIRST_YEAR = 1980;
const LAST_YEAR = 2100;
const HAN = '\\p{Script=Han}';

const YEAR = '\\(([0-9]{4})\\)';
// 之一 tells the second document of a case from the first.
const END = '号(?:之[一二三四五六七八九十]{1,3})?';
const CURRENT = new RegExp(
  `^${YEAR}(最高法|${HAN}(?:[0-9]{2}|[0-9]{4})?)(${HAN}{1,6})[1-9][0-9]{0,6}${END}$`,
  'u',
);
// The court is one to seven characters of any place, so that only the kind tells where it ends.
const FORMER_KIND = `[执恢民商知行刑破赔仲]${HAN}{0,4}`;
const FORMER = new RegExp(
  `^${YEAR}(${HAN}{1,7}?法?)(${FORMER_KIND})字第0*[1-9][0-9]{0,6}(?:-[0-9]{1,2})?${END}$`,
  'u',
);

// The kinds of case in which a court enforces against a debtor. Objections to enforcement (执异),
// reviews (执复) and supervision (执监) are cases about an enforcement, not against a subject.
const ENFORCEMENT_KIND = /^(?:执|执恢|执保|恢执)$/;
const RESUMED_KIND = /恢/;

/**
 * Reads the number of a case; brackets and digits of any width, and 〔〕 for the brackets, are taken.
 *
 * @returns null for a text that has not the structure of a case number
 */
export function readCaseNumber(text: string): CaseNumber | null {
  const normalized = text
    .normalize('NFKC')
    .replace(/\s/gu, '')
    .replace(/[〔[【]/u, '(')
    .replace(/[〕\]】]/u, ')');
  const [, year, court, kind] = FORMER.exec(normalized) ?? CURRENT.exec(normalized) ?? [];
  if (year === undefined || court === undefined || kind === undefined) return null;
  if (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) return null;
  return { normalized, year: Number(year), court, kind };
}

/** Tells whether a case is one of enforcement against a debtor. */
export function isEnforcement(number: CaseNumber): boolean {
  return ENFORCEMENT_KIND.test(number.kind);
}

/** Tells whether an enforcement case resumes an earlier one: 执恢. */
export function isResumed(number: CaseNumber): boolean {
  return RESUMED_KIND.test(number.kind);
}
