// Says of every field of an operation how it is decided and why, without executing anything: the same
// walk and the same verdicts as for an operation that is asked.
import type { DisclosureClass } from '../../subgraphs/kit/authority/disclosure-class.ts';
import type { WantedField } from './create-authorization.ts';
import { RULES, type RuleId } from './policy.ts';
import type { FieldVerdict, Verdicts } from './verdicts.ts';
import { walkOperation, type Operation } from './walk-operation.ts';

/** How a field is decided: DEPENDS_ON_SUBJECT where a standing on the subject could open it. */
export type FieldDecision = 'ALLOWED' | 'DEPENDS_ON_SUBJECT' | 'REFUSED';

/** How one field of an operation is decided, and why. */
export interface FieldExplanation {
  /** Response path without list indices. */
  readonly path: readonly string[];
  /** The field on the type it is written on. */
  readonly coordinate: string;
  /** What decided: the field of an object type that can be met, or a type by its own label. */
  readonly decidedBy: string;
  readonly decision: FieldDecision;
  /** What it takes; null where nobody may see it. */
  readonly class: DisclosureClass | null;
  readonly sectors: readonly string[];
  readonly rule: RuleId;
  /** The sentence of the rule. */
  readonly reason: string;
  /** The cheapest way to be allowed; null where the field is. */
  readonly way: string | null;
}

/** How an operation is decided. */
export interface Explanation {
  /** REFUSED with one refused field, else DEPENDS_ON_SUBJECT with one that depends. */
  readonly decision: FieldDecision;
  /** Every field that the operation holds, in the order of the document. */
  readonly fields: readonly FieldExplanation[];
}

/** Explains a validated operation, whose size is bounded, by the verdicts on some caller. */
export function explainOperation(
  operation: Operation,
  verdicts: Verdicts,
  wayFor: (wanted: WantedField) => string,
): Explanation {
  const fields: FieldExplanation[] = [];
  walkOperation(operation, verdicts, ({ path, coordinate, verdict }) => {
    const { decidedBy, class: needed, sectors, rule } = verdict;
    fields.push({
      path,
      coordinate,
      decidedBy,
      decision: DECISIONS[verdict.kind],
      class: needed,
      sectors,
      rule,
      reason: RULES[rule],
      way: verdict.kind === 'allow' ? null : wayFor({ ...verdict, coordinate: decidedBy }),
    });
  });
  const decision = (['REFUSED', 'DEPENDS_ON_SUBJECT'] as const).find((kind) =>
    fields.some((field) => field.decision === kind),
  );
  return { decision: decision ?? 'ALLOWED', fields };
}

const DECISIONS: Readonly<Record<FieldVerdict['kind'], FieldDecision>> = {
  allow: 'ALLOWED',
  depend: 'DEPENDS_ON_SUBJECT',
  refuse: 'REFUSED',
};
