// Verifies the envelopes of one sector, each text once: the gateway sends the same one with every
// request of an inquiry, until it expires.
import type { JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { verifyEnvelope, type VerifiedEnvelope } from '../authority/envelope.ts';

/**
 * Verifies an envelope.
 *
 * @throws Error (of jose, zod or {@link KeysUnavailable}) for one that is not valid at `now`
 */
export type EnvelopeVerifier = (envelope: string, now: Date) => Promise<VerifiedEnvelope>;

/** Envelopes that are remembered: a minute of inquiries, each with its own standing. */
const ENVELOPES_MAX = 2_000;
const CHARACTERS_MAX = 16 * 1024 * 1024;

/** Makes the verifier of a sector. */
export function createEnvelopeVerifier(sector: string, keys: JWTVerifyGetKey): EnvelopeVerifier {
  const verified = new LRUCache<string, VerifiedEnvelope>({
    max: ENVELOPES_MAX,
    maxSize: CHARACTERS_MAX,
    sizeCalculation: (_content, envelope) => envelope.length,
  });
  return async (envelope, now) => {
    const known = verified.get(envelope);
    if (known !== undefined && now.getTime() < known.expiresAtMs) return known;
    verified.delete(envelope);
    const content = await verifyEnvelope(envelope, sector, keys, now);
    verified.set(envelope, content);
    return content;
  };
}
