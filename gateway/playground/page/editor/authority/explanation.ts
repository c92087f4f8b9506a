// How an operation is decided, as the graph's field `explain` says it.
import type { DisclosureClass } from '../../../../../subgraphs/kit/authority/disclosure-class.ts';
import type { Decision } from '../../components/badge.tsx';
import type { en } from '../../texts/en.ts';

/** How one field is decided, and why. */
export interface FieldExplanation {
  /** Response path without list indices. */
  readonly path: readonly string[];
  readonly coordinate: string;
  readonly decidedBy: string;
  readonly decision: Decision;
  /** Null where nobody may see it. */
  readonly class: DisclosureClass | null;
  readonly sectors: readonly string[];
  readonly rule: keyof typeof en.authority.rule;
}

/** How an operation is decided. */
export interface Explanation {
  readonly decision: Decision;
  readonly fields: readonly FieldExplanation[];
}

/** What is asked of an explanation. */
export const EXPLANATION = `fragment Decided on Explanation {
  decision
  fields { path coordinate decidedBy decision class sectors rule }
}`;

/** The longest text that is explained as it is typed, characters. */
export const EXPLAINED_CHARACTERS_MAX = 20_000;
