import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeCursor, encodeCursor } from './cursor.ts';

const position = { sortDate: '2025-04-30', recordId: 'a1b2c3' };

test('reads back the position it wrote', () => {
  assert.deepEqual(decodeCursor('TaxPenalty', encodeCursor('TaxPenalty', position)), position);
});

test('refuses the cursor of another connection', () => {
  assert.throws(() => decodeCursor('TaxPenalty', encodeCursor('TaxArrearsNotice', position)), {
    extensions: {
      code: 'INVALID_CURSOR',
      hint: 'Use a cursor from pageInfo or edges of the same field, or none.',
    },
  });
});

for (const [what, text] of [
  ['nothing', ''],
  ['plain text', 'abc'],
  ['a date that is none', 'TaxPenalty 2025-4-3 a1'],
  ['an id with a quote', "TaxPenalty 2025-04-30 a1'--"],
  ['more than a position', 'TaxPenalty 2025-04-30 a1 b2'],
  ['too much', `TaxPenalty 2025-04-30 ${'a'.repeat(300)}`],
] as const) {
  test(`refuses a cursor of ${what}`, () => {
    const cursor = Buffer.from(text).toString('base64url');
    assert.throws(() => decodeCursor('TaxPenalty', cursor), /does not belong to a list/);
  });
}
