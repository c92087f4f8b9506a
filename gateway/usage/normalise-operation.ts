// Takes out of an operation everything that its caller has chosen: values, and the names of the
// operation, its variables, fragments and aliases. What is left are words of the schema.
import {
  getNamedType,
  getNullableType,
  GraphQLBoolean,
  GraphQLNonNull,
  isEnumType,
  isInputObjectType,
  Kind,
  parseType,
  print,
  stripIgnoredCharacters,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type NameNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';

/**
 * Writes a valid operation so that all operations alike have one text, which is valid as well:
 *
 * - a value is a variable of the type that its place has; only enumeration values and booleans stand,
 *   which are words of the schema. A value that stands twice is one variable in both places, since
 *   fields with one response key must have the same arguments;
 * - aliases, fragments and variables are numbered in the order in which they appear;
 * - the name of the operation, defaults of variables, comments and blanks are left out.
 *
 * @param document of one operation
 */
export function normaliseOperation(schema: GraphQLSchema, document: DocumentNode): string {
  const names = new Names();
  const types = new TypeInfo(schema);
  const renamed = visit(
    document,
    visitWithTypeInfo(types, {
      // A default is a value; the types stand in the places where variables are used.
      VariableDefinition: () => null,
      OperationDefinition: (node) => ({ ...node, name: undefined }),
      FragmentDefinition: (node) => ({ ...node, name: names.fragment(node.name.value) }),
      FragmentSpread: (node) => ({ ...node, name: names.fragment(node.name.value) }),
      Field: (node) => ({ ...node, alias: names.alias(node.alias?.value, node.name.value) }),
      Argument: (node) => ({ ...node, value: writeValue(node.value, types.getInputType(), names) }),
    }),
  );
  const definitions = renamed.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? { ...definition, variableDefinitions: names.variableDefinitions() }
      : definition,
  );
  return stripIgnoredCharacters(print({ kind: Kind.DOCUMENT, definitions }));
}

function writeValue(
  value: ValueNode,
  type: GraphQLInputType | null | undefined,
  names: Names,
): ValueNode {
  if (!type) throw new Error('an operation to be normalised has a value in no place of the schema');
  const nullable = getNullableType(type);
  const namedType = getNamedType(type);
  if (isEnumType(namedType) || namedType === GraphQLBoolean) {
    const items = value.kind === Kind.LIST ? value.values : [value];
    const areWords = items.every(({ kind }) => kind === Kind.ENUM || kind === Kind.BOOLEAN);
    if (areWords) return value;
  }
  if (isInputObjectType(nullable) && value.kind === Kind.OBJECT) {
    const known = nullable.getFields();
    const fields = value.fields.map((field) => {
      const inner = known[field.name.value]?.type;
      // The one field of such an object takes no variable that could be null.
      const place = inner && nullable.isOneOf ? new GraphQLNonNull(inner) : inner;
      return { ...field, value: writeValue(field.value, place, names) };
    });
    return { ...value, fields };
  }
  return names.variable(value, String(type));
}

/** The names that stand for those of the caller. */
class Names {
  readonly #aliases = new Map<string, string>();
  readonly #fragments = new Map<string, string>();
  readonly #variables = new Map<string, { readonly name: NameNode; readonly type: string }>();

  /** An alias that is the name of its field says nothing, and would keep two texts apart. */
  alias(alias: string | undefined, field: string): NameNode | undefined {
    if (alias === undefined || alias === field) return undefined;
    return numbered(this.#aliases, alias, 'alias');
  }

  fragment(name: string): NameNode {
    return numbered(this.#fragments, name, 'Fragment');
  }

  variable(value: ValueNode, type: string): ValueNode {
    const key = `${type} ${print(value)}`;
    let variable = this.#variables.get(key);
    if (!variable) {
      variable = { name: nameNode(`v${this.#variables.size + 1}`), type };
      this.#variables.set(key, variable);
    }
    return { kind: Kind.VARIABLE, name: variable.name };
  }

  variableDefinitions(): readonly VariableDefinitionNode[] {
    return [...this.#variables.values()].map(({ name, type }) => ({
      kind: Kind.VARIABLE_DEFINITION,
      variable: { kind: Kind.VARIABLE, name },
      type: parseType(type, { noLocation: true }),
    }));
  }
}

function numbered(known: Map<string, string>, name: string, prefix: string): NameNode {
  const value = known.get(name) ?? `${prefix}${known.size + 1}`;
  known.set(name, value);
  return nameNode(value);
}

function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value };
}
