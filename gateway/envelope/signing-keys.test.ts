import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateSigningJwk } from '../../subgraphs/kit/authority/key-file.ts';
import { readSigningKeys } from './signing-keys.ts';

const [one, two] = [await generateSigningJwk(), await generateSigningJwk()];
const read = (...keys: readonly unknown[]): ReturnType<typeof readSigningKeys> =>
  readSigningKeys(JSON.stringify({ keys }));

test('reads keys in the order of the file, and publishes nothing private', async () => {
  const pairs = await read(one, two);
  assert.deepEqual(
    pairs.map(({ id }) => id),
    [one.kid, two.kid],
  );
  for (const { publicJwk } of pairs) {
    assert.deepEqual(Object.keys(publicJwk).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  }
});

for (const [kind, keys, message] of [
  ['no key', [], /keys: must not be empty/],
  ['a public key', [{ ...one, d: undefined }], /keys\.0\.d/],
  ['a key without a name', [{ ...one, kid: undefined }], /keys\.0\.kid: is missing/],
  ['a key of another kind', [{ ...one, kty: 'RSA' }], /keys\.0\.kty: must be OKP/],
  ['a key for agreement', [{ ...one, crv: 'X25519' }], /keys\.0\.crv: must be Ed25519/],
  ['two keys of one name', [one, { ...two, kid: one.kid }], /two keys have the same kid/],
  ['halves of two keys', [{ ...one, x: two.x }], /do not belong together/],
  ['a short key', [{ ...one, d: 'AAAA' }], /keys\.0\.d: must be 32 bytes/],
  ['more than sixteen keys', Array(17).fill(one), /keys: /],
] as const) {
  test(`refuses a file with ${kind}, without repeating it`, async () => {
    await assert.rejects(read(...keys), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, message);
      assert.ok(!error.message.includes(one.d ?? ''));
      return true;
    });
  });
}

test('refuses a file that is no JSON, without quoting it', async () => {
  await assert.rejects(readSigningKeys(`{"d":"${String(one.d)}"`), (error) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, /is not JSON/);
    assert.ok(!error.message.includes(one.d ?? ''));
    return true;
  });
});
