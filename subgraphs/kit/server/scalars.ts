// The scalars that all sectors share, with their validation: a value that is not one of them never
// reaches a resolver, and never leaves one.
import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { PublicError } from '../errors.ts';
import { parseCreditCode } from '../values/credit-code.ts';
import { parseDate } from '../values/dates.ts';
import { parseInstant } from '../values/instants.ts';

/** Checks and normalises a value, or throws a PublicError that says what is wrong with it. */
type Check = (value: unknown) => string | number;

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const SHOWN_CHARACTERS_MAX = 40;

/** The shared scalars by name. */
export const SCALARS: Readonly<Record<string, GraphQLScalarType>> = {
  CreditCode: scalar('CreditCode', (value) => {
    const parsed = parseCreditCode(textOf('CreditCode', value));
    if (!parsed.valid) throw invalid('CreditCode', value, parsed.errors.join('; '));
    return parsed.normalized;
  }),
  Date: scalar('Date', (value) => {
    const text = textOf('Date', value);
    if (!ISO_DATE.test(text) || parseDate(text).kind !== 'date')
      throw invalid('Date', value, 'a day is written 2025-04-30');
    return text;
  }),
  DateTime: scalar('DateTime', (value) => {
    const text = value instanceof Date ? value.toISOString() : textOf('DateTime', value);
    if (parseInstant(text).kind !== 'instant') {
      throw invalid('DateTime', value, 'an instant is written 2025-04-30T08:00:00Z');
    }
    return text;
  }),
  SafeInteger: scalar('SafeInteger', (value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      throw invalid('SafeInteger', value, 'a whole number up to 2^53 - 1 is expected');
    }
    return value;
  }),
  CurrencyCode: scalar('CurrencyCode', (value) => {
    const text = textOf('CurrencyCode', value);
    if (!/^[A-Z]{3}$/.test(text)) throw invalid('CurrencyCode', value, 'three letters, as CNY');
    return text;
  }),
};

function scalar(name: string, check: Check): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    serialize: check,
    parseValue: check,
    parseLiteral: (node: ValueNode) => {
      if (node.kind === Kind.STRING) return check(node.value);
      if (node.kind === Kind.INT) return check(Number(node.value));
      throw invalid(name, undefined, 'a text is expected');
    },
  });
}

function textOf(name: string, value: unknown): string {
  if (typeof value !== 'string') throw invalid(name, undefined, 'a text is expected');
  return value;
}

function invalid(name: string, value: unknown, reason: string): PublicError {
  const shown = typeof value === 'string' ? ` "${value.slice(0, SHOWN_CHARACTERS_MAX)}"` : '';
  return new PublicError('BAD_USER_INPUT', `${name}${shown}: ${reason}.`);
}
