import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, parse, recommendedRules, specifiedRules, validate } from 'graphql';
import { withSuggestions } from './suggestions.ts';

const RULES = [...specifiedRules, ...recommendedRules];
const whole = buildSchema(`
  type Query { score: Int scope(unit: Int, united: Int): Int record: Record hushed: Hushed }
  interface Record { id: Int }
  type Penalty implements Record { id: Int amount: Int }
  type Hushed implements Record { id: Int amount: Int }
`);
const visible = buildSchema(`
  type Query { scope(unit: Int): Int record: Record }
  interface Record { id: Int }
  type Penalty implements Record { id: Int amount: Int }
`);

function messages(text: string): string[] {
  const document = parse(text);
  const errors = validate(whole, document, RULES, { hideSuggestions: true });
  return withSuggestions(errors, visible, document, RULES).map(({ message }) => message);
}

test('suggests a field of the caller, and none that is locked', () => {
  assert.deepEqual(messages('{ scor }'), [
    'Cannot query field "scor" on type "Query". Did you mean "scope"?',
  ]);
  assert.deepEqual(messages('{ hushe }'), ['Cannot query field "hushe" on type "Query".']);
});

test('suggests no type and no argument that is locked', () => {
  assert.deepEqual(messages('{ record { ... on Hushe { id } } }'), ['Unknown type "Hushe".']);
  assert.deepEqual(messages('{ record { ... on Penalt { id } } }'), [
    'Unknown type "Penalt". Did you mean "Penalty"?',
  ]);
  assert.deepEqual(messages('{ record { amount } }'), [
    'Cannot query field "amount" on type "Record". ' +
      'Did you mean to use an inline fragment on "Penalty"?',
  ]);
  assert.deepEqual(messages('{ scope(uni: 1) }'), [
    'Unknown argument "uni" on field "Query.scope". Did you mean "unit"?',
  ]);
});

test('says as much and no more below what is locked', () => {
  assert.deepEqual(messages('{ score hushed { amoun } }'), [
    'Cannot query field "amoun" on type "Hushed".',
  ]);
});

test('keeps the errors in their order, with their codes', () => {
  const document = parse('{ scor record { amoun } }');
  const errors = validate(whole, document, RULES, { hideSuggestions: true });
  const suggested = withSuggestions(errors, visible, document, RULES);
  assert.equal(suggested.length, 2);
  assert.deepEqual(
    suggested.map(({ locations }) => locations),
    errors.map(({ locations }) => locations),
  );
});
