// Which labels the values in arguments carry. An argument of a labelled enumeration or scalar compares
// with what only some may see, and is asked for like the field that would show it.
import {
  getNamedType,
  isInputObjectType,
  isInputType,
  isIntrospectionType,
  Kind,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  type ValueNode,
} from 'graphql';
import type { Requirements } from '../../subgraphs/kit/composition/requirements/requirements.ts';
import { OPEN } from '../../subgraphs/kit/composition/requirements/requirement.ts';

/** The labels of the values that one graph takes. */
export interface InputLabels {
  /** Whether there is none, as in most graphs. */
  readonly areNone: boolean;
  /**
   * Names the labelled types that a written value is of, itself or in its fields. A variable is of all
   * that its place can hold: a decision does not follow variables.
   */
  readonly ofValue: (type: GraphQLInputType, value: ValueNode) => readonly string[];
  /** Names those of the value that stands in for an input that is left out. */
  readonly ofDefault: (input: GraphQLArgument | GraphQLInputField) => readonly string[];
}

/** Reads the labels of the enumerations, scalars and input types of a graph. */
export function readInputLabels(schema: GraphQLSchema, requirements: Requirements): InputLabels {
  const isLabelled = (name: string): boolean => requirements.ofType(name) !== OPEN;
  const areNone = !Object.values(schema.getTypeMap()).some(
    (type) => isInputType(type) && !isIntrospectionType(type) && isLabelled(type.name),
  );
  const within = new Map<string, readonly string[]>();
  const ofType = (type: GraphQLNamedInputType): readonly string[] => {
    const known = within.get(type.name) ?? typesWithin(type).filter(isLabelled);
    within.set(type.name, known);
    return known;
  };
  const ofValue: InputLabels['ofValue'] = (type, value) => {
    const named = getNamedType(type);
    // A scalar of any shape is one value, and a list of none compares as one of some does.
    if (!isInputObjectType(named)) return ofType(named);
    if (value.kind === Kind.LIST) {
      return unique(value.values.flatMap((entry) => ofValue(named, entry)));
    }
    if (value.kind !== Kind.OBJECT) return ofType(named);
    const given = new Map(value.fields.map((one) => [one.name.value, one.value]));
    const below = Object.values(named.getFields()).flatMap((field) => {
      const written = given.get(field.name);
      return written ? ofValue(field.type, written) : ofDefault(field);
    });
    return unique([...[named.name].filter(isLabelled), ...below]);
  };
  const ofDefault: InputLabels['ofDefault'] = ({ type, defaultValue, astNode }) => {
    if (defaultValue === undefined) return [];
    return astNode?.defaultValue ? ofValue(type, astNode.defaultValue) : ofType(getNamedType(type));
  };
  return {
    areNone,
    ofValue: (type, value) => (areNone ? [] : ofValue(type, value)),
    ofDefault: (input) => (areNone ? [] : ofDefault(input)),
  };
}

/** Names a type and, of an input type, all that its fields can hold. */
function typesWithin(type: GraphQLNamedInputType): readonly string[] {
  const found = new Set<string>();
  const waiting = [type];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next.name)) continue;
    found.add(next.name);
    if (!isInputObjectType(next)) continue;
    waiting.push(...Object.values(next.getFields()).map((field) => getNamedType(field.type)));
  }
  return [...found];
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
