import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOrganisationCode, organisationCheckCharacter } from './organisation-code.ts';

test('computes check characters with the mapping of 36 letters', () => {
  assert.equal(organisationCheckCharacter('MB2C9217'), '3');
  assert.equal(organisationCheckCharacter('MA7K3P2Q'), '8');
  assert.equal(organisationCheckCharacter('MA000004'), 'X');
  assert.equal(organisationCheckCharacter('MA000009'), '0');
});

test('accepts a code with and without hyphen, refuses a wrong check character', () => {
  assert.equal(isOrganisationCode('MA7K3P2Q8'), true);
  assert.equal(isOrganisationCode('ma7k3p2q-8'), true);
  assert.equal(isOrganisationCode('MA7K3P2Q1'), false);
  assert.equal(isOrganisationCode('MA7K3P2Q'), false);
});

test('refuses a body that is not eight digits or letters', () => {
  assert.throws(() => organisationCheckCharacter('MA7K'), RangeError);
  assert.throws(() => organisationCheckCharacter('MA7K-P2Q'), RangeError);
});
