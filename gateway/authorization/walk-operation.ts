// Walks every field that an operation holds, with the verdict on it, and rebuilds the operation
// without those that are refused. What counts is every field: one under `@skip` or `@include` counts
// too, since a decision that followed variables would have to be taken, and could be got wrong, again
// for each request.
import {
  getNamedType,
  isAbstractType,
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
import { strictest, type FieldVerdict, type Verdicts } from './verdicts.ts';

/** A validated operation and the schema it was validated against. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** A field where it stands in an operation. */
export interface WalkedField {
  /** Response path without list indices. */
  readonly path: readonly string[];
  /** The field on the type it is written on: `CreditRecord.id`. */
  readonly coordinate: string;
  readonly verdict: FieldVerdict;
}

const CALLER_SCHEMA: FieldVerdict = {
  kind: 'allow',
  rule: 'CALLER_SCHEMA',
  decidedBy: 'Query',
  class: 'PUBLIC',
  sectors: [],
  purposes: [],
  dependences: [],
};

/** An interface that no type implements has no label that counts, so nobody may ask on it. */
const NOTHING_THERE: FieldVerdict = {
  ...CALLER_SCHEMA,
  kind: 'refuse',
  rule: 'LABEL_MISSING',
  class: null,
};

/**
 * Walks an operation.
 *
 * On an abstract type the strictest of the object types counts that the selection can meet, as
 * narrowed by the fragments around it; the label that composition has raised the interface to does
 * not. Only fields that exist may be asked about: validate first, and bound fragments first.
 *
 * @param onField is told of every field, those below a refused one included
 * @returns the selections that are not refused, with fragments in their places
 */
export function walkOperation(
  { schema, document, operation }: Operation,
  verdicts: Verdicts,
  onField: (field: WalkedField) => void,
): readonly SelectionNode[] {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`the schema has no root for ${operation.operation}`);
  const walk = new Walk(schema, document, verdicts, onField);
  return walk.selections(operation.selectionSet, { name: root.name, possible: [root] }, []);
}

/** The type that a selection is written on, and the object types that it can meet. */
interface Place {
  readonly name: string;
  readonly possible: readonly GraphQLObjectType[];
}

/** One pass over an operation. */
class Walk {
  readonly #schema: GraphQLSchema;
  readonly #verdicts: Verdicts;
  readonly #onField: (field: WalkedField) => void;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    verdicts: Verdicts,
    onField: (field: WalkedField) => void,
  ) {
    this.#schema = schema;
    this.#verdicts = verdicts;
    this.#onField = onField;
    this.#fragments = new Map(
      document.definitions
        .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
        .map((node) => [node.name.value, node]),
    );
  }

  /** Returns the selections that may be seen. */
  selections(
    selectionSet: SelectionSetNode,
    place: Place,
    path: readonly string[],
  ): readonly SelectionNode[] {
    return selectionSet.selections.flatMap((node): readonly SelectionNode[] => {
      if (node.kind === Kind.FIELD) return this.#field(node, place, path);
      const fragment =
        node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
      if (!fragment) throw new Error('a fragment that does not exist passed validation');
      const condition = fragment.typeCondition;
      const narrowed = condition ? this.#narrow(place, condition.name.value) : place;
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

  #field(node: FieldNode, place: Place, parentPath: readonly string[]): readonly SelectionNode[] {
    const name = node.name.value;
    const path = [...parentPath, (node.alias ?? node.name).value];
    const coordinate = `${place.name}.${name}`;
    // What they show is the caller's own schema; what is below them holds no data.
    if (name === '__schema' || name === '__type') {
      this.#onField({ path, coordinate, verdict: CALLER_SCHEMA });
      return [node];
    }
    const verdict = this.#verdictOn(place, node);
    this.#onField({ path, coordinate, verdict });
    const isRefused = verdict.kind === 'refuse';
    if (!node.selectionSet) return isRefused ? [] : [node];
    // The fields below are looked at even so: all that is refused is named at once.
    const kept = this.selections(node.selectionSet, this.#returned(place, name), path);
    if (isRefused || kept.length === 0) return [];
    return [{ ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: kept } }];
  }

  #verdictOn({ name: parent, possible }: Place, node: FieldNode): FieldVerdict {
    const name = node.name.value;
    const [only, ...others] = possible;
    if (!only) return { ...NOTHING_THERE, decidedBy: `${parent}.${name}` };
    const of = (type: GraphQLObjectType): FieldVerdict =>
      name === '__typename' ? this.#verdicts.ofType(type.name) : this.#ofField(type, node);
    return others.length === 0 ? of(only) : strictest(possible.map(of));
  }

  /** What a field compares with counts as what it shows. */
  #ofField(
    type: GraphQLObjectType,
    { name: { value: field }, arguments: given }: FieldNode,
  ): FieldVerdict {
    const verdict = this.#verdicts.ofField(type, field);
    const ofValues = this.#verdicts.ofArguments(type, field, given ?? []);
    return ofValues.length === 0 ? verdict : strictest([verdict, ...ofValues]);
  }

  /** The object types that a field can return, and the type that it is declared with. */
  #returned({ possible }: Place, name: string): Place {
    const types = new Set<GraphQLObjectType>();
    const declared = new Set<string>();
    for (const type of possible) {
      const field = type.getFields()[name];
      if (!field) continue;
      const returned = getNamedType(field.type).name;
      declared.add(returned);
      for (const object of this.#objects(returned)) types.add(object);
    }
    return { name: [...declared].join('|'), possible: [...types] };
  }

  /** A fragment that can never apply is judged by its own type, rather than by nothing. */
  #narrow({ possible }: Place, condition: string): Place {
    const within = this.#objects(condition);
    const both = possible.filter((type) => within.includes(type));
    return { name: condition, possible: both.length > 0 ? both : within };
  }

  #objects(name: string): readonly GraphQLObjectType[] {
    const type = this.#schema.getType(name);
    if (isObjectType(type)) return [type];
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [];
  }
}
