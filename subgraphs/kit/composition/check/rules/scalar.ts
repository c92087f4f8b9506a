// `scalar`: days, instants, amounts and credit codes are of the scalars that all sectors share, and a
// sector defines none of its own.
import { Kind, type ASTNode, type TypeNode } from 'graphql';
import type { Finding, Rule } from '../rule.ts';
import { namedType } from '../sector-schema-view.ts';

interface Expected {
  readonly name: RegExp;
  /** Types that the name does not fit. */
  readonly not: readonly string[];
  readonly wanted: string;
}

const EXPECTED: readonly Expected[] = [
  { name: /(^o|O)n$|^(date|day)$|(Date|Day)$/, not: ['String', 'Int', 'Float'], wanted: 'Date' },
  { name: /(Until|Since|Before)$|^(until|since)$/, not: ['String', 'Float'], wanted: 'Date' },
  {
    name: /[a-z]At$|(Time|Timestamp|Instant)$/,
    not: ['String', 'Int', 'Float'],
    wanted: 'DateTime',
  },
  {
    name: /^(amount|fine|price|fee|cost|balance|investment|refund|revenue|debt|payment)$|(Amount|Fine|Price|Fee|Cost|Balance|Investment|Refund|Revenue|Debt|Payment)$/,
    not: ['String', 'Int', 'Float'],
    wanted: 'Money',
  },
  {
    name: /^(creditCode|unifiedCode)$|(Credit|Subject|Platform|Publisher|Enterprise|Company|Bidder|Party|Owner|Builder)Code$|^(subject|platform|publisher|enterprise|company|bidder|party|owner|builder)Code$/,
    not: ['String', 'ID', 'Int'],
    wanted: 'CreditCode',
  },
  { name: /^currency$|Currency(Code)?$/, not: ['String'], wanted: 'CurrencyCode' },
];

/** Finds values in a type that checks nothing, by what their names say they are. */
export const scalarRule: Rule = {
  id: 'scalar',
  severity: 'error',
  *find({ types, sector }) {
    for (const type of types) {
      const name = type.name.value;
      if (type.kind === Kind.SCALAR_TYPE_DEFINITION) {
        yield {
          node: type,
          coordinate: name,
          message: `${sector} defines a scalar of its own, ${name}, which no label reaches into.`,
          remedy: 'Use a shared scalar, an enumeration, or an object type with labelled fields.',
        };
      }
      if (!('fields' in type)) continue;
      for (const field of type.fields ?? []) {
        const coordinate = `${name}.${field.name.value}`;
        yield* ofValue(field, field.name.value, field.type, coordinate);
        if (field.kind !== Kind.FIELD_DEFINITION) continue;
        for (const argument of field.arguments ?? []) {
          const at = `${coordinate}(${argument.name.value}:)`;
          yield* ofValue(argument, argument.name.value, argument.type, at);
        }
      }
    }
  },
};

function* ofValue(
  node: ASTNode,
  name: string,
  type: TypeNode,
  coordinate: string,
): Generator<Finding> {
  const given = namedType(type);
  const expected = EXPECTED.find((one) => one.name.test(name) && one.not.includes(given));
  if (!expected) return;
  yield {
    node,
    coordinate,
    message: `${coordinate} is of the type ${given}, though its name says ${expected.wanted}.`,
    remedy: `Give it the type ${expected.wanted}, or a name that does not promise one.`,
  };
}
