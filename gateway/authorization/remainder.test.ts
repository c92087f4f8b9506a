// What is left of an operation in which some fields are refused, and how it then answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphqlSync, print } from 'graphql';
import type { Decision } from './authorize.ts';
import { authorizationUnderTest, CALLERS, operationOf, schema } from './test-graph.ts';

function decide(text: string): Decision {
  return authorizationUnderTest().decide(CALLERS.anonymous, operationOf(text));
}

function remainder(text: string): string | null {
  const decision = decide(text);
  assert.equal(decision.kind, 'refuse');
  return decision.remainder && print(decision.remainder).replace(/\s+/g, ' ');
}

test('leaves the rest of an operation, with fragments in their places', () => {
  assert.equal(
    remainder(`
      query Q($a: Boolean!, $b: Boolean!) {
        subject { ...S @include(if: $a) score @skip(if: $b) }
        only: subject { score }
        records { ... on Penalty { id } ... on Inspection { text } }
      }
      fragment S on Subject { code grade }
    `),
    'query Q($a: Boolean!) { subject { ... on Subject @include(if: $a) { code } } ' +
      'records { ... on Penalty { id } } }',
  );
});

test('leaves nothing of an operation that is refused in all its fields', () => {
  assert.equal(remainder('{ subject { score } }'), null);
});

test('a field that is left out can neither null its siblings nor be nulled by them', () => {
  const decision = decide('{ subject { code score } secrets { id } }');
  assert.equal(decision.kind, 'refuse');
  assert.ok(decision.remainder);
  const rootValue = {
    subject: { code: 'c', score: () => assert.fail('a refused field was resolved') },
    // Not null by its type: were it asked, its failure would take the whole answer with it.
    secrets: () => assert.fail('a refused field was resolved'),
  };
  const answer = graphqlSync({ schema, source: print(decision.remainder), rootValue });
  assert.deepEqual(JSON.parse(JSON.stringify(answer)), { data: { subject: { code: 'c' } } });
});

test('keeps the variables that the rest still uses, and no others', () => {
  assert.equal(
    remainder(`query ($a: Boolean!, $b: Boolean!) {
      subject { ... on Subject @include(if: $a) { code ... @skip(if: $b) { score } } }
    }`),
    'query ($a: Boolean!) { subject { ... on Subject @include(if: $a) { code } } }',
  );
});
