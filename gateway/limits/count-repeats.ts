// Counts how often one field of the answer is written. Validation compares all fields that would
// merge pair by pair, so that a thousand copies of one field keep it busy for half a second.
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * Counts the fields that stand for the same place of the answer, where there are most of them.
 * Visits every field where it is used: refuse fragments that contain themselves first, and bound
 * the number of fields.
 */
export function countRepeats(document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const visited = new Set<FragmentDefinitionNode>();
  let most = 0;

  function collect(
    set: SelectionSetNode,
    into: Map<string, SelectionSetNode[]>,
    counts: Map<string, number>,
  ): void {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        most = Math.max(most, count);
        if (!node.selectionSet) continue;
        const below = into.get(key);
        if (below) below.push(node.selectionSet);
        else into.set(key, [node.selectionSet]);
      } else {
        const inner = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
        if (!inner) continue;
        if (inner.kind === Kind.FRAGMENT_DEFINITION) visited.add(inner);
        collect(inner.selectionSet, into, counts);
      }
    }
  }

  function visit(sets: readonly SelectionSetNode[]): void {
    const below = new Map<string, SelectionSetNode[]>();
    const counts = new Map<string, number>();
    for (const set of sets) collect(set, below, counts);
    for (const inner of below.values()) visit(inner);
  }

  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) visit([node.selectionSet]);
  }
  // Validation looks also at fragments that no operation uses.
  for (const fragment of fragments.values()) {
    if (!visited.has(fragment)) visit([fragment.selectionSet]);
  }
  return most;
}
