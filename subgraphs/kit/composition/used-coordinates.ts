// Which parts of a schema an operation uses, by their coordinates: whom a change of the schema meets.
import {
  getNamedType,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

const TOKENS_MAX = 20_000;

/**
 * Lists the coordinates that an operation uses (GraphQL specification, schema coordinates):
 *
 * - `Type.field` of the type on which it is asked, which is the interface for a field of one, and
 *   `Type.field(argument:)` of each argument that is given;
 * - `Input.field` of each field of an input object that is written, of all of them where the object is
 *   a variable; `Enum.VALUE` of each that is written;
 * - `Type` of each type that a fragment names, and of what a field returns.
 *
 * What the schema does not have is left out: such an operation is no longer valid.
 *
 * @returns null for a text that is not GraphQL
 */
export function usedCoordinates(
  operation: string | DocumentNode,
  schema: GraphQLSchema,
): ReadonlySet<string> | null {
  const document = typeof operation === 'string' ? parseOrNull(operation) : operation;
  if (document === null) return null;
  const used = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field() {
        const parent = types.getParentType();
        const field = types.getFieldDef();
        if (!parent || !field || field.name.startsWith('__')) return;
        used.add(`${parent.name}.${field.name}`);
        used.add(getNamedType(field.type).name);
      },
      Argument() {
        const [parent, field, argument] = [
          types.getParentType(),
          types.getFieldDef(),
          types.getArgument(),
        ];
        if (types.getDirective() || !parent || !field || !argument) return;
        used.add(`${parent.name}.${field.name}(${argument.name}:)`);
      },
      ObjectField(node) {
        const parent = types.getParentInputType();
        const named = parent && getNamedType(parent);
        if (isInputObjectType(named)) used.add(`${named.name}.${node.name.value}`);
      },
      EnumValue(node) {
        const type = types.getInputType();
        const named = type && getNamedType(type);
        if (isEnumType(named)) used.add(`${named.name}.${node.value}`);
      },
      Variable() {
        const type = types.getInputType();
        if (type) addInput(used, type);
      },
      InlineFragment(node) {
        if (node.typeCondition) used.add(node.typeCondition.name.value);
      },
      FragmentDefinition(node) {
        used.add(node.typeCondition.name.value);
      },
    }),
  );
  return used;
}

/** A variable may carry every field of its input object, and of those within. */
function addInput(used: Set<string>, type: GraphQLInputType): void {
  const named = getNamedType(type);
  if (used.has(named.name)) return;
  used.add(named.name);
  if (!isInputObjectType(named)) return;
  for (const field of Object.values(named.getFields())) {
    used.add(`${named.name}.${field.name}`);
    addInput(used, field.type);
  }
}

function parseOrNull(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true, maxLexicalTokens: TOKENS_MAX });
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
