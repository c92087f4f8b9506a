// The scalars that all sectors share, with their validation: a value that is not one of them never
// reaches a resolver, and never leaves one.
import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { PublicError } from '../errors.ts';
import { parseCreditCode } from '../values/credit-code.ts';
import { parseDate } from '../values/dates.ts';
import { parseInstant } from '../values/instants.ts';

/** Reads a caller's value into its one spelling; says what is wrong with any other. */
type Read = (
  value: unknown,
) => { readonly value: string | number } | { readonly problem: string; readonly shown?: string };

const TEXT_CHARACTERS_MAX = 100;
const SHOWN_CHARACTERS_MAX = 40;
const TEXT_EXPECTED = { problem: 'a text is expected' } as const;

/**
 * What a stored value looks like. It was checked when it was imported; on the way out its form is
 * enough, at a tenth of the cost, and there are a dozen of these in every record.
 */
const STORED = {
  code: /^[0-9A-HJ-NPQRTUWXY]{18}$/,
  date: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/,
  currency: /^[A-Z]{3}$/,
} as const;

/** The shared scalars by name. */
export const SCALARS: Readonly<Record<string, GraphQLScalarType>> = {
  CreditCode: scalar('CreditCode', STORED.code, (value) => {
    if (typeof value !== 'string') return TEXT_EXPECTED;
    if (value.length > TEXT_CHARACTERS_MAX) return { problem: `length ${value.length}, not 18` };
    const { valid, normalized, errors } = parseCreditCode(value);
    return valid ? { value: normalized } : { problem: errors.join('; '), shown: value };
  }),
  Date: scalar('Date', STORED.date, (value) => {
    if (typeof value !== 'string') return TEXT_EXPECTED;
    const isDay = STORED.date.test(value) && parseDate(value).kind === 'date';
    return isDay ? { value } : { problem: 'a day is written 2025-04-30', shown: value };
  }),
  DateTime: scalar('DateTime', STORED.instant, (value) => {
    if (typeof value !== 'string') return TEXT_EXPECTED;
    const parsed = value.length > TEXT_CHARACTERS_MAX ? null : parseInstant(value);
    return parsed?.kind === 'instant'
      ? { value: parsed.instant }
      : { problem: 'an instant is written 2025-04-30T08:00:00Z', shown: value };
  }),
  SafeInteger: scalar('SafeInteger', null, (value) =>
    typeof value === 'number' && Number.isSafeInteger(value)
      ? { value }
      : { problem: 'a whole number up to 2^53 - 1 is expected' },
  ),
  CurrencyCode: scalar('CurrencyCode', STORED.currency, (value) => {
    if (typeof value !== 'string') return TEXT_EXPECTED;
    return STORED.currency.test(value)
      ? { value }
      : { problem: 'three letters, as CNY', shown: value };
  }),
};

function scalar(name: string, stored: RegExp | null, read: Read): GraphQLScalarType {
  const accept = (value: unknown): string | number => {
    const result = read(value);
    if ('value' in result) return result.value;
    const shown = result.shown === undefined ? '' : ` ${quote(result.shown)}`;
    throw new PublicError('BAD_USER_INPUT', `${name}${shown}: ${result.problem}.`);
  };
  return new GraphQLScalarType({
    name,
    // A value of ours that is wrong is our defect, and its text is nobody's to read: no PublicError.
    serialize: (value) => {
      if (
        typeof value === 'string' ? stored?.test(value) : !stored && Number.isSafeInteger(value)
      ) {
        return value;
      }
      throw new Error(`a resolver gave a ${typeof value} that is no ${name}`);
    },
    parseValue: accept,
    parseLiteral: (node: ValueNode) => {
      if (node.kind === Kind.STRING) return accept(node.value);
      return accept(node.kind === Kind.INT ? Number(node.value) : undefined);
    },
  });
}

/** Quotes the start of a text; control characters are escaped. */
function quote(text: string): string {
  return JSON.stringify(text.slice(0, SHOWN_CHARACTERS_MAX));
}
