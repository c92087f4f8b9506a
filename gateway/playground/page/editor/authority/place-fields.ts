// Finds the places in the text that an explanation speaks of: the same walk as the gateway's, fragments
// in their places, so that the n-th field of the one is the n-th of the other.
import {
  Kind,
  parse,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Decision } from '../../components/badge.tsx';
import type { FieldExplanation } from './explanation.ts';

/** A field where it is written, with what is decided of it there. */
export interface PlacedField {
  /** 1-based, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  /** Of the uses of a fragment the strictest decision. */
  readonly explanation: FieldExplanation;
}

const STRICTNESS: Readonly<Record<Decision, number>> = {
  ALLOWED: 0,
  DEPENDS_ON_SUBJECT: 1,
  REFUSED: 2,
};

const FIELDS_MAX = 10_000;

/** Where a field is written. */
export type Place = Omit<PlacedField, 'explanation'>;

/**
 * Places the fields of an explanation in the text that was explained; one that is written once and met
 * several times, in a fragment, is placed once.
 *
 * @returns empty where text and explanation do not belong together: nothing is better than a wrong mark
 */
export function placeFields(
  text: string,
  operationName: string | null,
  explained: readonly FieldExplanation[],
): readonly PlacedField[] {
  const places = placesInOrder(text, operationName);
  if (places?.length !== explained.length) return [];
  const placed = new Map<string, PlacedField>();
  for (const [at, explanation] of explained.entries()) {
    const place = places[at];
    if (!place) return [];
    const key = `${place.line}:${place.column}`;
    const known = placed.get(key);
    if (known && isStricter(known.explanation, explanation)) continue;
    placed.set(key, { ...place, explanation });
  }
  return [...placed.values()];
}

/** Lists where the fields of an operation are written, in the order in which they are explained. */
export function placesInOrder(text: string, operationName: string | null): readonly Place[] | null {
  const nodes = fieldsInOrder(parse(text), operationName);
  return (
    nodes?.flatMap((node): Place[] => {
      const start = (node.alias ?? node.name).loc;
      const { loc } = node.name;
      if (!start || !loc) return [];
      const { line, column } = start.startToken;
      return [{ line, column, endColumn: column + (loc.end - start.start) }];
    }) ?? null
  );
}

/** Tells whether one explanation is at least as strict as the other. */
export function isStricter(one: FieldExplanation, other: FieldExplanation): boolean {
  return STRICTNESS[one.decision] >= STRICTNESS[other.decision];
}

function fieldsInOrder(
  document: DocumentNode,
  operationName: string | null,
): readonly FieldNode[] | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    if (node.kind === Kind.OPERATION_DEFINITION) operations.push(node);
  }
  const operation =
    operations.length === 1
      ? operations[0]
      : operations.find(({ name }) => name?.value === operationName);
  if (!operation) return null;
  const fields: FieldNode[] = [];
  const walk = (set: SelectionSetNode): boolean =>
    set.selections.every((node) => {
      if (node.kind !== Kind.FIELD) {
        const part = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
        return part ? walk(part.selectionSet) : false;
      }
      fields.push(node);
      if (fields.length > FIELDS_MAX) return false;
      // The gateway decides on introspection as a whole.
      const isWhole = node.name.value === '__schema' || node.name.value === '__type';
      return isWhole || !node.selectionSet ? true : walk(node.selectionSet);
    });
  return walk(operation.selectionSet) ? fields : null;
}
