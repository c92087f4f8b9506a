import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRegistrationNumber } from './registration-number.ts';

test('accepts a registration number with the right check digit', () => {
  assert.equal(isRegistrationNumber('330203000030639'), true);
});

test('refuses a wrong check digit, another length and letters', () => {
  assert.equal(isRegistrationNumber('330203000030638'), false);
  assert.equal(isRegistrationNumber('33020300003063'), false);
  assert.equal(isRegistrationNumber('33020300003063X'), false);
});
