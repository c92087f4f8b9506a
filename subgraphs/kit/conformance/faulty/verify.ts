// How the faulty sector verifies envelopes: as the kit does, but for its fault.
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  SignJWT,
  type JWTVerifyGetKey,
} from 'jose';
import {
  ENVELOPE_LIFETIME_S,
  verifyEnvelope,
  type VerifiedEnvelope,
} from '../../authority/envelope.ts';
import { ANONYMOUS_INQUIRY } from '../../authority/principal.ts';
import { createEnvelopeVerifier, type EnvelopeVerifier } from '../../server/envelope-verifier.ts';
import { gatewayKeys, KeysUnavailable } from '../../server/gateway-keys.ts';
import { makeKey } from '../suite/suite-keys.ts';
import type { Fault } from './faults.ts';
import { CUSTOMS } from './schema.ts';

const COOLDOWN_MS = 10;
const NEVER_MS = 1e9;

/** Makes the verifier. */
export function faultyVerifier(keysUrl: string, fault: Fault | null): EnvelopeVerifier {
  const keys = gatewayKeys(keysUrl, fault === 'keys that are read once' ? NEVER_MS : COOLDOWN_MS);
  const verifyRightly = createEnvelopeVerifier(CUSTOMS, keys);
  return async (envelope, now) => {
    try {
      return await (verifyWrongly(envelope, now, keys, fault) ?? verifyRightly(envelope, now));
    } catch (error) {
      if (fault === 'the caller blamed for missing keys' && error instanceof KeysUnavailable) {
        throw new Error('the key is not known', { cause: error });
      }
      throw error;
    }
  };
}

/** As the fault has it; null where the fault is none of verifying. */
function verifyWrongly(
  envelope: string,
  now: Date,
  keys: JWTVerifyGetKey,
  fault: Fault | null,
): Promise<VerifiedEnvelope> | null {
  if (fault === 'a signature that is not verified') return verifySignedAnew(envelope, now);
  if (fault === 'an envelope for another sector taken') {
    return verifyEnvelope(envelope, String(decodeJwt(envelope).aud), keys, now);
  }
  if (fault === 'an expired envelope taken') {
    const issuedAt = (decodeJwt(envelope).iat ?? 0) * 1000;
    const isOld = issuedAt < now.getTime() - ENVELOPE_LIFETIME_S * 1000;
    return verifyEnvelope(envelope, CUSTOMS, keys, isOld ? new Date(issuedAt) : now);
  }
  if (fault === 'claims that are not checked') {
    return verifyEnvelope(envelope, CUSTOMS, keys, now).catch((error: unknown) => {
      if (error instanceof Error && error.name.includes('Zod')) return anonymous(now);
      throw error;
    });
  }
  return null;
}

async function verifySignedAnew(envelope: string, now: Date): Promise<VerifiedEnvelope> {
  const own = await makeKey('own');
  const { typ = '' } = decodeProtectedHeader(envelope);
  const signed = await new SignJWT(decodeJwt(envelope))
    .setProtectedHeader({ alg: 'EdDSA', typ, kid: own.id })
    .sign(own.key);
  return verifyEnvelope(signed, CUSTOMS, createLocalJWKSet({ keys: [own.jwk] }), now);
}

function anonymous(now: Date): VerifiedEnvelope {
  const expiresAtMs = now.getTime() + ENVELOPE_LIFETIME_S * 1000;
  return { inquiry: ANONYMOUS_INQUIRY, standing: [], expiresAtMs };
}
