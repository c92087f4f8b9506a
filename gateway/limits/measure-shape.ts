// Counts what can be counted without a schema: depth, aliases, root fields, fields. It runs before
// validation, which some of these documents would keep busy for seconds, and it visits a fragment
// once however often it is spread, so that a bomb of fragments costs nothing to measure.
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What an operation measures with every fragment in its place; `Infinity` is a possible count. */
export interface Shape {
  /** Levels of nested fields. */
  readonly depth: number;
  readonly aliases: number;
  /** Fields at the root. */
  readonly rootFields: number;
  /** Fields at every level. */
  readonly selections: number;
  /** Whether a fragment contains itself; the other counts are then too small. */
  readonly isCyclic: boolean;
}

const NOTHING: Shape = { depth: 0, aliases: 0, rootFields: 0, selections: 0, isCyclic: false };

/** Measures a document: of several operations and fragments, the largest of each count. */
export function measureShape(document: DocumentNode): Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const measured = new Map<string, Shape>();

  function ofFragment(name: string): Shape {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    // Whoever meets this value while it stands is within the fragment.
    measured.set(name, { ...NOTHING, isCyclic: true });
    // A fragment that does not exist is for validation to refuse.
    const shape = fragment ? ofSelections(fragment.selectionSet) : NOTHING;
    measured.set(name, shape);
    return shape;
  }

  function ofSelections(selectionSet: SelectionSetNode): Shape {
    let { depth, aliases, rootFields, selections, isCyclic } = NOTHING;
    for (const node of selectionSet.selections) {
      if (node.kind === Kind.FIELD) {
        const below = node.selectionSet ? ofSelections(node.selectionSet) : NOTHING;
        depth = Math.max(depth, 1 + below.depth);
        aliases += below.aliases + (node.alias ? 1 : 0);
        rootFields += 1;
        selections += 1 + below.selections;
        isCyclic ||= below.isCyclic;
      } else {
        const inside =
          node.kind === Kind.INLINE_FRAGMENT
            ? ofSelections(node.selectionSet)
            : ofFragment(node.name.value);
        depth = Math.max(depth, inside.depth);
        aliases += inside.aliases;
        rootFields += inside.rootFields;
        selections += inside.selections;
        isCyclic ||= inside.isCyclic;
      }
    }
    return { depth, aliases, rootFields, selections, isCyclic };
  }

  // Fragments that no operation uses count as well: validation looks at them.
  const shapes = [...fragments.keys()].map((name) => ({ ...ofFragment(name), rootFields: 0 }));
  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) shapes.push(ofSelections(node.selectionSet));
  }
  return shapes.reduce(larger, NOTHING);
}

function larger(a: Shape, b: Shape): Shape {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: Math.max(a.aliases, b.aliases),
    rootFields: Math.max(a.rootFields, b.rootFields),
    selections: Math.max(a.selections, b.selections),
    isCyclic: a.isCyclic || b.isCyclic,
  };
}
