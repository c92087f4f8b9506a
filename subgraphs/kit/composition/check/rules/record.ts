// `record`: what a section lists are records, each with its provenance, clocks, class and history.
import type { Rule } from '../rule.ts';
import { doesImplement, isObjectNode, namedType } from '../sector-schema-view.ts';

/** Finds lists of a section whose items are no records. */
export const recordRule: Rule = {
  id: 'record',
  severity: 'error',
  *find({ fields, section, whole }) {
    for (const { type, field, coordinate } of fields) {
      if (type.name.value !== section) continue;
      const name = /^(.+)Connection$/.exec(namedType(field.type))?.[1];
      const listed = name ?? namedType(field.type);
      const item = (whole.get(listed) ?? []).filter(isObjectNode);
      if (item.length === 0 || listed === 'Coverage') continue;
      if (item.some((one) => doesImplement(one, 'CreditRecord'))) continue;
      yield {
        node: field,
        coordinate,
        message: `${coordinate} returns ${listed}, which is no record: it tells no source and no clocks.`,
        remedy: `Write \`type ${listed} implements CreditRecord\`; the kit adds the fields of a record.`,
      };
    }
  },
};
