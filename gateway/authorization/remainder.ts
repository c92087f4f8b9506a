// What is left of an operation when the fields that its caller may not see are taken out.
import {
  Kind,
  visit,
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

/**
 * Makes the document of an operation from the selections that are kept; it has no fragment
 * definitions and only the variables still in use. Null where nothing is kept.
 */
export function remainderOf(
  operation: OperationDefinitionNode,
  kept: readonly SelectionNode[],
): DocumentNode | null {
  if (kept.length === 0) return null;
  const selectionSet = { kind: Kind.SELECTION_SET, selections: kept } as const;
  const used = new Set<string>();
  visit(selectionSet, {
    Variable: ({ name }) => {
      used.add(name.value);
    },
  });
  const variableDefinitions = (operation.variableDefinitions ?? []).filter((definition) =>
    used.has(definition.variable.name.value),
  );
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, variableDefinitions, selectionSet }],
  };
}
