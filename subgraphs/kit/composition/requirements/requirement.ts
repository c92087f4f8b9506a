// What one field asks: some class out of several ways, each a set of classes that must all be held;
// and whether its caller must be identified.
import {
  DISCLOSURE_CLASSES,
  rankOfClass,
  type DisclosureClass,
} from '../../authority/disclosure-class.ts';

/** Ways to be allowed; held by whoever holds every class of one of them. */
export interface Requirement {
  /** Empty when there is no way. */
  readonly ways: readonly (readonly DisclosureClass[])[];
  /** The most restricted class of the easiest way; null when there is no way. */
  readonly class: DisclosureClass | null;
  /** Whether an anonymous caller is refused whatever the classes say (`@authenticated`). */
  readonly identified: boolean;
}

/** Asks for nothing; for types without a label of their own, never for fields. */
export const OPEN: Requirement = { ways: [[]], class: 'PUBLIC', identified: false };

/** Asks who the caller is, and nothing else. */
export const IDENTIFIED: Requirement = { ...OPEN, identified: true };

/** Cannot be met: no label, or one that nobody can satisfy. */
export const FORBIDDEN: Requirement = { ways: [], class: null, identified: false };

/** Makes a requirement of its ways. An empty way asks for nothing, and is not taken as a label. */
export function requireAny(ways: readonly (readonly DisclosureClass[])[]): Requirement {
  const sets = ways.filter((way) => way.length > 0).map(toSet);
  const ways_ = minimal(sets);
  if (ways_.length === 0) return FORBIDDEN;
  return { ways: ways_, class: easiest(ways_), identified: false };
}

/** Joins requirements of which every one must be met. */
export function requireAll(requirements: readonly Requirement[]): Requirement {
  let ways: readonly (readonly DisclosureClass[])[] = [[]];
  for (const requirement of requirements) {
    // There are six classes and hence at most 64 sets, so that the product stays small.
    ways = minimal(
      ways.flatMap((left) => requirement.ways.map((right) => toSet([...left, ...right]))),
    );
  }
  return { ways, class: easiest(ways), identified: requirements.some((one) => one.identified) };
}

/** Tells whether the holder of these classes holds all of one way; who the caller is stays open. */
export function isMet(requirement: Requirement, held: readonly DisclosureClass[]): boolean {
  return requirement.ways.some((way) => way.every((needed) => held.includes(needed)));
}

function toSet(classes: readonly DisclosureClass[]): readonly DisclosureClass[] {
  return DISCLOSURE_CLASSES.filter((candidate) => classes.includes(candidate));
}

/** Drops repeated ways, and ways that ask for more than another. */
function minimal(
  ways: readonly (readonly DisclosureClass[])[],
): readonly (readonly DisclosureClass[])[] {
  return ways.filter((way, index) =>
    ways.every((other, otherIndex) => {
      if (index === otherIndex || !other.every((needed) => way.includes(needed))) return true;
      return other.length === way.length && index < otherIndex;
    }),
  );
}

function easiest(ways: readonly (readonly DisclosureClass[])[]): DisclosureClass | null {
  const ranks = ways.map((way) => Math.max(0, ...way.map(rankOfClass)));
  return ranks.length === 0 ? null : (DISCLOSURE_CLASSES[Math.min(...ranks)] ?? null);
}
