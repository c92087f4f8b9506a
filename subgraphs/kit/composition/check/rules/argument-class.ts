// `argument-class`: an argument compares with fields that its callers may see. One that filters by a
// stricter field tells it, one guess at a time.
import type { Rule } from '../rule.ts';
import {
  fieldsOf,
  namedType,
  rankOf,
  ROOT_TYPES,
  type SectorSchema,
} from '../sector-schema-view.ts';

/** `scoreFrom`, `decidedTo` and `minScore` compare with `score` and `decided...`. */
const BOUNDS = /(From|To|Until|Since|Min|Max|Above|Below|Contains|In|Not)$/;

/** Finds arguments that are named as a field of what is listed which is stricter than the list. */
export const argumentClassRule: Rule = {
  id: 'argument-class',
  severity: 'error',
  *find(schema) {
    for (const { type, field, coordinate } of schema.fields) {
      const listed = itemOf(namedType(field.type), schema);
      if (listed === null || ROOT_TYPES.includes(listed)) continue;
      const own = rankOf(schema.classOf(type.name.value, field.name.value));
      for (const argument of field.arguments ?? []) {
        const name = argument.name.value.replace(BOUNDS, '');
        const compared = (schema.whole.get(listed) ?? [])
          .flatMap(fieldsOf)
          .find((one) => one.field.name.value === name);
        if (!compared || rankOf(schema.classOf(listed, name)) <= own) continue;
        yield {
          node: argument,
          coordinate: `${coordinate}(${argument.name.value}:)`,
          message: `${coordinate} is filtered by ${compared.coordinate}, which fewer callers may see.`,
          remedy:
            'Leave the argument out, or label the field as strictly; where its resolver refuses it to ' +
            'those callers (assertArguments), waive the rule and say so.',
        };
      }
    }
  },
};

/** What a connection or a list holds; null for what is none. */
function itemOf(returned: string, schema: SectorSchema): string | null {
  const fields = (schema.whole.get(returned) ?? []).flatMap(fieldsOf);
  const nodes = fields.find(({ field }) => field.name.value === 'nodes');
  if (nodes) return namedType(nodes.field.type);
  return fields.length > 0 ? returned : null;
}
