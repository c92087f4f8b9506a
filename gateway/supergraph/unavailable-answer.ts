// Answers a fetch in the place of a subgraph that is gone: every section says `UNAVAILABLE`, every
// other field that may be null is null. What was not looked at must never look like "none".
import {
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The fetch that was not answered. */
export interface UnansweredFetch {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** What stands in for the answer: data as the subgraph would shape it, and paths for the errors. */
export interface UnavailableAnswer {
  readonly data: Record<string, unknown>;
  /**
   * Where something is missing, as paths of the fetch: one for all entities of a fetch (empty where
   * there are several), one for each root field.
   */
  readonly paths: readonly (readonly (string | number)[])[];
}

/** Tells whether classes above the caller's exist for a section, from the schema alone. */
export type HigherClasses = (sectionType: string) => boolean;

type Values = Record<string, unknown>;

interface Completion {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Values>;
  readonly higherClasses: HigherClasses;
}

/**
 * Shapes the answer by the document of the fetch: aliases, fragments, `@skip` and `@include` count
 * as they would in the subgraph. An object with a field that may not be null, and that cannot be
 * known here, is null itself.
 */
export function answerUnavailable(
  schema: GraphQLSchema,
  fetch: UnansweredFetch,
  higherClasses: HigherClasses,
): UnavailableAnswer {
  const document = parse(fetch.query, { noLocation: true });
  const operation = operationOf(document);
  const completion: Completion = {
    schema,
    operation,
    fragments: fragmentsOf(document),
    variables: fetch.variables ?? {},
    higherClasses,
  };
  const representations = fetch.variables?.['representations'];
  if (Array.isArray(representations)) return entities(completion, representations as unknown[]);
  const data: Values = Object.create(null) as Values;
  const root = schema.getRootType(operation.operation);
  const paths: string[][] = [];
  if (root) {
    for (const [key] of fieldsOf(completion, root, operation.selectionSet)) {
      data[key] = null;
      paths.push([key]);
    }
  }
  return { data, paths };
}

function entities(completion: Completion, representations: readonly unknown[]): UnavailableAnswer {
  const [root] = completion.operation.selectionSet.selections;
  const key = root?.kind === Kind.FIELD ? (root.alias ?? root.name).value : '_entities';
  const selectionSet = root?.kind === Kind.FIELD ? root.selectionSet : undefined;
  let firstField: string | undefined;
  const list = representations.map((representation) => {
    const known = representation as Values;
    const type = completion.schema.getType(String(known['__typename']));
    if (!isObjectType(type) || !selectionSet) return null;
    for (const [name, [field]] of fieldsOf(completion, type, selectionSet)) {
      if (field && field.name.value !== '__typename') firstField ??= name;
    }
    return complete(completion, type, selectionSet, known);
  });
  const path = firstField === undefined ? [key, 0] : [key, 0, firstField];
  return { data: { [key]: list }, paths: [list.length === 1 ? path : []] };
}

/** Builds an object from what is known of it; null where a field that must be there is unknown. */
function complete(
  completion: Completion,
  type: GraphQLObjectType,
  selectionSet: SelectionSetNode,
  known: Readonly<Values>,
): Values | null {
  const result: Values = Object.create(null) as Values;
  for (const [key, nodes] of fieldsOf(completion, type, selectionSet)) {
    const name = nodes[0]?.name.value ?? '';
    const field = name === '__typename' ? undefined : type.getFields()[name];
    if (name === '__typename') result[key] = type.name;
    else if (field) {
      const named = getNamedType(field.type);
      const value = Object.hasOwn(known, name) ? known[name] : undefined;
      if (value !== undefined && isLeafType(named)) result[key] = value;
      else if (isObjectType(named) && !isList(field.type)) {
        result[key] = completeObject(completion, named, nodes, value);
      } else result[key] = null;
      if (result[key] === null && isNonNullType(field.type)) return null;
    } else return null;
  }
  return result;
}

function completeObject(
  completion: Completion,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  value: unknown,
): Values | null {
  const known = value ?? (isSection(type) ? { coverage: unavailable(completion, type) } : null);
  if (known === null) return null;
  const selections = nodes.flatMap((node) => node.selectionSet?.selections ?? []);
  return complete(completion, type, { kind: Kind.SELECTION_SET, selections }, known as Values);
}

/** A section is an object type with `coverage: Coverage!`. */
function isSection(type: GraphQLObjectType): boolean {
  const coverage = type.getFields()['coverage']?.type;
  return coverage !== undefined && isNonNullType(coverage) && coverage.toString() === 'Coverage!';
}

function unavailable(completion: Completion, section: GraphQLObjectType): Values {
  return {
    status: 'UNAVAILABLE',
    upToClass: null,
    checkedAt: null,
    higherClassesExist: completion.higherClasses(section.name),
  };
}

function isList(type: unknown): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/** Collects the fields of a selection by response key (CollectFields of the specification). */
function fieldsOf(
  completion: Completion,
  type: GraphQLObjectType,
  selectionSet: SelectionSetNode,
  into = new Map<string, FieldNode[]>(),
): Map<string, FieldNode[]> {
  for (const node of selectionSet.selections) {
    if (!isIncluded(completion, node.directives ?? [])) continue;
    if (node.kind === Kind.FIELD) {
      const key = (node.alias ?? node.name).value;
      const nodes = into.get(key);
      if (nodes) nodes.push(node);
      else into.set(key, [node]);
      continue;
    }
    const fragment =
      node.kind === Kind.INLINE_FRAGMENT ? node : completion.fragments.get(node.name.value);
    if (fragment && applies(completion.schema, fragment.typeCondition?.name.value, type)) {
      fieldsOf(completion, type, fragment.selectionSet, into);
    }
  }
  return into;
}

function applies(
  schema: GraphQLSchema,
  condition: string | undefined,
  type: GraphQLObjectType,
): boolean {
  if (condition === undefined || condition === type.name) return true;
  const abstract = schema.getType(condition);
  return (
    abstract !== undefined &&
    'resolveType' in abstract &&
    schema.getPossibleTypes(abstract).includes(type)
  );
}

function isIncluded(completion: Completion, directives: readonly DirectiveNode[]): boolean {
  for (const directive of directives) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    const condition =
      value?.kind === Kind.VARIABLE
        ? variableOf(completion, value.name.value)
        : value?.kind === Kind.BOOLEAN && value.value;
    if ((name === 'skip') === (condition === true)) return false;
  }
  return true;
}

function variableOf(completion: Completion, name: string): unknown {
  if (Object.hasOwn(completion.variables, name)) return completion.variables[name];
  const definition = completion.operation.variableDefinitions?.find(
    (candidate) => candidate.variable.name.value === name,
  );
  return definition?.defaultValue?.kind === Kind.BOOLEAN && definition.defaultValue.value;
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('a fetch without an operation');
  return operation;
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
}
