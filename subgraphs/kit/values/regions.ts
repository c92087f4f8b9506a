// The provinces of GB/T 2260: the first two digits of every region code. Counties come and go, and
// codes of abolished ones stay in use, so that nothing finer is checked.

const PROVINCES: ReadonlySet<string> = new Set(
  (
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 ' +
    '61 62 63 64 65 71 81 82'
  ).split(' '),
);

/** Tells whether two digits are the prefix of a province, region or municipality. */
export function isProvincePrefix(prefix: string): boolean {
  return PROVINCES.has(prefix);
}
