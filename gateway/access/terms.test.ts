import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastDayOfConsent, lastDayOfGrant } from './terms.ts';

test('bounds a consent to two years and a grant to one, inclusive', () => {
  assert.equal(lastDayOfConsent('2026-11-23'), '2028-11-23');
  assert.equal(lastDayOfGrant('2026-11-23'), '2027-11-23');
});

test('ends on 28 February what begins on a day that the last year does not have', () => {
  assert.equal(lastDayOfGrant('2028-02-29'), '2029-02-28');
  assert.equal(lastDayOfConsent('2028-02-29'), '2030-02-28');
});
