// Makes a request whose answers differ smaller while they still do: one selection less at a time.
import {
  Kind,
  parse,
  print,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { isSame, type Asking } from './ask-graph.ts';
import type { Difference } from './compare-worlds.ts';

const ATTEMPTS_MAX = 300;

/** Asks for less and less; gives the smallest request that was found. */
export async function shrinkDifference(
  difference: Difference,
  askings: readonly [Asking, Asking],
): Promise<Difference> {
  let best = difference;
  let attempts = 0;
  let isSmaller = false;
  for (let place = 0; attempts < ATTEMPTS_MAX; place += 1) {
    const document = tryParse(best.request.query);
    const smaller = document && without(document, place);
    if (!smaller) {
      // What could not go before may go now, and a set that came down to one is not counted any more.
      if (!isSmaller) break;
      isSmaller = false;
      place = -1;
      continue;
    }
    attempts += 1;
    const request = { ...best.request, query: print(smaller) };
    const [first, second] = await Promise.all([askings[0].ask(request), askings[1].ask(request)]);
    if (isSame(first, second)) continue;
    best = { ...best, request, answers: [first, second] };
    isSmaller = true;
    place -= 1;
  }
  return best;
}

function tryParse(query: string): DocumentNode | null {
  try {
    return parse(query, { noLocation: true });
  } catch {
    // What is no document differs as it is.
    return null;
  }
}

/** Takes out the selection of a number, counted through the document; null beyond the last. */
function without(document: DocumentNode, place: number): DocumentNode | null {
  let at = -1;
  const cutting = { found: false };
  const drop = (node: SelectionNode): SelectionNode | null => {
    at += 1;
    if (at !== place) return node;
    cutting.found = true;
    return null;
  };
  const cut = visit(document, {
    SelectionSet: {
      enter(node) {
        if (node.selections.length < 2) return undefined;
        const selections = node.selections.map(drop).filter((one) => one !== null);
        return { ...node, selections };
      },
    },
  });
  return cutting.found ? withoutUnused(cut) : null;
}

/** Fragments and variables that nothing uses would make the document invalid. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const follow = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node.selectionSet, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (used.has(name.value) || !fragment) return;
        used.add(name.value);
        follow(fragment);
      },
    });
  };
  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) follow(node);
  }
  const kept = document.definitions.filter(
    (node) => node.kind !== Kind.FRAGMENT_DEFINITION || used.has(node.name.value),
  );
  const texts = kept.map((node) =>
    print(node.kind === Kind.OPERATION_DEFINITION ? { ...node, variableDefinitions: [] } : node),
  );
  const isNamed = (name: string): boolean =>
    texts.some((text) => new RegExp(`\\$${name}\\b`).test(text));
  return {
    ...document,
    definitions: kept.map((node) =>
      node.kind !== Kind.OPERATION_DEFINITION
        ? node
        : {
            ...node,
            variableDefinitions: (node.variableDefinitions ?? []).filter(({ variable }) =>
              isNamed(variable.name.value),
            ),
          },
    ),
  };
}
