// Whether two names differ by one slip of the finger. Linear in their length: a full table of
// distances would answer more than is asked.

/**
 * Tells whether two texts differ by exactly one edit: a character replaced, left out, added, or
 * swapped with its neighbour.
 *
 * @param a characters (code points) of one text
 * @param b characters of the other
 */
export function isOneEdit(a: readonly string[], b: readonly string[]): boolean {
  const shorter = a.length <= b.length ? a : b;
  const longer = a.length <= b.length ? b : a;
  if (longer.length - shorter.length > 1) return false;
  let at = 0;
  while (at < shorter.length && shorter[at] === longer[at]) at += 1;
  if (shorter.length < longer.length) return sameFrom(shorter, at, longer, at + 1);
  if (at === shorter.length) return false;
  if (sameFrom(shorter, at + 1, longer, at + 1)) return true;
  const isSwapped = shorter[at] === longer[at + 1] && shorter[at + 1] === longer[at];
  return isSwapped && sameFrom(shorter, at + 2, longer, at + 2);
}

function sameFrom(
  a: readonly string[],
  fromA: number,
  b: readonly string[],
  fromB: number,
): boolean {
  for (let at = 0; fromA + at < a.length; at += 1) {
    if (a[fromA + at] !== b[fromB + at]) return false;
  }
  return true;
}
