import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInstant } from './instants.ts';

test('reads instants with a zone, and those without one as time in China', () => {
  for (const [text, instant] of [
    ['2024-01-05T01:02:03Z', '2024-01-05T01:02:03.000Z'],
    ['2024-01-05T01:02:03.456789z', '2024-01-05T01:02:03.456Z'],
    ['2024-01-05T01:02:03+08:00', '2024-01-04T17:02:03.000Z'],
    ['2024-01-05T01:02:03-0530', '2024-01-05T06:32:03.000Z'],
    ['2024-01-05 09:02:03', '2024-01-05T01:02:03.000Z'],
    ['2024/1/5 9:02', '2024-01-05T01:02:00.000Z'],
    ['2024-01-05', '2024-01-04T16:00:00.000Z'],
  ] as const) {
    assert.deepEqual(parseInstant(text), { kind: 'instant', instant }, text);
  }
});

test('refuses what is not a point in time', () => {
  for (const text of [
    '',
    'now',
    '2024-02-30',
    '2024-01-05T25:00:00Z',
    '2024-13-01 00:00',
    '10:20',
  ]) {
    assert.equal(parseInstant(text).kind, 'error', text);
  }
});
