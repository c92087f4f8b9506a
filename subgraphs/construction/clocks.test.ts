import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badConductClocks, type BadConductDays } from './clocks.ts';

const days = (over: Partial<BadConductDays>): BadConductDays => ({
  determinedOn: '2026-01-31',
  penaltyUntil: undefined,
  displayUntil: undefined,
  rectifiedOn: undefined,
  ...over,
});

function displayOf(over: Partial<BadConductDays>): unknown {
  const clocks = badConductClocks(days(over));
  return 'error' in clocks ? clocks.error : clocks.display.until;
}

test('displays bad conduct for six months where nothing else is set', () => {
  assert.equal(displayOf({}), '2026-07-31');
});

test('displays bad conduct until the day that the determining body sets', () => {
  assert.equal(displayOf({ displayUntil: '2028-01-31' }), '2028-01-31');
});

test('displays bad conduct no shorter than the penalty lasts', () => {
  assert.equal(displayOf({ penaltyUntil: '2027-01-31' }), '2027-01-31');
  assert.equal(
    displayOf({ penaltyUntil: '2027-01-31', displayUntil: '2027-01-30' }),
    'display must end between 2027-01-31 and 2029-01-31',
  );
});

test('displays bad conduct for three years at most, however long the penalty lasts', () => {
  assert.equal(displayOf({ penaltyUntil: '2031-01-31' }), '2029-01-31');
  assert.match(String(displayOf({ displayUntil: '2029-02-01' })), /^display must end/);
});

test('refuses less than six months, and less than three after rectification', () => {
  assert.match(String(displayOf({ displayUntil: '2026-07-30' })), /^display must end/);
  const rectified = { rectifiedOn: '2026-03-10' };
  assert.equal(displayOf({ ...rectified, displayUntil: '2026-04-30' }), '2026-04-30');
  assert.match(String(displayOf({ ...rectified, displayUntil: '2026-04-29' })), /^display must/);
});

test('runs the three clocks of bad conduct from its determination', () => {
  const clocks = badConductClocks(days({}));
  assert.ok(!('error' in clocks));
  assert.deepEqual(
    [clocks.display, clocks.query, clocks.deletion].map(({ start, from }) => [start, from]),
    Array.from({ length: 3 }, () => ['DETERMINED', '2026-01-31']),
  );
  assert.deepEqual([clocks.query.until, clocks.deletion.until], ['2031-01-31', '2036-01-31']);
});
