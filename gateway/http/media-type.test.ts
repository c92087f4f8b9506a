import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseAnswerType } from './media-type.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

const CASES: readonly [string | undefined, string, boolean][] = [
  [undefined, JSON_TYPE, false],
  ['', JSON_TYPE, false],
  ['*/*', JSON_TYPE, false],
  ['application/*', JSON_TYPE, false],
  ['application/json', JSON_TYPE, true],
  ['Application/JSON; charset=utf-8', JSON_TYPE, true],
  ['application/json, multipart/mixed', JSON_TYPE, true],
  ['application/graphql-response+json', GRAPHQL_TYPE, false],
  ['application/graphql-response+json, application/json;q=0.9', GRAPHQL_TYPE, false],
  ['application/json, application/graphql-response+json', GRAPHQL_TYPE, false],
  ['application/json, application/graphql-response+json;q=0.5', JSON_TYPE, true],
  ['text/html, */*;q=0.1', JSON_TYPE, false],
  ['application/json;q=0, */*', GRAPHQL_TYPE, false],
];

for (const [accept, contentType, isLegacy] of CASES) {
  test(`answers "${accept ?? ''}" as ${contentType}, legacy ${isLegacy}`, () => {
    assert.deepEqual(chooseAnswerType(accept), { contentType, isLegacy });
  });
}

test('has nothing for a caller that takes neither type', () => {
  assert.equal(chooseAnswerType('text/html'), null);
  assert.equal(chooseAnswerType('application/json;q=0'), null);
  assert.equal(chooseAnswerType('application/json;q=high'), null);
});
