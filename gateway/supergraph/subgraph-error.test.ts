import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeSubgraphError } from './subgraph-error.ts';

test('lets an error that is written for callers pass, with its sector', () => {
  const judged = judgeSubgraphError(
    'tax',
    {
      message: 'The cursor does not belong to a list of TaxPenalty.',
      path: ['_entities', 0, 'tax'],
      extensions: { code: 'INVALID_CURSOR', hint: 'Use a cursor of this list.', maximum: 3 },
    },
    'r1',
  );
  assert.deepEqual(judged, {
    kind: 'public',
    error: {
      message: 'The cursor does not belong to a list of TaxPenalty.',
      path: ['_entities', 0, 'tax'],
      extensions: {
        code: 'INVALID_CURSOR',
        hint: 'Use a cursor of this list.',
        maximum: 3,
        sector: 'tax',
      },
    },
  });
});

const WITHHELD = [
  {
    name: 'an error without a code',
    entry: { message: 'connect ECONNREFUSED 10.0.0.7:5432' },
  },
  {
    name: 'a code that is not in the table',
    entry: { message: 'secret', extensions: { code: 'toString', hint: 'x' } },
  },
  {
    name: 'INTERNAL_SERVER_ERROR, which servers put on anything',
    entry: { message: 'secret', extensions: { code: 'INTERNAL_SERVER_ERROR', hint: 'x' } },
  },
  {
    name: 'a known code without a hint',
    entry: { message: 'secret', extensions: { code: 'BAD_USER_INPUT' } },
  },
  { name: 'something that is not an error', entry: 'secret' },
];

for (const { name, entry } of WITHHELD) {
  test(`withholds ${name}`, () => {
    const judged = judgeSubgraphError('tax', entry, 'r1');
    assert.equal(judged.kind, 'internal');
    assert.deepEqual(judged.error, {
      message: 'An internal error occurred.',
      path: [],
      extensions: {
        code: 'INTERNAL_SERVER_ERROR',
        hint: 'Report the request id to the operator.',
        sector: 'tax',
        requestId: 'r1',
      },
    });
  });
}

test('drops stack traces and structures from an error that passes', () => {
  const judged = judgeSubgraphError(
    'tax',
    {
      message: 'm',
      extensions: {
        code: 'BAD_USER_INPUT',
        hint: 'h',
        stacktrace: ['at /srv/app.js'],
        exception: { stacktrace: [] },
        rows: [{ a: 1 }],
        __proto__x: 1,
      },
    },
    'r1',
  );
  assert.deepEqual(judged.error.extensions, { code: 'BAD_USER_INPUT', hint: 'h', sector: 'tax' });
});

test('keeps a resident number out of the log', () => {
  // Invented: no district has this region, though the check character is right.
  const number = '11000019900101001';
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(number.charAt(i)), 0);
  const check = '10X98765432'.charAt(sum % 11);
  const judged = judgeSubgraphError('tax', { message: `Key (${number}${check}) exists` }, 'r1');
  assert.equal(judged.kind, 'internal');
  assert.equal(judged.detail, '[withheld]');
});
