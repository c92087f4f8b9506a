import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JWTPayload } from 'jose';
import { HttpError } from '../http/http-error.ts';
import { principalOfClaims } from './principal-of-claims.ts';
import { DEFAULT_CLAIMS } from './read-issuers.ts';
import { without } from './test/test-issuer.ts';

const BASE: JWTPayload = {
  sub: 'caller',
  scope: 'credit:registered',
  credit_organisation: 'organisation',
};
/** The number of nobody: region and day of birth are possible, and its check digit is right. */
const RESIDENT_NUMBER = '11010119900307109X';

const read = (claims: JWTPayload): ReturnType<typeof principalOfClaims> =>
  principalOfClaims({ ...BASE, ...claims }, DEFAULT_CLAIMS);

for (const [scope, tier] of [
  ['credit:registered', 'REGISTERED'],
  ['openid credit:agency profile', 'AGENCY'],
  ['credit:registered credit:government credit:agency', 'GOVERNMENT'],
  ['credit:special credit:authorised credit:registered', 'REGISTERED'],
] as const) {
  test(`takes ${tier} from the scopes ${scope}`, () => {
    assert.equal(read({ scope }).tier, tier);
  });
}

test('reads scopes from a list, and from scp where there is no scope', () => {
  const claims = without(BASE, 'scope');
  const tierOf = (more: JWTPayload): string =>
    principalOfClaims({ ...claims, ...more }, DEFAULT_CLAIMS).tier;
  assert.equal(tierOf({ scope: ['credit:agency'] }), 'AGENCY');
  assert.equal(tierOf({ scp: ['credit:agency'] }), 'AGENCY');
  assert.equal(tierOf({ scp: 'a credit:agency' }), 'AGENCY');
  assert.equal(tierOf({ scope: 'credit:registered', scp: ['credit:agency'] }), 'REGISTERED');
});

test('gives sectors of duty to offices and reviewers only', () => {
  const credit_sectors = ['tax', 'courts', 'tax'];
  assert.deepEqual(read({ credit_sectors }).sectorsOfDuty, []);
  assert.deepEqual(read({ credit_sectors, scope: 'credit:agency' }).sectorsOfDuty, []);
  const office = read({ credit_sectors, scope: 'credit:government' });
  assert.deepEqual(office.sectorsOfDuty, ['courts', 'tax']);
  const reviewer = read({ credit_sectors, credit_roles: ['REVIEWER'] });
  assert.deepEqual(reviewer.sectorsOfDuty, ['courts', 'tax']);
});

test('writes the own credit code in its one spelling', () => {
  const { subject } = read({ credit_subject: '91990101-ma7k3p2q8j' });
  assert.equal(subject, '91990101MA7K3P2Q8J');
});

test('ignores roles and purposes that are not of the lists', () => {
  const { roles, purposes } = read({
    credit_roles: ['ADMIN', 'AUDITOR', '__proto__'],
    credit_purposes: ['AUDIT', 'CURIOSITY', 'credit_report'],
  });
  assert.deepEqual(roles, ['AUDITOR']);
  assert.deepEqual(purposes, ['AUDIT']);
});

test('gives neither roles nor purposes to a token that names none', () => {
  const { roles, purposes, subject } = read({});
  assert.deepEqual([roles, purposes, subject], [[], [], null]);
});

test('reads the claims under the names that the operator gives them', () => {
  const principal = principalOfClaims(
    { client: 'c', org: 'o', permissions: ['credit:agency'], reasons: ['AUDIT'], sub: 'ignored' },
    {
      ...DEFAULT_CLAIMS,
      scope: 'permissions',
      id: 'client',
      organisation: 'org',
      purposes: 'reasons',
    },
  );
  assert.deepEqual(
    [principal.tier, principal.id, principal.organisation, principal.purposes],
    ['AGENCY', 'c', 'o', ['AUDIT']],
  );
});

const MALFORMED: Readonly<Record<string, readonly unknown[]>> = {
  sub: ['', 'x'.repeat(201), 7, null, ['a'], 'line\nbreak', 'zero\u200bwidth'],
  credit_organisation: ['', 'x'.repeat(201), {}, true, null, '\u0000'],
  credit_sectors: ['tax', ['Tax'], ['tax', 7], [''], ['../tax'], {}, Array(101).fill('tax')],
  credit_subject: ['', '91990101MA7K3P2Q8K', '110101', 7, ['91990101MA7K3P2Q8J'], null],
  credit_roles: ['AUDITOR', [7], {}, Array(101).fill('AUDITOR')],
  credit_purposes: ['AUDIT', [null], { 0: 'AUDIT' }, Array(101).fill('AUDIT')],
  scope: [7, null, [7], { credit: 'agency' }],
};

for (const [claim, values] of Object.entries(MALFORMED)) {
  test(`refuses a malformed ${claim}, naming it and not its value`, () => {
    for (const value of values) {
      assert.throws(
        () => read({ [claim]: value }),
        (error) => {
          assert.ok(error instanceof HttpError);
          assert.equal(error.error.extensions['code'], 'UNAUTHENTICATED');
          assert.match(error.message, new RegExp(`claim ${claim} `));
          const text = JSON.stringify([error.message, error.error.extensions, error.headers]);
          if (typeof value === 'string' && value.length > 6) assert.ok(!text.includes(value));
          return true;
        },
        JSON.stringify(value),
      );
    }
  });
}

for (const claim of ['sub', 'credit_organisation']) {
  test(`refuses a token without ${claim}`, () => {
    assert.throws(() => read({ [claim]: undefined }), new RegExp(`claim ${claim} `));
    assert.throws(
      () => principalOfClaims(without(BASE, claim), DEFAULT_CLAIMS),
      new RegExp(`claim ${claim} of the token is missing`),
    );
  });
}

test('refuses the number of a person in every claim that is used', () => {
  const claims: JWTPayload[] = [
    { sub: RESIDENT_NUMBER },
    { sub: `user:${RESIDENT_NUMBER}` },
    { credit_organisation: RESIDENT_NUMBER },
    { credit_roles: [RESIDENT_NUMBER] },
    { credit_purposes: ['AUDIT', RESIDENT_NUMBER] },
    { scope: `credit:agency ${RESIDENT_NUMBER}` },
  ];
  for (const one of claims) {
    assert.throws(
      () => read(one),
      (error) => {
        assert.ok(error instanceof HttpError);
        assert.match(error.message, /identity number of a person/);
        assert.ok(!JSON.stringify([error.message, error.headers]).includes(RESIDENT_NUMBER));
        return true;
      },
      JSON.stringify(one),
    );
  }
});

test('reads no claim from the prototype of a token', () => {
  assert.throws(
    () => principalOfClaims(BASE, { ...DEFAULT_CLAIMS, organisation: 'constructor' }),
    /claim constructor of the token is missing/,
  );
});
