// The envelope: what the gateway says of an inquiry to one sector, signed (JWS, Ed25519). A sector
// answers nobody without a valid one. The format is documented in subgraphs/README.md, so that a
// sector in any language can verify it.
import { jwtVerify, SignJWT, type CryptoKey, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { QUERY_TIERS, ROLES, type Inquiry } from './principal.ts';
import { PURPOSES } from './purpose.ts';
import type { Standing } from './standing.ts';

/** Header of a request to a sector. The request id stands beside it: it changes with each request. */
export const ENVELOPE_HEADER = 'credit-envelope';

/** Who signs. */
export const ENVELOPE_ISSUER = 'credit-graph-gateway';

/** Media type in the protected header, so that no other token of the same key can stand in for one. */
export const ENVELOPE_TYPE = 'credit-envelope+jwt';

/** How long an envelope is valid, seconds. */
export const ENVELOPE_LIFETIME_S = 60;

/** How far the clocks of gateway and sector may differ, seconds. */
const CLOCK_TOLERANCE_S = 5;

/** The longest envelope that is looked at, characters. */
const ENVELOPE_CHARACTERS_MAX = 65_536;

/** What an envelope says. */
export interface EnvelopeContent {
  readonly inquiry: Inquiry;
  /** Live consents and grants of the inquiry, of the subjects that the request names. */
  readonly standing: readonly Standing[];
}

/** A verified envelope. */
export interface VerifiedEnvelope extends EnvelopeContent {
  /** When it ends, milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/** A key that signs. */
export interface SigningKey {
  readonly id: string;
  readonly key: CryptoKey;
}

const text = z.string().min(1).max(200);
const CLAIMS = z.object({
  exp: z.number(),
  tier: z.enum(QUERY_TIERS),
  id: text.nullable(),
  organisation: text.nullable(),
  subject: text.nullable(),
  duty: z.boolean(),
  roles: z.array(z.enum(ROLES)),
  purpose: z.enum(PURPOSES).nullable(),
  case: text.nullable(),
  standing: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('CONSENT'), id: text, subject: text }),
      z.strictObject({ kind: z.literal('GRANT'), id: text, subject: text, fields: z.array(text) }),
    ]),
  ),
});

/** Signs an envelope for one sector, valid from `now` for {@link ENVELOPE_LIFETIME_S}. */
export async function signEnvelope(
  { inquiry, standing }: EnvelopeContent,
  sector: string,
  { id, key }: SigningKey,
  now: Date,
): Promise<string> {
  const { principal, purpose, caseReference } = inquiry;
  const issuedAt = Math.floor(now.getTime() / 1000);
  const claims: Omit<z.input<typeof CLAIMS>, 'exp'> = {
    tier: principal.tier,
    id: principal.id,
    organisation: principal.organisation,
    subject: principal.subject,
    // A sector learns of its own duty alone, not of what else the office does.
    duty: principal.sectorsOfDuty.includes(sector),
    roles: [...principal.roles],
    purpose,
    case: caseReference,
    standing: standing.map((one) =>
      one.kind === 'CONSENT'
        ? { kind: one.kind, id: one.id, subject: one.subject }
        : { kind: one.kind, id: one.id, subject: one.subject, fields: [...one.fields] },
    ),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: id, typ: ENVELOPE_TYPE })
    .setIssuer(ENVELOPE_ISSUER)
    .setAudience(sector)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ENVELOPE_LIFETIME_S)
    .sign(key);
}

/**
 * Verifies an envelope: signature by a key of the gateway, algorithm, type, issuer, this sector as
 * its audience, not expired, and of the documented shape.
 *
 * @throws Error (of jose or zod) for any other text; its message is for the log, not for the sender
 */
export async function verifyEnvelope(
  envelope: string,
  sector: string,
  keys: JWTVerifyGetKey,
  now: Date,
): Promise<VerifiedEnvelope> {
  if (envelope.length > ENVELOPE_CHARACTERS_MAX) throw new Error('the envelope is too long');
  const { payload } = await jwtVerify(envelope, keys, {
    algorithms: ['EdDSA'],
    typ: ENVELOPE_TYPE,
    issuer: ENVELOPE_ISSUER,
    audience: sector,
    currentDate: now,
    clockTolerance: CLOCK_TOLERANCE_S,
    requiredClaims: ['exp', 'iat', 'aud', 'iss'],
    maxTokenAge: ENVELOPE_LIFETIME_S + CLOCK_TOLERANCE_S,
  });
  const claims = CLAIMS.parse(payload);
  return {
    expiresAtMs: claims.exp * 1000,
    inquiry: {
      principal: {
        tier: claims.tier,
        id: claims.id,
        organisation: claims.organisation,
        subject: claims.subject,
        sectorsOfDuty: claims.duty ? [sector] : [],
        roles: claims.roles,
        // The gateway has held the purpose against what the credential allows.
        purposes: claims.purpose === null ? [] : [claims.purpose],
      },
      purpose: claims.purpose,
      caseReference: claims.case,
    },
    standing: claims.standing,
  };
}
