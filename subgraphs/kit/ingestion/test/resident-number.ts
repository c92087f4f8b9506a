// Resident numbers for tests are put together when they run, so that no file of the project holds
// one. Region 110000 is a province as a whole; nobody's number begins with it.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Makes a number with a right check digit that belongs to nobody. */
export function makeResidentNumber(serial = '123', birth = '19900307'): string {
  const body = `110000${birth}${serial}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + '10X98765432'.charAt(sum % 11);
}

/** Makes a number of the old form, fifteen digits, that is no registration number. */
export function makeOldResidentNumber(): string {
  return `110000900307124`;
}
