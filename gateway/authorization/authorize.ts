// Principal x operation -> Decision, before anything is planned or fetched. What counts is every
// field that the operation holds: a field under `@skip` or `@include` counts too, since a decision
// that followed variables would have to be taken, and could be got wrong, again for each request.
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  rankOfClass,
  type DisclosureClass,
} from '../../subgraphs/kit/authority/disclosure-class.ts';
import { maySee } from './policy.ts';
import type { Principal } from './principal.ts';
import { remainderOf } from './remainder.ts';
import type { Requirement } from './requirement.ts';
import type { Requirements } from './requirements.ts';

/** A field that the principal may not see. */
export interface RefusedField {
  /** Response path without list indices. */
  readonly path: readonly string[];
  /** `TaxCreditRating.score`, or a type where the type itself is refused. */
  readonly coordinate: string;
  /** What it takes; null where nobody may see it. */
  readonly class: DisclosureClass | null;
  readonly sectors: readonly string[];
}

/** Whether an operation may be asked. */
export type Decision =
  | { readonly kind: 'allow' }
  | {
      readonly kind: 'refuse';
      /** In the order of the document, one entry a field. */
      readonly refused: readonly RefusedField[];
      /** The operation without those fields; null where nothing is left of it. */
      readonly remainder: DocumentNode | null;
    };

/** A validated operation and the schema it was validated against. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Refused fields that are listed at most; an operation is refused however many there are. */
export const REFUSALS_LISTED_MAX = 100;

/**
 * Decides on an operation.
 *
 * On an abstract type the strictest of the object types counts that the selection can meet, as
 * narrowed by the fragments around it; the label that composition has raised the interface to does
 * not. Only fields that exist may be asked about: validate first, and bound fragments first.
 */
export function authorize(
  principal: Principal,
  { schema, document, operation }: Operation,
  requirements: Requirements,
): Decision {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`the schema has no root for ${operation.operation}`);
  const walk = new Walk(principal, schema, document, requirements);
  const kept = walk.selections(operation.selectionSet, [root], []);
  if (walk.refused.length === 0) return { kind: 'allow' };
  return { kind: 'refuse', refused: walk.refused, remainder: remainderOf(operation, kept) };
}

/** One of the things that seeing a field takes. */
interface Asked {
  readonly requirement: Requirement;
  readonly coordinate: string;
  readonly sectors: readonly string[];
}

/** One pass over an operation: collects what is refused, and rebuilds what is not. */
class Walk {
  readonly refused: RefusedField[] = [];
  readonly #principal: Principal;
  readonly #schema: GraphQLSchema;
  readonly #requirements: Requirements;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #seen = new Set<string>();

  constructor(
    principal: Principal,
    schema: GraphQLSchema,
    document: DocumentNode,
    requirements: Requirements,
  ) {
    this.#principal = principal;
    this.#schema = schema;
    this.#requirements = requirements;
    this.#fragments = new Map(
      document.definitions
        .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
        .map((node) => [node.name.value, node]),
    );
  }

  /** Returns the selections that may be seen, with fragments in their places. */
  selections(
    selectionSet: SelectionSetNode,
    possible: readonly GraphQLObjectType[],
    path: readonly string[],
  ): readonly SelectionNode[] {
    return selectionSet.selections.flatMap((node): readonly SelectionNode[] => {
      if (node.kind === Kind.FIELD) return this.#field(node, possible, path);
      const fragment =
        node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
      if (!fragment) throw new Error('a fragment that does not exist passed validation');
      const condition = fragment.typeCondition;
      const narrowed = condition ? this.#narrow(possible, condition.name.value) : possible;
      const kept = this.selections(fragment.selectionSet, narrowed, path);
      if (kept.length === 0) return [];
      return [
        {
          kind: Kind.INLINE_FRAGMENT,
          ...(condition && { typeCondition: condition }),
          ...(node.directives && { directives: node.directives }),
          selectionSet: { kind: Kind.SELECTION_SET, selections: kept },
        },
      ];
    });
  }

  #field(
    node: FieldNode,
    possible: readonly GraphQLObjectType[],
    parentPath: readonly string[],
  ): readonly SelectionNode[] {
    const name = node.name.value;
    // The schema is public; what it holds is not.
    if (name === '__schema' || name === '__type') return [node];
    const path = [...parentPath, (node.alias ?? node.name).value];
    const asked =
      name === '__typename' ? this.#typesAsked(possible) : this.#fieldAsked(possible, name);
    const isAllowed = this.#judge(asked, path);
    if (!node.selectionSet) return isAllowed ? [node] : [];
    // The fields below are looked at even so: all that is refused is named at once.
    const kept = this.selections(node.selectionSet, this.#returned(possible, name), path);
    if (!isAllowed || kept.length === 0) return [];
    return [{ ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: kept } }];
  }

  /** What a field asks on every object type it can be met on, with the type it returns. */
  #fieldAsked(possible: readonly GraphQLObjectType[], name: string): readonly Asked[] {
    const asked: Asked[] = [];
    for (const type of possible) {
      const sectors = this.#requirements.sectorsOf(type.name, name);
      const requirement = this.#requirements.ofField(type.name, name);
      asked.push({ requirement, coordinate: `${type.name}.${name}`, sectors });
      const returned = type.getFields()[name]?.type;
      const leaf = returned && getNamedType(returned);
      if (!leaf || isCompositeType(leaf)) continue;
      const ofLeaf = this.#requirements.ofType(leaf.name);
      asked.push({ requirement: ofLeaf, coordinate: leaf.name, sectors });
    }
    return [...asked, ...this.#typesAsked(this.#returned(possible, name))];
  }

  /** What object types ask by themselves: their label covers that there is such an object. */
  #typesAsked(possible: readonly GraphQLObjectType[]): readonly Asked[] {
    return possible.map(({ name }) => ({
      requirement: this.#requirements.ofType(name),
      coordinate: name,
      sectors: this.#requirements.sectorsOf(name, ''),
    }));
  }

  /** Records one refusal a field: of all that it asks and its caller lacks, the strictest. */
  #judge(asked: readonly Asked[], path: readonly string[]): boolean {
    let strictest: Asked | null = null;
    for (const one of asked) {
      if (maySee(this.#principal, one.requirement)) continue;
      if (!strictest || rank(one) > rank(strictest)) strictest = one;
    }
    if (!strictest) return true;
    const { coordinate, sectors, requirement } = strictest;
    const key = `${path.join('.')} ${coordinate}`;
    if (!this.#seen.has(key) && this.refused.length < REFUSALS_LISTED_MAX) {
      this.#seen.add(key);
      this.refused.push({ path, coordinate, class: requirement.class, sectors });
    }
    return false;
  }

  /** The object types that a field of these types can return. */
  #returned(possible: readonly GraphQLObjectType[], name: string): readonly GraphQLObjectType[] {
    const types = new Set<GraphQLObjectType>();
    for (const type of possible) {
      const field = type.getFields()[name];
      if (field)
        for (const object of this.#objects(getNamedType(field.type).name)) types.add(object);
    }
    return [...types];
  }

  /** A fragment that can never apply is judged by its own type, rather than by nothing. */
  #narrow(possible: readonly GraphQLObjectType[], condition: string): readonly GraphQLObjectType[] {
    const within = this.#objects(condition);
    const both = possible.filter((type) => within.includes(type));
    return both.length > 0 ? both : within;
  }

  #objects(name: string): readonly GraphQLObjectType[] {
    const type = this.#schema.getType(name);
    if (isObjectType(type)) return [type];
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [];
  }
}

/** What nobody may see is stricter than every class. */
function rank({ requirement }: Asked): number {
  return requirement.class === null ? Infinity : rankOfClass(requirement.class);
}
