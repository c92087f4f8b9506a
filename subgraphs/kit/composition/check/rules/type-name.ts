// `type-name`: types are PascalCase with the prefix of their sector, so that no two sectors meet in one.
import type { Rule } from '../rule.ts';
import { beginsWith, ROOT_TYPES, SUBJECT } from '../sector-schema-view.ts';

/** Finds types of the sector's own that are named otherwise. */
export const typeNameRule: Rule = {
  id: 'type-name',
  severity: 'error',
  *find({ types, prefix, prefixes, others }) {
    for (const type of types) {
      const name = type.name.value;
      if (ROOT_TYPES.includes(name) || name === SUBJECT) continue;
      // More of a type of another sector is the matter of `consent`.
      if (others.some(({ whole }) => whole.has(name))) continue;
      const isPascalCase = /^[A-Z][A-Za-z0-9]*$/.test(name);
      if (isPascalCase && prefixes.some((one) => beginsWith(name, one))) continue;
      yield {
        node: type,
        coordinate: name,
        message: isPascalCase
          ? `The name of ${name} does not begin with ${prefix}, the prefix of the sector.`
          : `The name of ${name} is not in PascalCase.`,
        remedy: `Name it ${prefix}${name.replace(/[^A-Za-z0-9]/g, '')}, or alike.`,
      };
    }
  },
};
