// `enum-value-name`: values of enumerations are UPPER_CASE.
import { Kind } from 'graphql';
import type { Rule } from '../rule.ts';

/** Finds values in another case. */
export const enumValueNameRule: Rule = {
  id: 'enum-value-name',
  severity: 'error',
  *find({ types }) {
    for (const type of types) {
      if (type.kind !== Kind.ENUM_TYPE_DEFINITION && type.kind !== Kind.ENUM_TYPE_EXTENSION)
        continue;
      for (const value of type.values ?? []) {
        const name = value.name.value;
        if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name)) continue;
        const upper = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
        yield {
          node: value,
          coordinate: `${type.name.value}.${name}`,
          message: `The value ${name} of ${type.name.value} is not in UPPER_CASE.`,
          remedy: `Name it ${upper.replaceAll(/_+/g, '_').replaceAll(/^_|_$/g, '')}.`,
        };
      }
    }
  },
};
