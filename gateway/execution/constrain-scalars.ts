// Checks the values of the shared scalars at the gateway: a code with a wrong check character is
// answered at once, and no sector is troubled with it.
import { GraphQLError, isScalarType, Kind, type GraphQLSchema, type ValueNode } from 'graphql';
import { ERROR_CODES, type ErrorCode } from '../../subgraphs/kit/errors.ts';
import { parseCreditCode } from '../../subgraphs/kit/values/credit-code.ts';
import { parseDate } from '../../subgraphs/kit/values/dates.ts';
import { parseInstant } from '../../subgraphs/kit/values/instants.ts';

/** Says what is wrong with a value; null for one that may pass. */
type Check = (value: unknown) => string | null;

const CHECKS: Readonly<Record<string, Check>> = {
  CreditCode: (value) => {
    if (typeof value !== 'string') return 'a text is expected';
    if (value.length > 100) return `length ${value.length}, expected 18`;
    const { valid, errors } = parseCreditCode(value);
    return valid ? null : errors.join('; ');
  },
  Date: (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    parseDate(value).kind === 'date'
      ? null
      : 'a day is written 2025-04-30',
  DateTime: (value) =>
    typeof value === 'string' && value.length <= 40 && parseInstant(value).kind === 'instant'
      ? null
      : 'an instant is written 2025-04-30T08:00:00Z',
  SafeInteger: (value) =>
    Number.isSafeInteger(value) ? null : 'a whole number up to 2^53 - 1 is expected',
  CurrencyCode: (value) =>
    typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? null : 'three letters, as CNY',
};

const HINTS: Readonly<Record<string, string>> = {
  CreditCode: 'Send the 18 characters of a unified social credit code (GB 32100-2015).',
};

/**
 * Puts the checks into a schema, in place: values written out are then refused by validation, those
 * of variables by coercion, both with BAD_USER_INPUT. Values pass unchanged; the sectors normalise.
 */
export function constrainScalars(schema: GraphQLSchema): void {
  for (const [name, check] of Object.entries(CHECKS)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) continue;
    const accept = (value: unknown, node?: ValueNode): unknown => {
      const problem = check(value);
      if (problem === null) return value;
      throw new GraphQLError(`Not a ${name}: ${problem}.`, {
        ...(node && { nodes: node }),
        extensions: {
          code: 'BAD_USER_INPUT' satisfies ErrorCode,
          hint: HINTS[name] ?? ERROR_CODES.BAD_USER_INPUT.remedy,
        },
      });
    };
    type.parseValue = (value) => accept(value);
    type.parseLiteral = (node) => accept(literalOf(node), node);
  }
}

function literalOf(node: ValueNode): unknown {
  if (node.kind === Kind.STRING) return node.value;
  return node.kind === Kind.INT ? Number(node.value) : undefined;
}
