// Labels in front of resolvers: what a caller without a credential gets of a schema in which every
// way to forget, weaken or go around a label has been written down.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestSubgraph, type TestSubgraph, type Json } from './test/test-subgraph.ts';

const TYPES = `
  type Query {
    unlabelled: String
    open: String @requiresScopes(scopes: [["credit:public"]])
    closed: Detail @requiresScopes(scopes: [["credit:government"]])
    detail: Detail @requiresScopes(scopes: [["credit:public"]])
    strict: Strict @requiresScopes(scopes: [["credit:public"]])
    named: [Named] @requiresScopes(scopes: [["credit:public"]])
  }
  interface Named { name: String }
  type Detail implements Named @requiresScopes(scopes: [["credit:public"]]) {
    name: String
    reason: String @requiresScopes(scopes: [["credit:special"]])
    given: String @requiresScopes(scopes: [["credit:registered"]])
  }
  type Strict implements Named @requiresScopes(scopes: [["credit:agency"]]) {
    name: String
    weaker: String @requiresScopes(scopes: [["credit:public"]])
  }
  type Bare implements Named { name: String }
`;

const detail = { __typename: 'Detail', name: 'D', reason: 'SECRET', given: 'SECRET' };
const strict = { __typename: 'Strict', name: 'SECRET', weaker: 'SECRET' };
const bare = { __typename: 'Bare', name: 'SECRET' };
let ran: string[] = [];

let subgraph: TestSubgraph;

before(async () => {
  subgraph = await openTestSubgraph({
    types: TYPES,
    resolvers: {
      Query: {
        unlabelled: () => ran.push('unlabelled') && 'SECRET',
        open: () => 'open',
        closed: () => ran.push('closed') && detail,
        detail: () => detail,
        strict: () => strict,
        named: () => [detail, strict, bare],
      },
      Detail: { reason: () => ran.push('reason') && 'SECRET' },
    },
  });
});

after(() => subgraph.stop());

async function refused(document: string, variables = {}): Promise<string[]> {
  ran = [];
  const { errors, text } = await subgraph.query(document, variables);
  assert.doesNotMatch(text, /SECRET/);
  assert.deepEqual(ran, [], 'no resolver of a refused field runs');
  return errors.map((error: Json) => {
    assert.equal(error.extensions.code, 'UNAUTHORIZED_FIELD_OR_TYPE');
    return error.extensions.coordinate;
  });
}

test('answers what is labelled public', async () => {
  const { data, errors } = await subgraph.query('{ open detail { name } }');
  assert.equal(errors, undefined);
  assert.deepEqual(data, { open: 'open', detail: { name: 'D' } });
});

test('refuses a field without a label', async () => {
  assert.deepEqual(await refused('{ unlabelled }'), ['Query.unlabelled']);
});

test('refuses a stricter field, and with it the public fields below it', async () => {
  assert.deepEqual(await refused('{ closed { name } }'), ['Query.closed']);
});

test('refuses a stricter field of a public type under any alias', async () => {
  assert.deepEqual(await refused('{ detail { name: reason __proto__: reason } }'), [
    'Detail.reason',
    'Detail.reason',
  ]);
});

test('counts the label of the type where that of the field is weaker', async () => {
  assert.deepEqual(await refused('{ strict { weaker } }'), ['Strict.weaker']);
});

test('asks for the label of the type behind an interface, and refuses one without', async () => {
  const coordinates = ['Strict.name', 'Bare.name'];
  assert.deepEqual(await refused('{ named { name } }'), coordinates);
  assert.deepEqual(
    await refused('{ named { ... on Named { ... on Named { name } } } }'),
    coordinates,
  );
  assert.deepEqual(
    await refused('{ named { ...N } detail { ...N } } fragment N on Named { name }'),
    coordinates,
  );
});

test('refuses a field that a variable includes', async () => {
  const document = 'query ($yes: Boolean!) { detail { reason @include(if: $yes) } }';
  assert.deepEqual(await refused(document, { yes: true }), ['Detail.reason']);
});

test('answers nothing of the schema to introspection but the schema document', async () => {
  const { errors } = await subgraph.query('{ __schema { types { name } } }');
  assert.equal(errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
  const { data } = await subgraph.query('{ _service { sdl } }');
  assert.match(
    data._service.sdl,
    /reason: String @requiresScopes\(scopes: \[\["credit:special"\]\]\)/,
  );
});
