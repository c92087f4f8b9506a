// What a token may say is what its issuer may: through real tokens and keys.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused } from './test/assert-refused.ts';
import {
  agencyClaims,
  authenticationOf,
  bearer,
  createKey,
  entryOf,
  sign,
  startIssuer,
} from './test/test-issuer.ts';

const BOUNDS = {
  tier: 'AGENCY',
  sectors: ['tax'],
  roles: ['REVIEWER'],
  ownSubject: false,
  organisationPrefix: 'agency-',
};

const BEYOND: readonly (readonly [what: string, claims: object, named: RegExp])[] = [
  ['a tier', { scope: 'credit:government' }, /: tier\.$/],
  [
    'a sector of duty',
    { credit_roles: ['REVIEWER'], credit_sectors: ['tax', 'courts'] },
    /: sectors of duty\.$/,
  ],
  ['a role', { credit_roles: ['AUDITOR'] }, /: roles\.$/],
  ['to be a subject', { credit_subject: '91990101MA7K3P2Q8J' }, /: own subject\.$/],
  ["another's organisation", { credit_organisation: 'office-1' }, /: organisation\.$/],
  [
    'several of these',
    { scope: 'credit:government', credit_organisation: 'office-1' },
    /: tier, organisation\.$/,
  ],
];

test('refuses a token that says more than its issuer may, and takes one that does not', async (t) => {
  const key = await createKey('k1', 'EdDSA');
  const issuer = await startIssuer(t, key);
  const authentication = await authenticationOf(t, [{ ...entryOf(issuer), bounds: BOUNDS }]);
  const asked = async (claims: object): Promise<unknown> =>
    authentication.inquiryOf(
      bearer(await sign(key, { ...agencyClaims(issuer.issuer), ...claims })),
    );
  for (const [what, claims, named] of BEYOND) {
    const error = await assertRefused(asked(claims), 'UNAUTHENTICATED', named);
    assert.ok(error, what);
  }
  await asked({});
  await asked({ credit_roles: ['REVIEWER'], credit_sectors: ['tax'] });
  await asked({ scope: 'credit:registered' });
});

test('takes no role of an issuer that may not make an office, unless it says which', async (t) => {
  const key = await createKey('k1', 'EdDSA');
  const issuer = await startIssuer(t, key);
  const bounds = { tier: 'REGISTERED' };
  const authentication = await authenticationOf(t, [{ ...entryOf(issuer), bounds }]);
  const claims = { ...agencyClaims(issuer.issuer), scope: 'credit:registered' };
  const auditor = await sign(key, { ...claims, credit_roles: ['AUDITOR'] });
  await assertRefused(authentication.inquiryOf(bearer(auditor)), 'UNAUTHENTICATED', /: roles\.$/);
  await authentication.inquiryOf(bearer(await sign(key, claims)));
});

test('asks an issuer without bounds for none', async (t) => {
  const key = await createKey('k1', 'EdDSA');
  const issuer = await startIssuer(t, key);
  const authentication = await authenticationOf(t, [entryOf(issuer)]);
  for (const [, claims] of BEYOND) {
    await authentication.inquiryOf(
      bearer(await sign(key, { ...agencyClaims(issuer.issuer), ...claims })),
    );
  }
});
