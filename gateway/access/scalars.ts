// The scalars of this room's schema, read into their one spelling. The gateway has checked them
// before; here they are checked again, so that nothing rests on that.
import { GraphQLScalarType, Kind, type GraphQLSchema, type ValueNode } from 'graphql';
import { parseCreditCode } from '../../subgraphs/kit/values/credit-code.ts';
import { parseDate } from '../../subgraphs/kit/values/dates.ts';
import { badInput } from './inputs.ts';

const TEXT_CHARACTERS_MAX = 100;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads a text of a caller; null for one that is no value of the scalar. */
type Read = (text: string) => string | null;

const READS: Readonly<Record<string, Read>> = {
  CreditCode: (text) => {
    const { valid, normalized } = parseCreditCode(text);
    return valid ? normalized : null;
  },
  Date: (text) => (DAY.test(text) && parseDate(text).kind === 'date' ? text : null),
};

/** Puts the scalars into a schema, in place; a scalar that is given out only stays as it is. */
export function readScalars(schema: GraphQLSchema): void {
  for (const [name, read] of Object.entries(READS)) {
    const type = schema.getType(name);
    if (!(type instanceof GraphQLScalarType)) throw new Error(`the schema has no scalar ${name}`);
    const accept = (value: unknown): string => {
      const isText = typeof value === 'string' && value.length <= TEXT_CHARACTERS_MAX;
      const accepted = isText ? read(value) : null;
      if (accepted === null) throw badInput(`A value is not a ${name}.`);
      return accepted;
    };
    type.parseValue = accept;
    type.parseLiteral = (node: ValueNode) =>
      accept(node.kind === Kind.STRING ? node.value : undefined);
  }
}
