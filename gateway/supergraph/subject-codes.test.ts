import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subjectCodesOf } from './subject-codes.ts';

const CODE = '91990101MA7K3P2Q8J';
const OTHER = '91990102900000014T';

test('finds the codes of entities, of variables and of the text, each once', () => {
  const query = `query ($r: [_Any!]!, $c: CreditCode!) {
    _entities(representations: $r) { ... on Subject { tax { coverage { status } } } }
    a: subject(code: $c) { code }
    b: subject(code: "${OTHER}") { code }
  }`;
  const codes = subjectCodesOf(query, {
    r: [
      { __typename: 'Subject', code: CODE },
      { __typename: 'Subject', code: OTHER },
    ],
    c: CODE,
  });
  assert.deepEqual([...codes].sort(), [CODE, OTHER]);
});

test('writes codes as the registry does, however the caller wrote them', () => {
  assert.deepEqual(subjectCodesOf('{ a }', { c: ` ${CODE.toLowerCase()} ` }), [CODE]);
  assert.deepEqual(subjectCodesOf(`{ subject(code: "${CODE.toLowerCase()}") { code } }`, {}), [
    CODE,
  ]);
});

test('takes nothing else for a code', () => {
  const variables = { c: '91990101MA7K3P2Q8K', n: 1, t: 'x'.repeat(500), deep: [[null]] };
  assert.deepEqual(subjectCodesOf('{ a(first: 20, name: "云州") }', variables), []);
});
