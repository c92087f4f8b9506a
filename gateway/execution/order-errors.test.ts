import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphQLError } from 'graphql';
import { orderErrors } from './order-errors.ts';

const at = (message: string, path?: readonly (string | number)[]): GraphQLError =>
  new GraphQLError(message, { ...(path && { path }) });
const messagesOf = (errors: readonly GraphQLError[]): string[] => errors.map((e) => e.message);

test('orders errors as the data is ordered, whichever sector answered first', () => {
  const data = { z: { b: null, a: null }, list: [{ x: null }, { x: null }], a: null };
  const errors = [
    at('a', ['a']),
    at('of nobody'),
    at('list 1', ['list', 1, 'x']),
    at('z.a', ['z', 'a']),
    at('list 0', ['list', 0, 'x']),
    at('z.b', ['z', 'b']),
  ];
  const wanted = ['z.b', 'z.a', 'list 0', 'list 1', 'a', 'of nobody'];
  assert.deepEqual(messagesOf(orderErrors(errors, data)), wanted);
  assert.deepEqual(messagesOf(orderErrors([...errors].reverse(), data)), wanted);
});

test('orders errors of one place, and below what is null, by what they say', () => {
  const errors = [at('two', ['a', 'c']), at('one', ['a', 'b']), at('B', ['a']), at('A', ['a'])];
  const wanted = ['A', 'B', 'one', 'two'];
  for (const given of [errors, [...errors].reverse()]) {
    assert.deepEqual(messagesOf(orderErrors(given, { a: null })), wanted);
    assert.deepEqual(messagesOf(orderErrors(given, null)), wanted);
  }
});
