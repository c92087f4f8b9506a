// `no-score`: the graph shows what authorities have decided, record by record, and sums no subject up
// in a figure or a grade of its own.
import type { Rule } from '../rule.ts';
import { doesImplement, isList, namedType, SUBJECT } from '../sector-schema-view.ts';

const SUMMED =
  /^(average|mean|median|overall|total|aggregate|composite|combined)(?=[A-Z]).*(Score|Rating|Grade|Rank|Points|Risk|Credit)$/;
const ORDERED =
  /(^|[a-z])(percentile|ranking|riskLevel|riskScore|creditScore|trustScore|blacklisted)$/i;
const FIGURE =
  /^(score|rank|rating|grade|points|risk|index)$|(Score|Rank|Grade|Points|Risk|Index)$/;

/**
 * Finds figures over a subject: on the subject, on a section and at the root, and such names anywhere
 * outside a record. The score that an authority gave stands in its record.
 */
export const noScoreRule: Rule = {
  id: 'no-score',
  severity: 'error',
  *find({ fields, section, whole }) {
    for (const { type, field, coordinate } of fields) {
      const owner = type.name.value;
      const name = field.name.value;
      const returned = namedType(field.type);
      const isLeaf = !(whole.get(returned) ?? []).some((one) => 'fields' in one);
      const isOverSubject = owner === SUBJECT || owner === section || owner === 'Query';
      const isFigure = isOverSubject && isLeaf && !isList(field.type) && FIGURE.test(name);
      const isSum =
        !doesImplement(type, 'CreditRecord') && (SUMMED.test(name) || ORDERED.test(name));
      if (!isFigure && !isSum) continue;
      yield {
        node: field,
        coordinate,
        message: `${coordinate} sums subjects up in a figure.`,
        remedy: 'Leave it out, or show the record of the authority that gave the figure.',
      };
    }
  },
};
