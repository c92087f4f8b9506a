import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import { readConfig } from '../config.ts';
import { checkDocument } from './check-document.ts';
import { checkRequest } from './check-request.ts';
import { checkVariables } from './check-variables.ts';
import { compileCost, type Variables } from './compile-cost.ts';
import { measureShape } from './measure-shape.ts';
import { parseDocument } from './parse-document.ts';

const { limits } = readConfig({});

/** The limits that a document exceeds, by name or else by code. */
function exceeded(text: string): unknown[] {
  const document = parseDocument(text, limits.tokens);
  return checkDocument(document, limits).map(named);
}

function named({ extensions }: PublicError): unknown {
  return extensions['limit'] ?? extensions['code'];
}

/** A fragment bomb: each fragment spreads the next twice. */
function bomb(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_, i) => `fragment F${i} on Q { a { ...F${i + 1} } b: a { ...F${i + 1} } }`,
  );
  return `{ ...F0 } ${fragments.join('\n')} fragment F${levels} on Q { c }`;
}

test('lets the usual introspection query pass', () => {
  assert.deepEqual(exceeded(getIntrospectionQuery()), []);
});

test('measures depth, aliases, root fields and fields through fragments', () => {
  const text = `
    { a { ...F } x: b ... { y: c } }
    fragment F on Q { d { z: e } }
  `;
  assert.deepEqual(measureShape(parse(text)), {
    depth: 3,
    aliases: 3,
    rootFields: 3,
    selections: 5,
    isCyclic: false,
  });
});

test('measures a bomb of fragments without setting it off', () => {
  const shape = measureShape(parse(bomb(100)));
  assert.equal(shape.depth, 101);
  assert.ok(shape.selections > 1e30);
  assert.deepEqual(exceeded(bomb(60)), ['DEPTH_MAX', 'ALIASES_MAX', 'SELECTIONS_MAX']);
});

test('refuses fragments that contain themselves, used or not', () => {
  for (const text of [
    '{ ...A } fragment A on Q { a ...B } fragment B on Q { b ...A }',
    '{ ...A } fragment A on Q { a { ...A } b { ...A } }',
    '{ a } fragment A on Q { a { ...A } }',
  ]) {
    assert.deepEqual(exceeded(text), ['GRAPHQL_VALIDATION_FAILED']);
  }
});

test('names every limit that is exceeded, with its value and that of the operation', () => {
  const text = `{ ${'a { '.repeat(20)} b ${'}'.repeat(20)} }`;
  const [error, ...others] = checkDocument(parse(text), limits);
  assert.deepEqual(others, []);
  assert.equal(error?.message, 'The depth of the operation is 21; the limit is 16.');
  const { limit, maximum, value, hint } = error.extensions;
  assert.deepEqual({ limit, maximum, value }, { limit: 'DEPTH_MAX', maximum: 16, value: 21 });
  assert.equal(typeof hint, 'string');
});

test('bounds aliases, root fields and copies of one field', () => {
  const aliases = Array.from({ length: 500 }, (_, i) => `a${i}: b`).join(' ');
  assert.deepEqual(exceeded(`{ a { ${aliases} } }`), ['ALIASES_MAX']);
  assert.deepEqual(exceeded(`{ ${'a '.repeat(21)} }`), ['ROOT_FIELDS_MAX']);
  assert.deepEqual(exceeded(`{ a { ${'b '.repeat(101)} } }`), ['REPEATS_MAX']);
  assert.deepEqual(exceeded(`{ a } fragment F on Q { ${'b '.repeat(101)} }`), ['REPEATS_MAX']);
  assert.deepEqual(exceeded(`{ a { ${'...{ b } '.repeat(101)} } }`), ['REPEATS_MAX']);
  assert.deepEqual(exceeded(`{ ${`a { ${'b '.repeat(11)} } `.repeat(10)} }`), ['REPEATS_MAX']);
});

test('gives up a document at the limit of tokens', () => {
  assert.throws(() => parseDocument(`{ ${'a '.repeat(5_000)} }`, limits.tokens), {
    name: 'PublicError',
    extensions: {
      code: 'OPERATION_LIMIT_EXCEEDED',
      hint: 'Ask for less at once; the error names the limit, its value and yours.',
      limit: 'TOKENS_MAX',
      maximum: 4000,
      value: 4001,
    },
  });
});

test('reads a document nested as deep as its tokens allow, and refuses it for its depth', () => {
  assert.deepEqual(exceeded(`${'{a'.repeat(1_300)}${'}'.repeat(1_300)}`), ['DEPTH_MAX']);
  const value = `${'['.repeat(1_900)}${']'.repeat(1_900)}`;
  assert.deepEqual(exceeded(`{ a(b: ${value}) }`), []);
});

test('reports a syntax error with its code and location', () => {
  assert.throws(
    () => parseDocument('{ a', limits.tokens),
    (error: PublicError) => {
      assert.equal(error.extensions['code'], 'GRAPHQL_PARSE_FAILED');
      assert.deepEqual(error.locations, [{ line: 1, column: 4 }]);
      return true;
    },
  );
});

test('bounds lists, refuses U+0000 and the names that introspection keeps', () => {
  assert.deepEqual(exceeded(`{ a(b: [${'1 '.repeat(101)}]) }`), ['LIST_LENGTH_MAX']);
  assert.deepEqual(exceeded('{ a(b: "\\u0000") }'), ['BAD_USER_INPUT']);
  assert.deepEqual(exceeded('{ __proto__: a }'), ['GRAPHQL_VALIDATION_FAILED']);
  assert.deepEqual(exceeded('{ __typename: a }'), ['GRAPHQL_VALIDATION_FAILED']);
  assert.deepEqual(exceeded('{ constructor: a toString: b hasOwnProperty: c }'), []);
});

test('bounds lists, nesting and texts of variables', () => {
  const check = (value: unknown): unknown[] => checkVariables({ value }, limits).map(named);
  assert.deepEqual(check(Array.from({ length: 100 }, () => 'x')), []);
  assert.deepEqual(check(Array.from({ length: 101 }, () => 'x')), ['LIST_LENGTH_MAX']);
  assert.deepEqual(check({ a: { b: ['\0'] } }), ['BAD_USER_INPUT']);
  const deep: unknown = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000));
  assert.deepEqual(check(deep), ['BAD_USER_INPUT']);
});

const schema = buildSchema(`
  type Query {
    subject(code: ID!): Subject
    subjects(codes: [ID!]!): [Subject]!
  }
  type Subject { name: String penalties(first: Int! = 20, after: String): Page tags: [Tag!]! }
  type Page { total: Int edges: [Edge!]! nodes: [Penalty!]! }
  type Edge { cursor: String node: Penalty }
  type Penalty { id: ID kinds: [Tag!]! }
  type Tag { id: ID }
`);

function measure(text: string, variables: Variables = {}): { cost: number; errors: unknown[] } {
  const document = parse(text);
  const operation = getOperationAST(document);
  assert.ok(operation);
  const cost = compileCost(schema, document, operation);
  return {
    cost: cost.costOf(variables),
    errors: checkRequest(cost, variables, limits).map(named),
  };
}

test('counts one for a field, and pages by their size', () => {
  assert.equal(measure('{ subject(code: 1) { name } }').cost, 2);
  assert.equal(measure('{ subject(code: 1) { penalties(first: 5) { nodes { id } } } }').cost, 12);
  assert.equal(measure('{ subject(code: 1) { penalties { nodes { id } } } }').cost, 42);
  assert.equal(measure('{ subject(code: 1) { tags { id } } }').cost, 12);
  assert.equal(
    measure('{ subject(code: 1) { penalties(first: 2) { nodes { kinds { id } } } } }').cost,
    2 + 2 * (1 + (1 + 10)),
  );
});

test('fills in page sizes and list lengths from variables', () => {
  const text = `query ($codes: [ID!]!, $first: Int = 3) {
    subjects(codes: $codes) { ...F }
  }
  fragment F on Subject { penalties(first: $first) { edges { node { id } } } }`;
  const { cost } = measure(text, { codes: ['1', '2'], first: 3 });
  assert.equal(cost, 1 + 2 * (1 + 3 * 3));
});

test('refuses page sizes below 0 and above the limit, written out or in variables', () => {
  const literal = (first: string): unknown[] =>
    measure(`{ subject(code: 1) { penalties(first: ${first}) { total } } }`).errors;
  const variable = (first: number): unknown[] =>
    measure('query ($n: Int!) { subject(code: 1) { penalties(first: $n) { total } } }', {
      n: first,
    }).errors;
  for (const errorsOf of [(n: number) => literal(String(n)), variable]) {
    assert.deepEqual(errorsOf(0), []);
    assert.deepEqual(errorsOf(100), []);
    assert.deepEqual(errorsOf(101), ['PAGE_SIZE_MAX']);
    assert.deepEqual(errorsOf(-1), ['BAD_USER_INPUT']);
    assert.deepEqual(errorsOf(2_147_483_647), ['PAGE_SIZE_MAX']);
  }
});

test('refuses an operation that multiplies beyond the limit of cost', () => {
  const codes = Array.from({ length: 100 }, () => '1');
  const page = (i: number): string => `p${i}: penalties(first: 100) { nodes { id kinds { id } } }`;
  const text = `query ($codes: [ID!]!) {
    subjects(codes: $codes) { ${Array.from({ length: 3 }, (_, i) => page(i)).join(' ')} }
  }`;
  assert.deepEqual(measure(text, { codes }).errors, ['COST_MAX']);
});

test('counts introspection as dear', () => {
  assert.equal(
    measure('{ __schema { types { name } } a: __type(name: "X") { name } }').cost,
    10_000,
  );
});
