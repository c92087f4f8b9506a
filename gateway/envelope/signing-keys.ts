// The private keys that sign envelopes, as their file holds them. A file with anything wrong in it is
// refused whole, and the message repeats nothing of it.
import { importJWK, SignJWT, jwtVerify, type CryptoKey, type JWK } from 'jose';
import { z } from 'zod';

/** A key that can sign, with its public half as it is published. */
export interface SigningPair {
  readonly id: string;
  readonly key: CryptoKey;
  readonly publicJwk: JWK;
}

const KEYS_MAX = 16;
/** 32 bytes in base64url. */
const member = z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url');
const KEY_SHAPE = z.object({
  kty: z.literal('OKP', 'must be OKP'),
  crv: z.literal('Ed25519', 'must be Ed25519'),
  kid: z.string('is missing').regex(/^[\w.~-]{1,100}$/, 'must be 1 to 100 of A-Z a-z 0-9 _ . ~ -'),
  x: member,
  d: member,
});
const FILE_SHAPE = z
  .object({ keys: z.array(KEY_SHAPE).min(1, 'must not be empty').max(KEYS_MAX) })
  .refine(
    ({ keys }) => new Set(keys.map(({ kid }) => kid)).size === keys.length,
    'two keys have the same kid',
  );

/**
 * Reads the keys of a JWK Set, in its order.
 *
 * @throws Error that says what is wrong, without a value
 */
export async function readSigningKeys(content: string): Promise<readonly SigningPair[]> {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    // The error of JSON.parse quotes the text, which is a private key.
    throw new Error('the file of the keys that sign envelopes is not JSON');
  }
  const result = FILE_SHAPE.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.map(
      (issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`,
    );
    throw new Error(`the file of the keys that sign envelopes is wrong: ${problems.join('; ')}`);
  }
  return Promise.all(result.data.keys.map(importPair));
}

async function importPair(jwk: z.output<typeof KEY_SHAPE>): Promise<SigningPair> {
  const { kid, kty, crv, x } = jwk;
  const publicJwk: JWK = { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' };
  try {
    const key = await importJWK(jwk, 'EdDSA');
    const probe = await new SignJWT().setProtectedHeader({ alg: 'EdDSA' }).sign(key);
    await jwtVerify(probe, await importJWK(publicJwk, 'EdDSA'));
    return { id: kid, key, publicJwk };
  } catch (error) {
    throw new Error(`the halves x and d of the key ${kid} do not belong together`, {
      cause: error,
    });
  }
}
