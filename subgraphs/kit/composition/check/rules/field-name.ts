// `field-name`: fields, arguments and input fields are camelCase.
import { Kind, type FieldDefinitionNode, type InputValueDefinitionNode } from 'graphql';
import type { Finding, Rule } from '../rule.ts';

const CAMEL_CASE = /^[a-z][A-Za-z0-9]*$/;

/** Finds names in another case. */
export const fieldNameRule: Rule = {
  id: 'field-name',
  severity: 'error',
  *find({ types }) {
    for (const type of types) {
      if (!('fields' in type)) continue;
      for (const field of type.fields ?? []) {
        const coordinate = `${type.name.value}.${field.name.value}`;
        yield* ofName(field, coordinate);
        if (field.kind !== Kind.FIELD_DEFINITION) continue;
        for (const argument of field.arguments ?? []) {
          yield* ofName(argument, `${coordinate}(${argument.name.value}:)`);
        }
      }
    }
  },
};

function* ofName(
  node: FieldDefinitionNode | InputValueDefinitionNode,
  coordinate: string,
): Generator<Finding> {
  const name = node.name.value;
  if (CAMEL_CASE.test(name)) return;
  yield {
    node,
    coordinate,
    message: `The name of ${coordinate} is not in camelCase.`,
    remedy: `Name it ${camelCased(name)}.`,
  };
}

function camelCased(name: string): string {
  const words = name.split(/_+/).filter((word) => word !== '');
  const [first = 'value', ...rest] = words.map((word) =>
    word === word.toUpperCase() ? word.toLowerCase() : word,
  );
  const tail = rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return first.slice(0, 1).toLowerCase() + first.slice(1) + tail.join('');
}
