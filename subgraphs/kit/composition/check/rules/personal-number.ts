// `personal-number`: numbers that identify a person are in no class, and stand in no schema.
import { Kind, type ASTNode } from 'graphql';
import type { Finding, Rule } from '../rule.ts';

const NAME =
  /(identity|national|citizen|resident|personal)(card)?(number|no|id)$|^id(card|number|no)|idcard|idnumber|identitycard|passport|socialsecurity|shenfenzheng|(mobile|privatetele|personaltele|hometele)phone|homeaddress|birthdate|dateofbirth|bornon/i;

/** Finds fields, arguments and input fields that are named as such a number. */
export const personalNumberRule: Rule = {
  id: 'personal-number',
  severity: 'error',
  *find({ types }) {
    for (const type of types) {
      if (!('fields' in type)) continue;
      for (const field of type.fields ?? []) {
        const coordinate = `${type.name.value}.${field.name.value}`;
        yield* ofName(field, field.name.value, coordinate);
        if (field.kind !== Kind.FIELD_DEFINITION) continue;
        for (const argument of field.arguments ?? []) {
          const name = argument.name.value;
          yield* ofName(argument, name, `${coordinate}(${name}:)`);
        }
      }
    }
  },
};

function* ofName(node: ASTNode, name: string, coordinate: string): Generator<Finding> {
  if (!NAME.test(name.replaceAll('_', ''))) return;
  yield {
    node,
    coordinate,
    message: `${coordinate} is named as a number, address or day that identifies a person.`,
    remedy:
      'Leave it out: such data are never stored, whatever the class. Name the document instead.',
  };
}
