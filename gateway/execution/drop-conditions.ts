// Takes type conditions away that every object in their place fulfils. The planner (@apollo/gateway
// 2.14) loses, without an error, what stands on an object type within an abstract type within the same
// object type: `... on CreditRecord { ... on TaxPenalty { fine } }` where a TaxPenalty stands.
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  separateOperations,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * Gives a valid document of one operation without conditions on abstract types in the place of object types; the same
 * document where it has none.
 */
export function dropConditions(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const fragments: Fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const inSet = (set: SelectionSetNode, parent: GraphQLNamedType | undefined): SelectionSetNode => {
    const selections = set.selections.map((node) => inSelection(node, parent));
    const isSame = selections.every((node, at) => node === set.selections[at]);
    return isSame ? set : { ...set, selections };
  };
  const inSelection = (
    node: SelectionNode,
    parent: GraphQLNamedType | undefined,
  ): SelectionNode => {
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments.get(node.name.value);
      if (!fragment || !isFulfilled(schema, fragment.typeCondition.name.value, parent)) return node;
      const selectionSet = inSet(fragment.selectionSet, parent);
      return { kind: Kind.INLINE_FRAGMENT, directives: node.directives ?? [], selectionSet };
    }
    if (node.selectionSet === undefined) return node;
    if (node.kind === Kind.FIELD) {
      const field =
        isCompositeType(parent) && 'getFields' in parent
          ? parent.getFields()[node.name.value]
          : undefined;
      return withSet(node, inSet(node.selectionSet, field && getNamedType(field.type)));
    }
    const condition = node.typeCondition?.name.value;
    if (condition !== undefined && isFulfilled(schema, condition, parent)) {
      const { kind, directives } = node;
      return {
        kind,
        ...(directives && { directives }),
        selectionSet: inSet(node.selectionSet, parent),
      };
    }
    const type = condition === undefined ? parent : schema.getType(condition);
    return withSet(node, inSet(node.selectionSet, type));
  };
  const definitions = document.definitions.map((node) => {
    if (node.kind === Kind.OPERATION_DEFINITION) {
      return withSet(
        node,
        inSet(node.selectionSet, schema.getRootType(node.operation) ?? undefined),
      );
    }
    if (node.kind !== Kind.FRAGMENT_DEFINITION) return node;
    return withSet(node, inSet(node.selectionSet, schema.getType(node.typeCondition.name.value)));
  });
  const isSame = definitions.every((node, at) => node === document.definitions[at]);
  if (isSame) return document;
  // Fragments that were taken into their place are not left behind.
  const [changed] = Object.values(separateOperations({ ...document, definitions }));
  if (!changed) throw new Error('an operation was lost with its conditions');
  return changed;
}

function isFulfilled(
  schema: GraphQLSchema,
  condition: string,
  parent: GraphQLNamedType | undefined,
): boolean {
  const type = schema.getType(condition);
  return isAbstractType(type) && isObjectType(parent) && schema.isSubType(type, parent);
}

function withSet<Node extends { readonly selectionSet?: SelectionSetNode | undefined }>(
  node: Node,
  selectionSet: SelectionSetNode,
): Node {
  return selectionSet === node.selectionSet ? node : { ...node, selectionSet };
}
