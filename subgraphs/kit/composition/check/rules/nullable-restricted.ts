// `nullable-restricted`: a field that is stricter than those beside it can be null, since its refusal
// would else take them along.
import { Kind } from 'graphql';
import { rankOfClass } from '../../../authority/disclosure-class.ts';
import { readLabel } from '../read-label.ts';
import type { Rule } from '../rule.ts';
import {
  fieldsOf,
  isObjectNode,
  namedType,
  rankOf,
  type OwnField,
  type SectorSchema,
} from '../sector-schema-view.ts';

const SPECIAL = rankOfClass('SPECIAL');

/** Finds stricter fields that are `!`. Who sees a row sees what is not stricter than all its rows. */
export const nullableRestrictedRule: Rule = {
  id: 'nullable-restricted',
  severity: 'error',
  *find(schema) {
    for (const own of schema.fields) {
      const { type, field, coordinate } = own;
      if (!isObjectNode(type) || field.type.kind !== Kind.NON_NULL_TYPE) continue;
      const rank = rankOfField(own, schema);
      // Grants open SPECIAL fields one by one, so that even one beside others of its class may be null.
      if (rank < SPECIAL && rank <= leastRank(type.name.value, schema)) continue;
      yield {
        node: field,
        coordinate,
        message: `${coordinate} may be refused where fields beside it are not, and cannot be null.`,
        remedy: 'Take the last `!` of its type away, and say in its description what null means.',
      };
    }
  },
};

function rankOfField({ type, field }: OwnField, schema: SectorSchema): number {
  const own = rankOf(schema.classOf(type.name.value, field.name.value));
  const returned = schema.whole.get(namedType(field.type)) ?? [];
  const labels = returned.map((one) => readLabel(one.directives));
  return Math.max(own, ...labels.map((one) => (one.kind === 'class' ? rankOfClass(one.class) : 0)));
}

/** The rank that everybody holds who sees anything of a type at all. */
function leastRank(name: string, schema: SectorSchema): number {
  const all = (schema.whole.get(name) ?? []).flatMap(fieldsOf);
  const ranks = all.map(({ field }) => rankOf(schema.classOf(name, field.name.value)));
  return Math.max(Math.min(...ranks), rankOfClass(schema.rowClass(name)));
}
