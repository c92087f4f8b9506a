import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addLength, endClock, runClocks, type ClockRules } from './clocks.ts';
import { PENALTY_CLOCKS } from './penalty-clocks.ts';

const rules = (inForce: string, months: number): ClockRules => ({
  inForce,
  source: 'a test',
  display: { start: 'DECIDED', length: { months } },
  query: { start: 'ACT_ENDED', length: { years: 5 } },
  deletion: { start: 'DECIDED', length: 'open' },
});

test('runs each clock from its own day', () => {
  const clocks = runClocks([rules('2020-01-01', 6)], '2025-03-10', {
    DECIDED: '2025-03-10',
    ACT_ENDED: '2024-02-29',
  });
  assert.deepEqual(clocks, {
    display: { start: 'DECIDED', from: '2025-03-10', until: '2025-09-10' },
    query: { start: 'ACT_ENDED', from: '2024-02-29', until: '2029-02-28' },
    deletion: { start: 'DECIDED', from: '2025-03-10', until: null },
  });
});

test('leaves a clock open whose day is not known', () => {
  const { query } = runClocks([rules('2020-01-01', 6)], '2025-03-10', { DECIDED: '2025-03-10' });
  assert.deepEqual(query, { start: 'ACT_ENDED', from: null, until: null });
});

test('applies the rules in force on the day of the decision', () => {
  const table = [rules('2020-01-01', 6), rules('2025-07-01', 12)] as const;
  const until = (on: string): string | null => runClocks(table, on, { DECIDED: on }).display.until;
  assert.equal(until('2025-06-30'), '2025-12-30');
  assert.equal(until('2025-07-01'), '2026-07-01');
  assert.equal(until('2019-01-01'), '2019-07-01', 'before all rules the first one counts');
});

test('ends on the last day of a shorter month', () => {
  assert.equal(addLength('2025-01-31', { months: 1 }), '2025-02-28');
  assert.equal(addLength('2024-02-29', { years: 1 }), '2025-02-28');
  assert.equal(addLength('2025-12-31', { months: 2 }), '2026-02-28');
  assert.equal(addLength('2025-08-31', { months: 3 }), '2025-11-30');
  assert.equal(addLength('1996-02-29', { years: 4 }), '2000-02-29');
  assert.equal(addLength('2096-02-29', { years: 4 }), '2100-02-28');
  assert.equal(addLength('2025-10-31', { months: 0 }), '2025-10-31');
});

test('shortens a clock and never lengthens it', () => {
  const clock = { start: 'LISTED', from: '2025-01-01', until: '2026-01-01' } as const;
  assert.equal(endClock(clock, '2025-06-01').until, '2025-06-01');
  assert.equal(endClock(clock, '2027-06-01').until, '2026-01-01');
  assert.equal(endClock({ ...clock, until: null }, '2027-06-01').until, '2027-06-01');
});

test('displays a grave penalty longer than a general one, by rules with a source', () => {
  const until = (severity: 'GENERAL' | 'SERIOUS'): string | null =>
    runClocks(PENALTY_CLOCKS[severity], '2026-05-01', { DETERMINED: '2026-05-01' }).display.until;
  assert.equal(until('GENERAL'), '2027-05-01');
  assert.equal(until('SERIOUS'), '2029-05-01');
  for (const entry of Object.values(PENALTY_CLOCKS).flat()) assert.ok(entry.source.length > 20);
});
