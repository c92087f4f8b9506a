// How long consents and grants may last: a dated rule table. A new rule is a new entry; what was
// given before keeps the end that it was given.

/** How long what is given on a day may last, in years from that day. */
interface Terms {
  readonly inForce: string;
  readonly source: string;
  readonly consentYearsMax: number;
  readonly grantYearsMax: number;
}

const TERMS: readonly [Terms, ...Terms[]] = [
  {
    inForce: '2014-01-01',
    source: 'No law names a length; the floor of this project: never without an end.',
    consentYearsMax: 2,
    grantYearsMax: 1,
  },
];

/** Returns the last day that a consent given today may name, inclusive. */
export function lastDayOfConsent(today: string): string {
  return addYears(today, termsOf(today).consentYearsMax);
}

/** Returns the last day that an application made today may name, inclusive. */
export function lastDayOfGrant(today: string): string {
  return addYears(today, termsOf(today).grantYearsMax);
}

function termsOf(today: string): Terms {
  return TERMS.findLast(({ inForce }) => inForce <= today) ?? TERMS[0];
}

/** The same day some years on; 29 February becomes the 28th where the year has none. */
function addYears(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0');
  const same = `${year}${day.slice(4)}`;
  const exists = new Date(`${same}T00:00:00Z`).toISOString().slice(0, 10) === same;
  return exists ? same : `${year}-02-28`;
}
