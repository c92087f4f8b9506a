// `root-field`: a sector is asked by fields of Query that carry its prefix, and is written by its record
// files alone.
import type { Rule } from '../rule.ts';
import { beginsWith, camelCase, ROOT_TYPES } from '../sector-schema-view.ts';

/** Finds root fields without the prefix, and roots other than Query. */
export const rootFieldRule: Rule = {
  id: 'root-field',
  severity: 'error',
  *find({ types, fields, prefix, prefixes }) {
    const begin = camelCase(prefix);
    for (const type of types) {
      const name = type.name.value;
      if (!ROOT_TYPES.includes(name) || name === 'Query') continue;
      yield {
        node: type,
        coordinate: name,
        message: `The sector has a ${name}: records come in by files, and callers only read them.`,
        remedy: `Take the ${name} out.`,
      };
    }
    for (const { type, field, coordinate } of fields) {
      const name = field.name.value;
      if (type.name.value !== 'Query') continue;
      if (prefixes.some((one) => beginsWith(name, camelCase(one)))) continue;
      yield {
        node: field,
        coordinate,
        message: `${coordinate} does not begin with ${begin}, the prefix of the sector.`,
        remedy: `Name it ${begin}${name.slice(0, 1).toUpperCase()}${name.slice(1)}.`,
      };
    }
  },
};
