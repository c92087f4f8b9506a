// Arguments and input types as a caller may use them: without those of a labelled enumeration or scalar
// that the caller may not see, for it is refused any value of them.
import {
  getNamedType,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
} from 'graphql';
import { isUsable, type Verdicts } from './verdicts.ts';

/** The inputs of one caller's schema. */
export interface VisibleInputs {
  /** Tells whether a field can be asked for: no argument that always has a value is locked. */
  readonly canAsk: (field: GraphQLField<unknown, unknown>) => boolean;
  /** Leaves the arguments that are not locked. */
  readonly argumentsOf: (args: GraphQLFieldConfigArgumentMap) => GraphQLFieldConfigArgumentMap;
}

/** Makes the inputs of a caller's schema. */
export function visibleInputs(verdicts: Verdicts): VisibleInputs {
  if (verdicts.takesAllInputs) return { canAsk: () => true, argumentsOf: (args) => args };
  const types = new Map<string, GraphQLNamedInputType>();

  /** An input type whose values the caller may not write all the same, whatever it leaves out. */
  function isLocked(type: GraphQLInputType, above: readonly string[] = []): boolean {
    const named = getNamedType(type);
    // Through a list an input may insist on itself, which locks it no more than the rest of it does.
    if (above.includes(named.name)) return false;
    if (!isUsable(verdicts.ofType(named.name))) return true;
    if (!isInputObjectType(named)) return false;
    return Object.values(named.getFields()).some(
      (field) => isAlwaysThere(field) && isLocked(field.type, [...above, named.name]),
    );
  }

  function rebuilt(type: GraphQLNamedInputType): GraphQLNamedInputType {
    const known = types.get(type.name);
    if (known) return known;
    const made = isInputObjectType(type) ? withoutLocked(type) : type;
    types.set(type.name, made);
    return made;
  }

  function withoutLocked(type: GraphQLInputObjectType): GraphQLInputObjectType {
    const config = type.toConfig();
    return new GraphQLInputObjectType({ ...config, fields: () => left(config.fields) });
  }

  function left<Given extends { readonly type: GraphQLInputType }>(
    given: Readonly<Record<string, Given>>,
  ): Record<string, Given> {
    const entries = Object.entries(given).filter(([, { type }]) => !isLocked(type));
    return Object.fromEntries(
      entries.map(([name, one]) => [name, { ...one, type: inputOf(one.type) }]),
    );
  }

  function inputOf(type: GraphQLInputType): GraphQLInputType {
    if (isListType(type)) return new GraphQLList(inputOf(type.ofType));
    if (isNonNullType(type)) return new GraphQLNonNull(inputOf(type.ofType) as never);
    return rebuilt(type);
  }

  return {
    canAsk: ({ args }) => !args.some((one) => isAlwaysThere(one) && isLocked(one.type)),
    argumentsOf: left,
  };
}

/** What is insisted on, or has a value even where none is written. */
function isAlwaysThere({ type, defaultValue }: GraphQLArgument | GraphQLInputField): boolean {
  return isNonNullType(type) || defaultValue !== undefined;
}
