// The nine-character organisation code (GB 11714): eight of body, one check character. It lives on
// as characters 9 to 17 of every unified social credit code.

const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;
const BODY = /^[0-9A-Z]{8}$/;
const CODE = /^[0-9A-Z]{8}[0-9X]$/;

/**
 * Computes the check character of an eight-character body, upper-case.
 *
 * Letters count A = 10 to Z = 35: the mapping of GB 11714, not the 31-letter one of GB 32100.
 *
 * @throws RangeError if the body is not eight digits or letters
 */
export function organisationCheckCharacter(body: string): string {
  if (!BODY.test(body)) throw new RangeError('An organisation body is eight digits or letters.');
  let sum = 0;
  for (let i = 0; i < WEIGHTS.length; i++) {
    const unit = body.charCodeAt(i);
    sum += (unit <= 57 ? unit - 48 : unit - 55) * (WEIGHTS[i] ?? 0);
  }
  const check = 11 - (sum % 11);
  if (check === 10) return 'X';
  return check === 11 ? '0' : String(check);
}

/** Tells whether a text is an organisation code with the right check; `12345678-X` also counts. */
export function isOrganisationCode(text: string): boolean {
  const code = text.replace('-', '').toUpperCase();
  return CODE.test(code) && organisationCheckCharacter(code.slice(0, 8)) === code[8];
}
