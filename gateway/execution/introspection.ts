// Introspection is answered here, out of the caller's own schema; the planner, which knows the whole
// schema, is never asked for it. An operation that asks for both is taken apart, and its answer put
// together again in the order in which it was asked.
import {
  executeSync,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  OperationTypeNode,
  separateOperations,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** An operation in its two parts; a part that asks for nothing is null. */
export interface OperationParts {
  /** What is planned: the document as it was where it has no introspection. */
  readonly planned: DocumentNode | null;
  /** What is answered out of the caller's schema. */
  readonly local: DocumentNode | null;
}

/** Data of an answer, by response key. */
export type AnswerData = Readonly<Record<string, unknown>>;

const INTROSPECTION_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type']);

/** Takes a validated operation apart. */
export function splitIntrospection(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationParts {
  if (operation.operation !== OperationTypeNode.QUERY) return { planned: document, local: null };
  const fragments = fragmentsOf(document);
  const local = select(operation.selectionSet, fragments, true);
  if (local.length === 0) return { planned: document, local: null };
  const rest = select(operation.selectionSet, fragments, false);
  return {
    planned: rest.length === 0 ? null : documentOf(document, operation, rest),
    local: documentOf(document, operation, local),
  };
}

/**
 * Answers the local part out of a schema.
 *
 * @param variables as the caller sent them, checked before
 */
export function executeIntrospection(
  schema: GraphQLSchema,
  local: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): AnswerData {
  const { data, errors } = executeSync({ schema, document: local, variableValues: variables });
  if (errors || !data) throw new Error('introspection failed', { cause: errors?.[0] });
  return data;
}

/**
 * Puts the data of both parts together, in the order of the operation.
 *
 * @param variables coerced: `@skip` and `@include` decide where a key comes first
 */
export function mergeIntrospection(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  planned: AnswerData,
  local: AnswerData,
): AnswerData {
  const merged = new Map<string, unknown>();
  const fragments = fragmentsOf(document);
  for (const key of responseKeys(operation.selectionSet, fragments, variables)) {
    const source = Object.hasOwn(local, key) ? local : planned;
    if (Object.hasOwn(source, key)) merged.set(key, source[key]);
  }
  return Object.fromEntries(merged);
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf(document: DocumentNode): Fragments {
  const definitions = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(definitions.map((node) => [node.name.value, node]));
}

/** Keeps the fields of the root that are introspection, or those that are not. */
function select(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  isIntrospection: boolean,
): readonly SelectionNode[] {
  return selections.flatMap((node): readonly SelectionNode[] => {
    if (node.kind === Kind.FIELD) {
      return INTROSPECTION_FIELDS.has(node.name.value) === isIntrospection ? [node] : [];
    }
    const { typeCondition, selectionSet } = fragmentOf(node, fragments);
    const kept = select(selectionSet, fragments, isIntrospection);
    if (kept.length === 0) return [];
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        ...(typeCondition && { typeCondition }),
        ...(node.directives && { directives: node.directives }),
        selectionSet: { kind: Kind.SELECTION_SET, selections: kept },
      },
    ];
  });
}

function fragmentOf(
  node: Exclude<SelectionNode, { kind: Kind.FIELD }>,
  fragments: Fragments,
): Pick<FragmentDefinitionNode, 'selectionSet'> & Partial<FragmentDefinitionNode> {
  if (node.kind === Kind.INLINE_FRAGMENT) {
    const { typeCondition, selectionSet } = node;
    return { selectionSet, ...(typeCondition && { typeCondition }) };
  }
  const fragment = fragments.get(node.name.value);
  if (!fragment) throw new Error('a fragment that does not exist passed validation');
  return fragment;
}

/** Makes the document of one part: with the fragments and variables that it still uses. */
function documentOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
): DocumentNode {
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections };
  const whole = {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, selectionSet }, ...fragmentsOf(document).values()],
  } as const;
  const [part] = Object.values(separateOperations(whole));
  if (!part) throw new Error('an operation was lost as it was taken apart');
  const used = new Set<string>();
  visit(part, {
    // What declares a variable does not use it.
    [Kind.VARIABLE_DEFINITION]: () => false,
    [Kind.VARIABLE]: ({ name }) => {
      used.add(name.value);
    },
  });
  return visit(part, {
    [Kind.VARIABLE_DEFINITION]: (node) => (used.has(node.variable.name.value) ? undefined : null),
  });
}

/** Response keys of the root in the order of the answer; one may come more than once. */
function responseKeys(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  variables: Readonly<Record<string, unknown>>,
): readonly string[] {
  return selections.flatMap((node): readonly string[] => {
    const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
    if (skip?.['if'] === true || include?.['if'] === false) return [];
    if (node.kind === Kind.FIELD) return [(node.alias ?? node.name).value];
    return responseKeys(fragmentOf(node, fragments).selectionSet, fragments, variables);
  });
}
