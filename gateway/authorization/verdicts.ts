// Every verdict on the fields of one graph for one kind of caller, each worked out once: a field asks
// for its own label, its type's, and that of whatever it returns.
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import {
  rankOfClass,
  type DisclosureClass,
} from '../../subgraphs/kit/authority/disclosure-class.ts';
import type { Opening } from '../../subgraphs/kit/authority/policy.ts';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import { judge, type Asked, type Verdict } from './judge.ts';
import { ruleOfRefused, type RuleId } from './policy.ts';
import { OPEN } from '../../subgraphs/kit/composition/requirements/requirement.ts';
import type { Requirements } from '../../subgraphs/kit/composition/requirements/requirements.ts';

/** A standing on which a field depends; which subject it is of is decided where it is resolved. */
export interface Dependence {
  readonly sectors: readonly string[];
  /** Sets of standings, of which one must be held, in every one of the sectors. */
  readonly alternatives: readonly (readonly Opening[])[];
}

/** What is decided of a field, of all that it asks; the strictest decides. */
export interface FieldVerdict {
  readonly kind: Verdict['kind'];
  readonly rule: RuleId;
  /** What decided: a field of an object type, or a type by its own label. */
  readonly decidedBy: string;
  /** What that takes; null where nobody may see it. */
  readonly class: DisclosureClass | null;
  readonly sectors: readonly string[];
  /** Purposes that would do, where only a purpose is missing; else empty. */
  readonly purposes: readonly Purpose[];
  /** All that must be held beside the tier; empty unless the kind is `depend`. */
  readonly dependences: readonly Dependence[];
}

/** The verdicts of one caller on one graph. */
export class Verdicts {
  readonly #schema: GraphQLSchema;
  readonly #requirements: Requirements;
  readonly #inquiry: Inquiry;
  readonly #isHeld: (dependence: Dependence) => boolean;
  readonly #fields = new Map<string, FieldVerdict>();
  readonly #types = new Map<string, FieldVerdict>();

  /**
   * @param isHeld what is known of the standings of the caller; before they have been looked up all
   *   that it could hold counts as held
   */
  constructor(
    schema: GraphQLSchema,
    requirements: Requirements,
    inquiry: Inquiry,
    isHeld: (dependence: Dependence) => boolean,
  ) {
    this.#schema = schema;
    this.#requirements = requirements;
    this.#inquiry = inquiry;
    this.#isHeld = isHeld;
  }

  /** Decides on a field of an object type, with all that it can return. */
  ofField(type: GraphQLObjectType, field: string): FieldVerdict {
    const coordinate = `${type.name}.${field}`;
    let verdict = this.#fields.get(coordinate);
    if (!verdict) {
      const own = this.#judge({
        requirement: this.#requirements.ofField(type.name, field),
        coordinate,
        sectors: this.#requirements.sectorsOf(type.name, field),
      });
      verdict = strictest([own, ...this.#ofReturned(type, field)]);
      this.#fields.set(coordinate, verdict);
    }
    return verdict;
  }

  /** Decides on an object type by its own label, which covers that there is such an object. */
  ofType(name: string): FieldVerdict {
    let verdict = this.#types.get(name);
    if (!verdict) {
      verdict = this.#judge({
        requirement: this.#requirements.ofType(name),
        coordinate: name,
        sectors: this.#requirements.sectorsOf(name, ''),
      });
      this.#types.set(name, verdict);
    }
    return verdict;
  }

  #ofReturned(type: GraphQLObjectType, field: string): readonly FieldVerdict[] {
    const definition = type.getFields()[field];
    if (!definition) return [];
    const returned = getNamedType(definition.type);
    if (isObjectType(returned)) return [this.ofType(returned.name)];
    if (isAbstractType(returned)) {
      return this.#schema.getPossibleTypes(returned).map(({ name }) => this.ofType(name));
    }
    if (isCompositeType(returned)) return [];
    const requirement = this.#requirements.ofType(returned.name);
    // Most have no label, and then ask for nothing.
    if (requirement === OPEN) return [];
    // A labelled enumeration or scalar is shared: those who resolve the field answer for it.
    const sectors = this.#requirements.sectorsOf(type.name, field);
    return [this.#judge({ requirement, coordinate: returned.name, sectors })];
  }

  #judge(asked: Asked): FieldVerdict {
    const verdict = judge(this.#inquiry, asked);
    switch (verdict.kind) {
      case 'allow':
        return verdictOf(asked, 'allow', verdict.rule);
      case 'refuse':
        return verdictOf(asked, 'refuse', verdict.rule, verdict.purposes);
      case 'depend': {
        const dependence = { sectors: asked.sectors, alternatives: verdict.alternatives };
        return this.#isHeld(dependence)
          ? verdictOf(asked, 'depend', verdict.rule, NONE, [dependence])
          : verdictOf(asked, 'refuse', ruleOfRefused(asked.requirement.class));
      }
    }
  }
}

const NONE: readonly never[] = [];

/** Written out, since a graph has some thousands of them for each kind of caller. */
function verdictOf(
  { coordinate, requirement, sectors }: Asked,
  kind: Verdict['kind'],
  rule: RuleId,
  purposes: readonly Purpose[] = NONE,
  dependences: readonly Dependence[] = NONE,
): FieldVerdict {
  return {
    kind,
    rule,
    decidedBy: coordinate,
    class: requirement.class,
    sectors,
    purposes,
    dependences,
  };
}

const STRICTNESS: Readonly<Record<Verdict['kind'], number>> = { allow: 0, depend: 1, refuse: 2 };

/**
 * Joins verdicts of which every one must hold: the strictest kind decides, among those of one kind
 * the most restricted class, and among equals the first.
 */
export function strictest(verdicts: readonly FieldVerdict[]): FieldVerdict {
  let decisive: FieldVerdict | null = null;
  for (const verdict of verdicts) {
    if (!decisive || isStricter(verdict, decisive)) decisive = verdict;
  }
  if (!decisive) throw new Error('nothing was asked of a field');
  if (decisive.kind !== 'depend') return decisive;
  const dependences = verdicts.flatMap((verdict) => verdict.dependences);
  return { ...decisive, dependences: uniqueDependences(dependences) };
}

/** Keeps one dependence of each kind. */
export function uniqueDependences(dependences: readonly Dependence[]): readonly Dependence[] {
  if (dependences.length < 2) return dependences;
  const byKey = new Map<string, Dependence>();
  for (const one of dependences) {
    const key = `${one.sectors.join()}|${one.alternatives.map((set) => set.join('+')).join()}`;
    if (!byKey.has(key)) byKey.set(key, one);
  }
  return [...byKey.values()];
}

function isStricter(one: FieldVerdict, other: FieldVerdict): boolean {
  const kinds = STRICTNESS[one.kind] - STRICTNESS[other.kind];
  return kinds > 0 || (kinds === 0 && rank(one) > rank(other));
}

/** What nobody may see is stricter than every class. */
function rank(verdict: FieldVerdict): number {
  return verdict.class === null ? Infinity : rankOfClass(verdict.class);
}
