// Every kind of bad token is refused, by what is wrong with it, and again when it comes again.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { base64url, exportSPKI, importJWK, SignJWT, type CryptoKey } from 'jose';
import type { Authentication } from './create-authentication.ts';
import { assertRefused } from './test/assert-refused.ts';
import {
  agencyClaims,
  authenticationOf,
  bearer,
  createKey,
  entryOf,
  sign,
  startIssuer,
  without,
  type TestIssuer,
  type TestKey,
} from './test/test-issuer.ts';

interface Setting {
  readonly key: TestKey;
  readonly issuer: TestIssuer;
  readonly authentication: Authentication;
}

async function setting(t: TestContext, alg = 'EdDSA'): Promise<Setting> {
  const key = await createKey('k1', alg);
  const issuer = await startIssuer(t, key);
  const authentication = await authenticationOf(t, [entryOf(issuer, ['EdDSA', 'ES256', 'RS256'])]);
  return { key, issuer, authentication };
}

const seconds = (): number => Math.floor(Date.now() / 1000);
const part = (value: object): string => base64url.encode(JSON.stringify(value));

/** Every kind of bad token: how it is made, and what the caller reads. */
const BAD: Readonly<
  Record<string, readonly [make: (setting: Setting) => Promise<string>, message: RegExp]>
> = {
  'that has expired': [
    ({ key, issuer }) => sign(key, { ...agencyClaims(issuer.issuer), exp: seconds() - 6 }),
    /expired/,
  ],
  'that never expires': [
    ({ key, issuer }) => sign(key, without(agencyClaims(issuer.issuer), 'exp')),
    /claim exp of the token is missing/,
  ],
  'whose end is a text': [
    ({ key, issuer }) =>
      sign(key, { ...agencyClaims(issuer.issuer), exp: 'never' as unknown as number }),
    /claim exp of the token is malformed/,
  ],
  'that is not valid yet': [
    ({ key, issuer }) => sign(key, { ...agencyClaims(issuer.issuer), nbf: seconds() + 60 }),
    /not valid yet/,
  ],
  'that was issued in the future': [
    ({ key, issuer }) => sign(key, { ...agencyClaims(issuer.issuer), iat: seconds() + 60 }),
    /not valid yet/,
  ],
  'for another audience': [
    ({ key, issuer }) => sign(key, { ...agencyClaims(issuer.issuer), aud: 'https://other.test' }),
    /another audience/,
  ],
  'without an audience': [
    ({ key, issuer }) => sign(key, without(agencyClaims(issuer.issuer), 'aud')),
    /claim aud of the token is missing/,
  ],
  'of another issuer': [
    ({ key }) => sign(key, agencyClaims('https://evil.test')),
    /issuer that is not trusted/,
  ],
  'of no issuer': [
    ({ key, issuer }) => sign(key, without(agencyClaims(issuer.issuer), 'iss')),
    /issuer that is not trusted/,
  ],
  'of the issuer __proto__': [
    ({ key }) => sign(key, agencyClaims('__proto__')),
    /issuer that is not trusted/,
  ],
  'of an unknown key': [
    async ({ issuer }) => sign(await createKey('k2'), agencyClaims(issuer.issuer)),
    /key that its issuer does not publish/,
  ],
  'of another key under a known name': [
    async ({ issuer }) => sign(await createKey('k1'), agencyClaims(issuer.issuer)),
    /signature of the token does not fit/,
  ],
  'with a key of its own in the header': [
    async ({ issuer }) => {
      const own = await createKey('own');
      return sign(own, agencyClaims(issuer.issuer), { jwk: own.publicJwk });
    },
    /key that its issuer does not publish/,
  ],
  'of an algorithm that its issuer does not use': [
    async ({ issuer }) => sign(await createKey('k1', 'ES384'), agencyClaims(issuer.issuer)),
    /algorithm that is not allowed/,
  ],
  'of the algorithm none': [
    ({ issuer }) => {
      const header = { alg: 'none', kid: 'k1', typ: 'at+jwt' };
      return Promise.resolve(`${part(header)}.${part(agencyClaims(issuer.issuer))}.`);
    },
    /algorithm that is not allowed/,
  ],
  'of the algorithm NONE with a signature': [
    async ({ key, issuer }) => {
      const [, claims = '', signature = ''] = (await sign(key, agencyClaims(issuer.issuer))).split(
        '.',
      );
      return `${part({ alg: 'NONE', kid: 'k1' })}.${claims}.${signature}`;
    },
    /algorithm that is not allowed/,
  ],
  'of HS256 with the public key as the secret': [
    async ({ key, issuer }) => {
      const x = base64url.decode(key.publicJwk.x ?? '');
      return new SignJWT(agencyClaims(issuer.issuer))
        .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
        .sign(x);
    },
    /algorithm that is not allowed/,
  ],
  'of another type': [
    ({ key, issuer }) => sign(key, agencyClaims(issuer.issuer), { typ: 'credit-envelope+jwt' }),
    /another type/,
  ],
  'with a critical extension that nobody knows': [
    async ({ key, issuer }) => {
      const header = { alg: 'EdDSA', kid: 'k1', crit: ['tier'], tier: 'GOVERNMENT' };
      const input = `${part(header)}.${part(agencyClaims(issuer.issuer))}`;
      const data = new TextEncoder().encode(input);
      const signature = await crypto.subtle.sign('Ed25519', key.privateKey, data);
      return `${input}.${base64url.encode(new Uint8Array(signature))}`;
    },
    /not a signed JWT/,
  ],
  'that is longer than the limit': [
    ({ key, issuer }) => sign(key, { ...agencyClaims(issuer.issuer), pad: 'x'.repeat(8_000) }),
    /more than 8192 characters/,
  ],
  'that is no JWT': [() => Promise.resolve('abcdefghijkl'), /not a signed JWT/],
  'that is a JWT in name only': [() => Promise.resolve('e30.e30.e30'), /not trusted|not a signed/],
  'without the scope of a tier': [
    ({ key, issuer }) =>
      sign(key, { ...agencyClaims(issuer.issuer), scope: 'openid credit:public credit:special' }),
    /no scope of this graph/,
  ],
};

for (const [kind, [make, message]] of Object.entries(BAD)) {
  test(`refuses a token ${kind}`, async (t) => {
    const whole = await setting(t);
    const token = await make(whole);
    const { authentication } = whole;
    await assertRefused(authentication.inquiryOf(bearer(token)), 'UNAUTHENTICATED', message, token);
    // The cache has not taken it for a good one either.
    await assertRefused(authentication.inquiryOf(bearer(token)), 'UNAUTHENTICATED', message, token);
  });
}

test('refuses HS256 with the public key in PEM as the secret', async (t) => {
  const { key, issuer, authentication } = await setting(t, 'RS256');
  const publicKey = await exportSPKI((await importJWK(key.publicJwk, 'RS256')) as CryptoKey);
  const token = await new SignJWT(agencyClaims(issuer.issuer))
    .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
    .sign(new TextEncoder().encode(publicKey));
  const asked = authentication.inquiryOf(bearer(token));
  await assertRefused(asked, 'UNAUTHENTICATED', /algorithm that is not allowed/, token);
});

test('names the scopes that a token without a tier may have', async (t) => {
  const { key, issuer, authentication } = await setting(t);
  const token = await sign(key, { ...agencyClaims(issuer.issuer), scope: '' });
  const asked = authentication.inquiryOf(bearer(token));
  const { error } = await assertRefused(asked, 'UNAUTHENTICATED', /no scope/);
  for (const scope of ['credit:registered', 'credit:agency', 'credit:government']) {
    assert.ok(String(error.extensions['hint']).includes(scope));
  }
});

test('accepts no token with a character changed, taken away or put in', async (t) => {
  const { key, issuer, authentication } = await setting(t);
  const token = await sign(key, agencyClaims(issuer.issuer));
  await authentication.inquiryOf(bearer(token));
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=';
  const seed = Number(process.env['MUTATION_SEED'] ?? Date.now() % 1_000_000);
  t.diagnostic(`MUTATION_SEED=${seed}`);
  const random = createRandom(seed);
  for (let i = 0; i < 1_500; i++) {
    const at = random(token.length);
    const character = alphabet[random(alphabet.length)] ?? 'A';
    const mutant = [
      token.slice(0, at) + character + token.slice(at + 1),
      token.slice(0, at) + token.slice(at + 1),
      token.slice(0, at) + character + token.slice(at),
      token.slice(0, at),
      token.slice(at),
      token + character,
    ][random(6)];
    if (mutant === undefined || mutant === token || mutant === '') continue;
    await assertRefused(authentication.inquiryOf(bearer(mutant)), 'UNAUTHENTICATED', /./);
  }
});

test('accepts a signature in one writing only', async (t) => {
  const { key, issuer, authentication } = await setting(t);
  const token = await sign(key, agencyClaims(issuer.issuer));
  for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
    const mutant = token.slice(0, -1) + last;
    if (mutant === token) continue;
    await assertRefused(authentication.inquiryOf(bearer(mutant)), 'UNAUTHENTICATED', /./);
  }
  const padded = authentication.inquiryOf(bearer(`${token}==`));
  await assertRefused(padded, 'UNAUTHENTICATED', /not a signed JWT/);
});

/** A small generator (mulberry32), so that a failure can be repeated by its seed. */
function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
