// Envelopes for tests: a key that signs, the keys by which subgraphs under test verify, and callers to
// ask as.
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTVerifyGetKey } from 'jose';
import { signEnvelope, type EnvelopeContent, type SigningKey } from '../authority/envelope.ts';
import {
  ANONYMOUS,
  ANONYMOUS_INQUIRY,
  type Inquiry,
  type Principal,
} from '../authority/principal.ts';
import type { Purpose } from '../authority/purpose.ts';

/** A key that can sign envelopes, with what verifies them. */
export interface TestKey extends SigningKey {
  readonly publicKeys: JWTVerifyGetKey;
}

/** Makes a key. */
export async function makeTestKey(id: string): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const jwk = { ...(await exportJWK(publicKey)), kid: id, alg: 'EdDSA', use: 'sig' };
  return { id, key: privateKey, publicKeys: createLocalJWKSet({ keys: [jwk] }) };
}

/** The key that subgraphs under test trust unless they are told of another. */
export const TEST_KEY: TestKey = await makeTestKey('test');

/** As whom a test asks; what is left out is anonymous, and without consents and grants. */
export type TestCaller = Partial<EnvelopeContent>;

/** Signs the envelope of a caller for a sector, valid from now. */
export function testEnvelope(
  sector: string,
  { inquiry = ANONYMOUS_INQUIRY, standing = [] }: TestCaller = {},
  key: SigningKey = TEST_KEY,
): Promise<string> {
  return signEnvelope({ inquiry, standing }, sector, key, new Date());
}

/** Makes an inquiry of a principal that may name its purpose. */
export function testInquiry(
  principal: Partial<Principal>,
  purpose: Purpose = 'CREDIT_REPORT',
): Inquiry {
  return {
    principal: {
      ...ANONYMOUS,
      id: 'one-of-the-tests',
      organisation: 'an-organisation',
      purposes: [purpose],
      ...principal,
    },
    purpose,
    caseReference: null,
  };
}
