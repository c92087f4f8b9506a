// Inquiry x operation -> Decision, before anything is planned or fetched; and the decision again, once
// it is known which standings the caller holds at all.
import type { DocumentNode } from 'graphql';
import type { DisclosureClass } from '../../subgraphs/kit/authority/disclosure-class.ts';
import type { Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import type { LookedUpOpening } from './holdings.ts';
import type { RuleId } from './policy.ts';
import { remainderOf } from './remainder.ts';
import { uniqueDependences, type Dependence, type Verdicts } from './verdicts.ts';
import { walkOperation, type Operation } from './walk-operation.ts';

/** A field that the caller may not see. */
export interface RefusedField {
  /** Response path without list indices. */
  readonly path: readonly string[];
  /** `TaxCreditRating.score`, or a type where the type itself is refused. */
  readonly coordinate: string;
  /** What it takes; null where nobody may see it. */
  readonly class: DisclosureClass | null;
  readonly sectors: readonly string[];
  readonly rule: RuleId;
  /** Purposes that would do, where only a purpose is missing; else empty. */
  readonly purposes: readonly Purpose[];
}

/** Standings to be looked up in one sector. */
export interface Lookup {
  readonly sector: string;
  readonly openings: readonly LookedUpOpening[];
}

/** On what an operation that goes on still depends. */
interface Pending {
  /** Standings that some of the fields that are left depend on; empty where the tier is enough. */
  readonly dependences: readonly Dependence[];
  /** What has to be looked up for them, one entry a sector; that a caller is the subject is known. */
  readonly lookups: readonly Lookup[];
}

/** Whether an operation may be asked. */
export type Decision =
  | ({ readonly kind: 'allow' } & Pending)
  | ({
      readonly kind: 'refuse';
      /** In the order of the document, one entry a field. */
      readonly refused: readonly RefusedField[];
      /** The operation without those fields; null where nothing is left of it. */
      readonly remainder: DocumentNode | null;
    } & Pending);

/** Refused fields that are listed at most; an operation is refused however many there are. */
export const REFUSALS_LISTED_MAX = 100;

/** Decides on a validated operation by the verdicts of its caller. */
export function authorize(operation: Operation, verdicts: Verdicts): Decision {
  const refused: RefusedField[] = [];
  const seen = new Set<string>();
  const dependences: Dependence[] = [];
  const kept = walkOperation(operation, verdicts, ({ path, verdict }) => {
    if (verdict.kind === 'depend') dependences.push(...verdict.dependences);
    if (verdict.kind !== 'refuse' || refused.length >= REFUSALS_LISTED_MAX) return;
    const { decidedBy: coordinate, class: needed, sectors, rule, purposes } = verdict;
    const key = `${path.join('.')} ${coordinate}`;
    if (seen.has(key)) return;
    seen.add(key);
    refused.push({ path, coordinate, class: needed, sectors, rule, purposes });
  });
  const unique = uniqueDependences(dependences);
  const pending = { dependences: unique, lookups: lookupsOf(unique) };
  if (refused.length === 0) return { kind: 'allow', ...pending };
  const remainder = remainderOf(operation.operation, kept);
  return { kind: 'refuse', refused, remainder, ...pending };
}

function lookupsOf(dependences: readonly Dependence[]): readonly Lookup[] {
  const bySector = new Map<string, Set<LookedUpOpening>>();
  for (const { sectors, alternatives } of dependences) {
    for (const opening of new Set(alternatives.flat())) {
      if (opening === 'SELF') continue;
      for (const sector of sectors) {
        const openings = bySector.get(sector) ?? new Set();
        bySector.set(sector, openings.add(opening));
      }
    }
  }
  return [...bySector].map(([sector, openings]) => ({ sector, openings: [...openings].sort() }));
}
