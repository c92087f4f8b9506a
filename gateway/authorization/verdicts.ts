// Every verdict on the fields of one graph for one kind of caller, each worked out once: a field asks
// for its own label, its type's, and that of whatever it returns.
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  type ArgumentNode,
  type GraphQLObjectType,
} from 'graphql';
import {
  rankOfClass,
  type DisclosureClass,
} from '../../subgraphs/kit/authority/disclosure-class.ts';
import type { Opening } from '../../subgraphs/kit/authority/policy.ts';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import { judge, type Asked, type Verdict } from './judge.ts';
import type { JudgedGraph } from './judged-graph.ts';
import type { FieldOfType } from './paths.ts';
import { ruleOfRefused, type RuleId } from './policy.ts';
import { OPEN } from '../../subgraphs/kit/composition/requirements/requirement.ts';

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

/**
 * Tells whether a field belongs to a caller's schema: it is allowed, or some standing could open it,
 * or the caller has only not said why it asks.
 */
export function isUsable(verdict: FieldVerdict): boolean {
  return verdict.kind !== 'refuse' || verdict.rule === 'PURPOSE_MISSING';
}

/** The verdicts of one caller on one graph. */
export class Verdicts {
  readonly #graph: JudgedGraph;
  readonly #inquiry: Inquiry;
  readonly #isHeld: (dependence: Dependence) => boolean;
  /** By labels alone, of fields and types. */
  readonly #labels = new Map<string, FieldVerdict>();
  readonly #fields = new Map<string, FieldVerdict>();
  readonly #types = new Map<string, FieldVerdict>();

  /**
   * @param isHeld what is known of the standings of the caller; before they have been looked up all
   *   that it could hold counts as held
   */
  constructor(
    graph: JudgedGraph,
    inquiry: Inquiry,
    isHeld: (dependence: Dependence) => boolean = () => true,
  ) {
    this.#graph = graph;
    this.#inquiry = inquiry;
    this.#isHeld = isHeld;
  }

  /** Decides on a field of an object type, with all that it can return. */
  ofField(type: GraphQLObjectType, field: string): FieldVerdict {
    const coordinate = `${type.name}.${field}`;
    let verdict = this.#fields.get(coordinate);
    if (!verdict) {
      verdict = this.#ledTo(type.name, this.#ofLabels(type, field));
      this.#fields.set(coordinate, verdict);
    }
    return verdict;
  }

  /** Decides on an object type by its own label, which covers that there is such an object. */
  ofType(name: string): FieldVerdict {
    let verdict = this.#types.get(name);
    if (!verdict) {
      verdict = this.#ledTo(name, this.#ofTypeLabel(name));
      this.#types.set(name, verdict);
    }
    return verdict;
  }

  /** Whether values in arguments carry no label, so that nothing is decided on them. */
  get takesAllInputs(): boolean {
    return this.#graph.inputLabels.areNone;
  }

  /**
   * Decides on the values of a field's arguments, those that stand in for what is not written as well:
   * one verdict for each label that they carry.
   */
  ofArguments(
    type: GraphQLObjectType,
    field: string,
    given: readonly ArgumentNode[],
  ): readonly FieldVerdict[] {
    if (this.takesAllInputs) return NONE;
    const { ofValue, ofDefault } = this.#graph.inputLabels;
    const labels = (type.getFields()[field]?.args ?? []).flatMap((argument) => {
      const written = given.find(({ name }) => name.value === argument.name);
      return written ? ofValue(argument.type, written.value) : ofDefault(argument);
    });
    return [...new Set(labels)].map((name) => this.#ofSharedType(name, type, field));
  }

  /**
   * A grant is on a subject and opens what is SPECIAL and nothing around it: where no field that the
   * caller could be shown leads there from a subject, it would open nothing.
   */
  #ledTo(type: string, verdict: FieldVerdict): FieldVerdict {
    if (verdict.class !== 'SPECIAL' || !isUsable(verdict)) return verdict;
    if (this.#graph.paths.leadsFromSubject(type, (field) => this.#isOnTheWay(field))) {
      return verdict;
    }
    return { ...verdict, kind: 'refuse', rule: 'GRANT_MISSING', purposes: NONE, dependences: NONE };
  }

  /** To what is its own a subject needs no grant, and is given none. */
  #isOnTheWay({ type, field }: FieldOfType): boolean {
    const verdict = this.#ofLabels(type, field);
    const isOfOthers = ({ alternatives }: Dependence): boolean =>
      alternatives.some((set) => !set.includes('SELF'));
    return isUsable(verdict) && verdict.dependences.every(isOfOthers);
  }

  #ofLabels(type: GraphQLObjectType, field: string): FieldVerdict {
    const coordinate = `${type.name}.${field}`;
    let verdict = this.#labels.get(coordinate);
    if (!verdict) {
      const { requirements } = this.#graph;
      const own = this.#judge({
        requirement: requirements.ofField(type.name, field),
        coordinate,
        sectors: requirements.sectorsOf(type.name, field),
      });
      verdict = strictest([own, ...this.#ofReturned(type, field)]);
      this.#labels.set(coordinate, verdict);
    }
    return verdict;
  }

  #ofReturned(type: GraphQLObjectType, field: string): readonly FieldVerdict[] {
    const definition = type.getFields()[field];
    if (!definition) return [];
    const returned = getNamedType(definition.type);
    if (isObjectType(returned)) return [this.#ofTypeLabel(returned.name)];
    if (isAbstractType(returned)) {
      const possible = this.#graph.schema.getPossibleTypes(returned);
      return possible.map(({ name }) => this.#ofTypeLabel(name));
    }
    if (isCompositeType(returned)) return [];
    // Most have no label, and then ask for nothing.
    if (this.#graph.requirements.ofType(returned.name) === OPEN) return [];
    return [this.#ofSharedType(returned.name, type, field)];
  }

  #ofTypeLabel(name: string): FieldVerdict {
    let verdict = this.#labels.get(name);
    if (!verdict) {
      const { requirements } = this.#graph;
      verdict = this.#judge({
        requirement: requirements.ofType(name),
        coordinate: name,
        sectors: requirements.sectorsOf(name, ''),
      });
      this.#labels.set(name, verdict);
    }
    return verdict;
  }

  /** A labelled enumeration or scalar is shared: those who resolve the field answer for it. */
  #ofSharedType(name: string, type: GraphQLObjectType, field: string): FieldVerdict {
    const { requirements } = this.#graph;
    return this.#judge({
      requirement: requirements.ofType(name),
      coordinate: name,
      sectors: requirements.sectorsOf(type.name, field),
      at: `${type.name}.${field}`,
    });
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
