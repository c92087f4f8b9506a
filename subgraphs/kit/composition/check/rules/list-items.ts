// `list-items`: the items of a list are never null, since a hole in a list says nothing.
import { Kind, type ASTNode, type TypeNode } from 'graphql';
import type { Finding, Rule } from '../rule.ts';

/** Finds lists whose items may be null: of fields, arguments and input fields. */
export const listItemsRule: Rule = {
  id: 'list-items',
  severity: 'error',
  *find({ types }) {
    for (const type of types) {
      if (!('fields' in type)) continue;
      for (const field of type.fields ?? []) {
        const coordinate = `${type.name.value}.${field.name.value}`;
        yield* ofType(field, field.type, coordinate);
        if (field.kind !== Kind.FIELD_DEFINITION) continue;
        for (const argument of field.arguments ?? []) {
          yield* ofType(argument, argument.type, `${coordinate}(${argument.name.value}:)`);
        }
      }
    }
  },
};

function* ofType(node: ASTNode, type: TypeNode, coordinate: string): Generator<Finding> {
  if (!hasNullableItems(type)) return;
  yield {
    node,
    coordinate,
    message: `The items of the list ${coordinate} may be null.`,
    remedy: 'Write `!` after the type of the items: [X!].',
  };
}

function hasNullableItems(type: TypeNode): boolean {
  if (type.kind === Kind.NAMED_TYPE) return false;
  if (type.kind === Kind.NON_NULL_TYPE) return hasNullableItems(type.type);
  return type.type.kind !== Kind.NON_NULL_TYPE || hasNullableItems(type.type);
}
