import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, getOperationAST, graphqlSync, parse, print, validate } from 'graphql';
import {
  executeIntrospection,
  mergeIntrospection,
  splitIntrospection,
  type OperationParts,
} from './introspection.ts';

const whole = buildSchema(`
  type Query { a: Int b: A locked: Locked }
  type A { id: Int }
  type Locked { id: Int }
`);
const visible = buildSchema('type Query { a: Int b: A } type A { id: Int }');
const rootValue = { a: 1, b: { id: 2 } };

function split(text: string): OperationParts {
  const document = parse(text);
  assert.deepEqual(validate(whole, document), []);
  const operation = getOperationAST(document);
  assert.ok(operation);
  return splitIntrospection(document, operation);
}

/** The parts as one line each. */
function written(text: string): (string | null)[] {
  const { planned, local } = split(text);
  return [planned, local].map((part) => part && print(part).replace(/\s+/g, ' '));
}

/** Answers an operation in its two parts. */
function answer(text: string, variables: Record<string, unknown> = {}): string {
  const document = parse(text);
  const operation = getOperationAST(document);
  assert.ok(operation);
  const { planned, local } = split(text);
  const data = planned
    ? graphqlSync({ schema: whole, source: print(planned), rootValue, variableValues: variables })
        .data
    : {};
  assert.ok(data);
  const introspected = local ? executeIntrospection(visible, local, variables) : {};
  return JSON.stringify(mergeIntrospection(document, operation, variables, data, introspected));
}

test('leaves an operation without introspection as it is', () => {
  const document = parse('{ a __typename ...F } fragment F on Query { b { id } }');
  const operation = getOperationAST(document);
  assert.ok(operation);
  const parts = splitIntrospection(document, operation);
  assert.equal(parts.planned, document);
  assert.equal(parts.local, null);
});

test('leaves nothing to plan of an operation that is introspection alone', () => {
  assert.deepEqual(
    written(
      '{ __schema { queryType { name } } ...F } fragment F on Query { t: __type(name: "A") { name } }',
    ),
    [null, '{ __schema { queryType { name } } ... on Query { t: __type(name: "A") { name } } }'],
  );
});

test('takes fields, fragments and variables to the part that uses them', () => {
  const text = `query Q($name: String!, $yes: Boolean!, $no: Boolean!) {
    ...Both @include(if: $yes)
    ... @skip(if: $no) { b { ...OfA } }
  }
  fragment Both on Query { a __type(name: $name) { ...OfType } }
  fragment OfA on A { id }
  fragment OfType on __Type { name }`;
  assert.deepEqual(written(text), [
    'query Q($yes: Boolean!, $no: Boolean!) { ... on Query @include(if: $yes) { a } ' +
      '... @skip(if: $no) { b { ...OfA } } } fragment OfA on A { id }',
    'query Q($name: String!, $yes: Boolean!) { ... on Query @include(if: $yes) ' +
      '{ __type(name: $name) { ...OfType } } } fragment OfType on __Type { name }',
  ]);
});

test('answers out of the schema of the caller, whatever the planner knows', () => {
  assert.equal(answer('{ locked: __type(name: "Locked") { name } }'), '{"locked":null}');
  assert.equal(
    answer('{ __schema { queryType { fields { name } } } }'),
    '{"__schema":{"queryType":{"fields":[{"name":"a"},{"name":"b"}]}}}',
  );
});

test('answers both parts in the order in which they were asked', () => {
  assert.equal(
    answer(
      '{ b { id } one: __type(name: "A") { name } a ... { two: __type(name: "A") { kind } } }',
    ),
    '{"b":{"id":2},"one":{"name":"A"},"a":1,"two":{"kind":"OBJECT"}}',
  );
});

test('leaves out what is skipped, and places a key where it is first asked', () => {
  const text = `query ($skip: Boolean!) {
    x: __type(name: "A") @skip(if: $skip) { name }
    a
    x: __type(name: "A") { name }
    y: __type(name: "A") @skip(if: $skip) { name }
  }`;
  assert.equal(answer(text, { skip: true }), '{"a":1,"x":{"name":"A"}}');
  assert.equal(answer(text, { skip: false }), '{"x":{"name":"A"},"a":1,"y":{"name":"A"}}');
});

test('puts answers under __proto__ and constructor as under any other key', () => {
  assert.equal(
    answer('{ constructor: __type(name: "A") { name } toString: a }'),
    '{"constructor":{"name":"A"},"toString":1}',
  );
});

test('leaves a mutation to the planner', () => {
  const document = parse('mutation { a }');
  const operation = getOperationAST(document);
  assert.ok(operation);
  assert.deepEqual(splitIntrospection(document, operation), { planned: document, local: null });
});
