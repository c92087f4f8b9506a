// `root-nullable`: a root field may be null, so that a sector that fails takes no other along.
import { Kind } from 'graphql';
import type { Rule } from '../rule.ts';

/** Finds root fields that cannot be null. */
export const rootNullableRule: Rule = {
  id: 'root-nullable',
  severity: 'error',
  *find({ fields }) {
    for (const { type, field, coordinate } of fields) {
      if (type.name.value !== 'Query' || field.type.kind !== Kind.NON_NULL_TYPE) continue;
      yield {
        node: field,
        coordinate,
        message: `${coordinate} cannot be null: when it fails, the answers of all others are lost.`,
        remedy: 'Take the last `!` of its type away.',
      };
    }
  },
};
