// What of one graph is shown to more callers than of another, as the record of the published graphs
// keeps it.
import type { AuthorityChange } from './check-report.ts';
import type { EarlierGraph } from './earlier-sights.ts';
import { findAuthorityChanges } from './find-authority-changes.ts';
import { readGraph } from './graph.ts';
import type { ReadyPrincipal } from './ready-principals.ts';

/** A field, and who sees it that did not. */
export interface Widening {
  readonly coordinate: string;
  readonly gains: readonly ReadyPrincipal[];
}

/**
 * Finds what a newer graph widens, against the one before it; a field that comes back, against the
 * last of the earlier ones that had it.
 */
export function wideningsBetween(
  before: string,
  after: string,
  earlier: Iterable<EarlierGraph>,
): readonly Widening[] {
  return between(before, after, earlier).flatMap((change) => wideningOf(change, ['widened']));
}

/**
 * Finds what an older graph opens again: also every field that is not in the one that is served, which
 * was closed by taking it away, and that somebody sees.
 */
export function openedAgain(served: string, older: string): readonly Widening[] {
  return between(served, older, []).flatMap((change) => wideningOf(change, ['widened', 'added']));
}

function between(
  before: string,
  after: string,
  earlier: Iterable<EarlierGraph>,
): readonly AuthorityChange[] {
  return findAuthorityChanges(null, readGraph(before), readGraph(after), { uses: null, earlier });
}

/** Picks changes of these kinds as widenings. */
export function wideningOf(
  { kind, coordinate, gains }: AuthorityChange,
  kinds: readonly AuthorityChange['kind'][] = ['widened', 'inherited'],
): readonly Widening[] {
  return kinds.includes(kind) && gains.length > 0 ? [{ coordinate, gains }] : [];
}
