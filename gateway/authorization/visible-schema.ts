// The schema as a caller may use it: without the fields that it is refused whatever the subject, and
// without the types that then are out of reach. It decides what introspection, the downloaded SDL and
// suggestions show, never what is answered.
import {
  getNamedType,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLUnionType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isUnionType,
  type GraphQLFieldConfig,
  type GraphQLInterfaceType as InterfaceType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  GraphQLList,
  GraphQLNonNull,
  isListType,
  isNonNullType,
} from 'graphql';
import { isUsable, type Verdicts } from './verdicts.ts';
import { visibleInputs, type VisibleInputs } from './visible-inputs.ts';

/** Names of the fields that are left, by type; a type of which nothing is left is missing. */
type FieldsLeft = Map<string, Set<string>>;

/**
 * Cuts a schema down to what its caller may use. Descriptions stay. A field of an
 * interface is left where every implementer that is left has it, so that the schema stays valid; the
 * root of queries stays even when it is empty.
 */
export function visibleSchema(schema: GraphQLSchema, verdicts: Verdicts): GraphQLSchema {
  const inputs = visibleInputs(verdicts);
  const left = fieldsLeft(schema, verdicts, inputs);
  const types = new Map<string, GraphQLNamedType>();
  const rebuilt = (name: string): GraphQLNamedType => {
    const known = types.get(name);
    if (known) return known;
    const original = schema.getType(name);
    if (!original) throw new Error(`the schema has lost its type ${name}`);
    const type = rebuild(original, left, inputs, rebuilt);
    types.set(name, type);
    return type;
  };
  const root = (type: GraphQLObjectType | null | undefined): GraphQLObjectType | null => {
    if (!type || (!left.has(type.name) && type !== schema.getQueryType())) return null;
    return rebuilt(type.name) as GraphQLObjectType;
  };
  const config = schema.toConfig();
  return new GraphQLSchema({
    ...config,
    query: root(config.query),
    mutation: root(config.mutation),
    subscription: root(config.subscription),
    types: implementersInReach(schema, left).map(rebuilt),
    // A root without fields is not valid, and is still to be shown as what it is.
    assumeValid: true,
  });
}

/** Takes away what is refused, and then whatever that leaves empty or broken, until nothing is. */
function fieldsLeft(
  schema: GraphQLSchema,
  verdicts: Verdicts,
  { canAsk }: VisibleInputs,
): FieldsLeft {
  const left: FieldsLeft = new Map();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (isObjectType(type)) {
      const usable = Object.values(type.getFields())
        .filter((field) => canAsk(field) && isUsable(verdicts.ofField(type, field.name)))
        .map(({ name }) => name);
      if (usable.length > 0) left.set(type.name, new Set(usable));
    } else if (isInterfaceType(type)) {
      left.set(type.name, new Set(Object.keys(type.getFields())));
    }
  }
  while (takeAway(schema, left)) continue;
  return left;
}

/** One pass; tells whether something was taken away. Every pass but the last makes less of it. */
function takeAway(schema: GraphQLSchema, left: FieldsLeft): boolean {
  let hasChanged = false;
  for (const [name, fields] of left) {
    const type = schema.getType(name);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of fields) {
      const definition = type.getFields()[field];
      const isReturnable = definition && isLeft(getNamedType(definition.type), left);
      if (isReturnable && (isObjectType(type) || isEverywhere(type, field, schema, left))) continue;
      fields.delete(field);
      hasChanged = true;
    }
    if (fields.size === 0) {
      left.delete(name);
      hasChanged = true;
    }
  }
  return hasChanged;
}

function isLeft(type: GraphQLNamedType, left: FieldsLeft): boolean {
  if (isUnionType(type)) return type.getTypes().some(({ name }) => left.has(name));
  return isObjectType(type) || isInterfaceType(type) ? left.has(type.name) : true;
}

/** Tells whether every implementer that is left has the field, and there is one. */
function isEverywhere(
  type: InterfaceType,
  field: string,
  schema: GraphQLSchema,
  left: FieldsLeft,
): boolean {
  const { objects, interfaces } = schema.getImplementations(type);
  const fields = [...objects, ...interfaces].flatMap(({ name }) => left.get(name) ?? []);
  return fields.length > 0 && fields.every((names) => names.has(field));
}

/** Object types that only an interface leads to: a schema does not find them by itself. */
function implementersInReach(schema: GraphQLSchema, left: FieldsLeft): readonly string[] {
  const reached = new Set<string>();
  const waiting = [
    schema.getQueryType()?.name,
    schema.getMutationType()?.name,
    schema.getSubscriptionType()?.name,
  ].filter((name) => name !== undefined);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const type = schema.getType(name);
    if (isUnionType(type)) waiting.push(...type.getTypes().map((member) => member.name));
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const fields = type.getFields();
    for (const field of left.get(name) ?? []) {
      const definition = fields[field];
      if (definition) waiting.push(getNamedType(definition.type).name);
    }
    waiting.push(...type.getInterfaces().map((one) => one.name));
    if (!isInterfaceType(type)) continue;
    waiting.push(...schema.getPossibleTypes(type).map((object) => object.name));
  }
  return [...reached].filter((name) => left.has(name));
}

type Rebuilt = (name: string) => GraphQLNamedType;

/** Scalars and enumerations are the same for everybody, and are shared. */
function rebuild(
  type: GraphQLNamedType,
  left: FieldsLeft,
  inputs: VisibleInputs,
  rebuilt: Rebuilt,
): GraphQLNamedType {
  if (isIntrospectionType(type)) return type;
  if (isUnionType(type)) {
    const types = (): GraphQLObjectType[] =>
      type
        .getTypes()
        .filter(({ name }) => left.has(name))
        .map(({ name }) => rebuilt(name) as GraphQLObjectType);
    return new GraphQLUnionType({ ...type.toConfig(), types });
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return type;
  const config = type.toConfig();
  const parts = {
    interfaces: () =>
      config.interfaces
        .filter(({ name }) => left.has(name))
        .map(({ name }) => rebuilt(name) as InterfaceType),
    fields: () => fieldsOf(config.fields, left.get(type.name), inputs, rebuilt),
  };
  return isObjectType(type)
    ? new GraphQLObjectType({ ...type.toConfig(), ...parts })
    : new GraphQLInterfaceType({ ...type.toConfig(), ...parts });
}

function fieldsOf(
  fields: Readonly<Record<string, GraphQLFieldConfig<unknown, unknown>>>,
  names: ReadonlySet<string> | undefined,
  { argumentsOf }: VisibleInputs,
  rebuilt: Rebuilt,
): Record<string, GraphQLFieldConfig<unknown, unknown>> {
  const entries = Object.entries(fields).filter(([name]) => names?.has(name));
  return Object.fromEntries(
    entries.map(([name, { args = {}, ...field }]) => [
      name,
      { ...field, args: argumentsOf(args), type: outputOf(field.type, rebuilt) },
    ]),
  );
}

function outputOf(type: GraphQLOutputType, rebuilt: Rebuilt): GraphQLOutputType {
  if (isListType(type)) return new GraphQLList(outputOf(type.ofType, rebuilt));
  if (isNonNullType(type)) {
    return new GraphQLNonNull(outputOf(type.ofType, rebuilt) as never);
  }
  return rebuilt(type.name) as GraphQLOutputType;
}
