// How well a name matches what was searched for, in words and on the scale of 1 to 10 that users of
// other registers know.
import type { NameHit } from './name-statements.ts';
import { charactersOf } from './normalise-name.ts';
import { RANKS, type MatchKind } from './search-position.ts';

/** What `SubjectMatch` says. */
export interface SubjectMatch {
  readonly kind: MatchKind;
  readonly matchedName: string | null;
  readonly isFormerName: boolean;
  readonly confidence: number;
}

/** A match without a name: the filters hold, which is certain. */
export const FILTER_MATCH: SubjectMatch = {
  kind: 'FILTER',
  matchedName: null,
  isFormerName: false,
  confidence: 10,
};

/** The confidence of a match by little of a name, and what the whole of it would add. */
const CONFIDENCE: Readonly<Record<keyof typeof RANKS, readonly [least: number, span: number]>> = {
  EXACT: [10, 0],
  PREFIX: [6, 3],
  FRAGMENT: [3, 4],
  TYPO: [4, 2],
};

/** Tells how a name that was found matches a text of so many characters. */
export function matchOf(hit: NameHit, textCharacters: number): SubjectMatch {
  const kind = kindOfRank(hit.rank);
  const isFormerName = hit.kind === 'FORMER' || hit.kind === 'FORMER_ENGLISH';
  const [least, span] = CONFIDENCE[kind];
  const share = Math.min(1, textCharacters / charactersOf(hit.normalised).length);
  const confidence = least + Math.round(span * share) - (isFormerName ? 1 : 0);
  return { kind, matchedName: hit.name, isFormerName, confidence };
}

/** Names the kind of match that has a rank. */
export function kindOfRank(rank: number): keyof typeof RANKS {
  const kinds = Object.keys(RANKS) as (keyof typeof RANKS)[];
  const kind = kinds.find((each) => RANKS[each] === rank);
  if (kind === undefined) throw new Error(`no kind of match has the rank ${rank}`);
  return kind;
}
