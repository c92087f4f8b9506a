// The shared scalars on the way in, as variables and written out, and on the way out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphQLScalarType, parseValue as parseLiteralText } from 'graphql';
import { PublicError } from '../errors.ts';
import { SCALARS } from './scalars.ts';

const CODE = '91990101MA7K3P2Q8J';

function of(name: string): GraphQLScalarType {
  const scalar = SCALARS[name];
  assert.ok(scalar);
  return scalar;
}

const literal = (name: string, text: string): unknown =>
  of(name).parseLiteral(parseLiteralText(text), {});

function refuses(name: string, value: unknown, message: RegExp): void {
  assert.throws(
    () => of(name).parseValue(value),
    (error) => {
      assert.ok(error instanceof PublicError);
      assert.equal(error.extensions['code'], 'BAD_USER_INPUT');
      assert.match(error.message, message);
      assert.ok(error.message.length < 200);
      return true;
    },
  );
}

test('reads a value in any usual spelling, and hands on the one that is stored', () => {
  assert.equal(of('CreditCode').parseValue(' 91990101-ma7k3p2q8j '), CODE);
  assert.equal(literal('CreditCode', `"${CODE.toLowerCase()}"`), CODE);
  assert.equal(of('Date').parseValue('2024-02-29'), '2024-02-29');
  assert.equal(of('DateTime').parseValue('2025-04-30T08:00:00+08:00'), '2025-04-30T00:00:00.000Z');
  assert.equal(literal('DateTime', '"2025-04-30T08:00:00Z"'), '2025-04-30T08:00:00.000Z');
  assert.equal(of('SafeInteger').parseValue(2 ** 53 - 1), 2 ** 53 - 1);
  assert.equal(literal('SafeInteger', '-5'), -5);
  assert.equal(of('CurrencyCode').parseValue('CNY'), 'CNY');
});

test('refuses what is none, and says what is wrong', () => {
  refuses(
    'CreditCode',
    `${CODE.slice(0, 17)}K`,
    /^CreditCode "91990101MA7K3P2Q8K": check character/,
  );
  refuses('CreditCode', CODE.slice(1), /length 17/);
  refuses('Date', '2025-02-29', /a day is written/);
  refuses('Date', '2025-4-1', /a day is written/);
  refuses('Date', '2025-04-30\n', /a day is written/);
  refuses('Date', '9999-12-31', /a day is written/);
  refuses('DateTime', '2025-02-30T00:00:00Z', /an instant is written/);
  refuses('SafeInteger', 2 ** 53, /up to 2\^53 - 1/);
  refuses('SafeInteger', 1.5, /whole number/);
  refuses('SafeInteger', '5', /whole number/);
  refuses('CurrencyCode', 'cny', /three letters/);
});

test('refuses values of another kind in every scalar', () => {
  for (const name of Object.keys(SCALARS)) {
    for (const value of [null, true, [], {}, [CODE], { toString: () => CODE }, NaN]) {
      refuses(name, value, /expected/);
    }
    for (const text of ['true', '{ a: 1 }', '[1]', 'ENUM', '1.5']) {
      assert.throws(() => literal(name, text), PublicError, `${name} ${text}`);
    }
  }
  assert.throws(() => literal('SafeInteger', '9007199254740993'), PublicError);
});

test('refuses null characters and other control characters without repeating them raw', () => {
  refuses('CreditCode', `${CODE.slice(0, 17)}\0`, /^CreditCode "91990101MA7K3P2Q8\\u0000"/);
  refuses('Date', '2025-04-3\u001b', /^Date "2025-04-3\\u001b"/);
});

test('refuses a text of megabytes without reading it through', () => {
  const huge = '\u3300'.repeat(2_000_000);
  for (const name of ['CreditCode', 'Date', 'DateTime', 'CurrencyCode']) {
    refuses(name, huge, /length|is written|three letters/);
  }
});

test('lets stored values out as they are', () => {
  const stored = {
    CreditCode: CODE,
    Date: '2025-04-30',
    DateTime: '2025-04-30T08:00:00.000Z',
    SafeInteger: -(2 ** 53) + 1,
    CurrencyCode: 'CNY',
  };
  for (const [name, value] of Object.entries(stored)) {
    assert.equal(of(name).serialize(value), value);
  }
});

test('lets nothing else out, and does not quote it', () => {
  const wrong = {
    CreditCode: [CODE.toLowerCase(), `${CODE}\n`, '11010519491231002*', 5],
    Date: ['2025-13-01', '2025-04-31T00:00:00Z', '20250430', new Date(0)],
    DateTime: ['2025-04-30', '2025-04-30T08:00:00+08:00', new Date(0)],
    SafeInteger: ['5', 2 ** 53, 0.5, 5n],
    CurrencyCode: ['cny', 'CNY ', 7],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      assert.throws(
        () => of(name).serialize(value),
        (error) =>
          error instanceof Error &&
          !(error instanceof PublicError) &&
          !error.message.includes(String(value)),
        `${name} ${String(value)}`,
      );
    }
  }
});
