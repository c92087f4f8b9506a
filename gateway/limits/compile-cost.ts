// What an operation would cost, and which pages it asks for, worked out once a document and then
// filled in with the variables of each request.
//
//   cost(field)  = 1 + times(field) * sum of cost of the fields below
//   times(field) = the page size, for a field with `first` or `last` (20 where none is given);
//                  the length of the list, for a list field with a list among its arguments;
//                  1, for the lists of a page (`edges`, `nodes`), which its size has counted;
//                  10, for any other list; 1, for everything else
//
// Introspection costs 5,000 a root field. So the cost bounds the fields of the answer.
import {
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** A page that an operation asks for. */
export interface PageArgument {
  /** `Subject.penalties(first:)` */
  readonly coordinate: string;
  readonly valueOf: (variables: Variables) => unknown;
}

/** What an operation costs, as a function of its variables. */
export interface Cost {
  readonly costOf: (variables: Variables) => number;
  /** Every page asked for, once. */
  readonly pages: readonly PageArgument[];
}

/** Coerced variables of a request. */
export type Variables = Readonly<Record<string, unknown>>;

/** A part of the formula: a number, or a function of the variables. */
type Term = number | ((variables: Variables) => number);

const LIST_ASSUMED = 10;
const PAGE_ASSUMED = 20;
const INTROSPECTION_COST = 5_000;
const PAGE_ARGUMENTS = new Set(['first', 'last']);

/** Compiles the cost of a validated operation. */
export function compileCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Cost {
  const compiler = new Compiler(schema, document);
  const root = schema.getRootType(operation.operation)?.name ?? '';
  const total = compiler.selections(operation.selectionSet, root, false);
  return {
    costOf: (variables) => evaluate(total, variables),
    pages: [...compiler.pages.values()],
  };
}

class Compiler {
  readonly pages = new Map<ValueNode, PageArgument>();
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #compiled = new Map<string, Term>();

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    this.#fragments = new Map(
      document.definitions
        .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
        .map((node) => [node.name.value, node]),
    );
  }

  selections(selectionSet: SelectionSetNode, typeName: string, withinPage: boolean): Term {
    return sum(
      selectionSet.selections.map((node): Term => {
        if (node.kind === Kind.FIELD) return this.#field(node, typeName, withinPage);
        if (node.kind === Kind.INLINE_FRAGMENT) {
          const condition = node.typeCondition?.name.value ?? typeName;
          return this.selections(node.selectionSet, condition, withinPage);
        }
        return this.#fragment(node.name.value, withinPage);
      }),
    );
  }

  #fragment(name: string, withinPage: boolean): Term {
    const key = `${name} ${withinPage}`;
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    const term = fragment
      ? this.selections(fragment.selectionSet, fragment.typeCondition.name.value, withinPage)
      : 0;
    this.#compiled.set(key, term);
    return term;
  }

  #field(node: FieldNode, typeName: string, withinPage: boolean): Term {
    const name = node.name.value;
    if (name === '__schema' || name === '__type') return INTROSPECTION_COST;
    const type = this.#schema.getType(typeName);
    const field = type && 'getFields' in type ? type.getFields()[name] : undefined;
    if (!field || !('args' in field)) return 1;
    const page = this.#page(node, field, typeName);
    if (!node.selectionSet || !isCompositeType(getNamedType(field.type))) return 1;
    const times = page ?? listTimes(node, field, withinPage);
    const below = this.selections(node.selectionSet, getNamedType(field.type).name, page !== null);
    return sum([1, product(times, below)]);
  }

  /** The size of the page that a field asks for; null for a field without pages. */
  #page(node: FieldNode, field: GraphQLField<unknown, unknown>, typeName: string): Term | null {
    const sizes: ((variables: Variables) => unknown)[] = [];
    for (const argument of field.args) {
      if (!PAGE_ARGUMENTS.has(argument.name)) continue;
      const given = argumentValue(node, argument);
      const coordinate = `${typeName}.${field.name}(${argument.name}:)`;
      if (given.node) this.pages.set(given.node, { coordinate, valueOf: given.valueOf });
      sizes.push(given.valueOf);
    }
    if (sizes.length === 0) return null;
    return (variables) => {
      const given = sizes.map((size) => size(variables)).filter((v) => typeof v === 'number');
      return given.length === 0 ? PAGE_ASSUMED : Math.max(0, ...given);
    };
  }
}

function listTimes(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  withinPage: boolean,
): Term {
  if (!isList(field.type) || withinPage) return 1;
  const lists = field.args
    .filter((argument) => isList(argument.type))
    .map((argument) => argumentValue(node, argument).valueOf);
  if (lists.length === 0) return LIST_ASSUMED;
  return (variables) => {
    const lengths = lists.map((valueOf) => {
      const value = valueOf(variables);
      return Array.isArray(value) ? value.length : 1;
    });
    return Math.max(1, ...lengths);
  };
}

/** What an argument has been given: in the document, by a variable, or by the schema. */
function argumentValue(
  node: FieldNode,
  argument: GraphQLArgument,
): { readonly node: ValueNode | null; readonly valueOf: (variables: Variables) => unknown } {
  const value = node.arguments?.find((given) => given.name.value === argument.name)?.value;
  if (!value) return { node: null, valueOf: () => argument.defaultValue };
  if (value.kind === Kind.VARIABLE) {
    const name = value.name.value;
    return {
      node: value,
      valueOf: (variables) =>
        Object.hasOwn(variables, name) ? variables[name] : argument.defaultValue,
    };
  }
  const literal: unknown =
    value.kind === Kind.INT ? Number(value.value) : value.kind === Kind.LIST ? value.values : null;
  return { node: value, valueOf: () => literal };
}

function isList(type: unknown): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

function evaluate(term: Term, variables: Variables): number {
  return typeof term === 'number' ? term : term(variables);
}

/** Adds; what is a number already is added here and now. */
function sum(terms: readonly Term[]): Term {
  let constant = 0;
  const open: Exclude<Term, number>[] = [];
  for (const term of terms) {
    if (typeof term === 'number') constant += term;
    else open.push(term);
  }
  if (open.length === 0) return constant;
  return (variables) => {
    let total = constant;
    for (const term of open) total += term(variables);
    return total;
  };
}

function product(times: Term, below: Term): Term {
  if (typeof times === 'number' && typeof below === 'number') return times * below;
  return (variables) => evaluate(times, variables) * evaluate(below, variables);
}
