// How large a slice of the order should be: one that gives what is wanted, and little more.
import { PLACES, placesOfSlice, SLICE_LEVELS } from './term.ts';

/** To ask for a larger slice costs more than the names that it leaves out. */
const LEVEL_MIN = 3;

/**
 * Chooses the level of the slice behind another; 0 for all the rest.
 *
 * @param end place at which the other ended
 * @param gave names that it gave, of those that were looked at
 * @param wanted names that are wanted, and names that may be looked at for them at once
 */
export function levelOfNext(
  level: number,
  end: number,
  gave: { readonly found: number; readonly looked: number },
  wanted: { readonly names: number; readonly looked: number },
): number {
  const slicesLeft = (PLACES - end) / placesOfSlice(level);
  // One that has none says only that there is hardly one in each.
  const found = Math.max(gave.found, 0.5);
  if (gave.looked * slicesLeft <= wanted.looked || found * slicesLeft <= wanted.names) return 0;
  const widest = Math.max(LEVEL_MIN, level - Math.ceil(Math.log2(wanted.names / found)));
  let next = level;
  // It begins where the other ended: a wider one begins only at some of these places.
  while (next > widest && end % placesOfSlice(next - 1) === 0) next -= 1;
  return next;
}

/** Names the level of slices that are one in `parts` of all, or somewhat more; 0 for all of it. */
export function levelOf(parts: number): number {
  const level = Math.floor(Math.log2(parts));
  return level < LEVEL_MIN ? 0 : Math.min(level, SLICE_LEVELS);
}
