// One token: is it of a trusted issuer, for this graph, signed as it should be, and valid now? Each
// way of failing is told apart, for the caller; none of them repeats anything of the token.
import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyOptions,
  type ProtectedHeaderParameters,
} from 'jose';
import { KeysUnavailableError, type KeySet, type KeySource } from './key-source.ts';
import type { Issuer } from './read-issuers.ts';
import { claimRefused, keysUnavailable, unauthenticated } from './unauthenticated.ts';

/** The longest token that is looked at, characters. */
export const TOKEN_CHARACTERS_MAX = 8_192;

/** An issuer with its keys. */
export interface TrustedIssuer extends Issuer {
  readonly source: KeySource;
}

/** A token that was verified. */
export interface VerifiedToken {
  readonly claims: JWTPayload;
  readonly issuer: TrustedIssuer;
  /** The keys that it was verified with. */
  readonly keySet: KeySet;
  /** When it ends, the tolerance included, milliseconds since 1970. */
  readonly endsAtMs: number;
}

/** Types of a token that may stand for an access token: RFC 9068, and what was usual before it. */
const TYPES = new Set(['at+jwt', 'application/at+jwt', 'jwt', 'application/jwt']);

/** A key that the issuer publishes cannot be used. */
const KEY_FAULTS = [errors.JWKInvalid, errors.JWKSInvalid];
/** The token is none, or needs what nobody here understands. */
const TOKEN_FAULTS = [errors.JWSInvalid, errors.JWTInvalid, errors.JOSENotSupported];

const RENEW = 'Obtain a new token from your issuer, or send no Authorization header at all.';

/**
 * Verifies a token.
 *
 * @param now milliseconds since 1970
 * @throws HttpError UNAUTHENTICATED with what is wrong with the token, SERVICE_UNAVAILABLE when the
 *   keys of its issuer cannot be read
 */
export async function verifyToken(
  token: string,
  issuers: ReadonlyMap<string, TrustedIssuer>,
  now: number,
): Promise<VerifiedToken> {
  const { header, issuer } = chooseIssuer(token, issuers);
  const { algorithms } = issuer;
  if (typeof header.alg !== 'string' || !algorithms.includes(header.alg)) {
    throw unauthenticated(
      'The token is signed by an algorithm that is not allowed.',
      `The issuer of the token has to sign with ${algorithms.join(' or ')}.`,
    );
  }
  if (header.typ !== undefined && !TYPES.has(header.typ.toLowerCase())) {
    throw unauthenticated(
      'The token is of another type than an access token.',
      'Send the access token of your issuer, whose header has the type at+jwt or JWT.',
    );
  }
  try {
    return await verifyWithKeys(token, issuer, now);
  } catch (error) {
    throw refusalOf(error, issuer);
  }
}

/** Picks the configuration by what the token says of itself; nothing of it is believed yet. */
function chooseIssuer(
  token: string,
  issuers: ReadonlyMap<string, TrustedIssuer>,
): { readonly header: ProtectedHeaderParameters; readonly issuer: TrustedIssuer } {
  if (token.length > TOKEN_CHARACTERS_MAX) {
    throw unauthenticated(
      `The token has more than ${TOKEN_CHARACTERS_MAX} characters.`,
      'Ask the issuer for a token with fewer claims.',
    );
  }
  const signature = token.slice(token.lastIndexOf('.') + 1);
  // Base64 leaves bits over at its end, so that one signature could be written in many ways.
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature) throw malformed();
  let header: ProtectedHeaderParameters;
  let claims: JWTPayload;
  try {
    header = decodeProtectedHeader(token);
    claims = decodeJwt(token);
  } catch {
    throw malformed();
  }
  const issuer = typeof claims.iss === 'string' ? issuers.get(claims.iss) : undefined;
  if (!issuer) {
    throw unauthenticated(
      'The token is of an issuer that is not trusted here.',
      'Obtain a token from an issuer that the operator of this graph trusts.',
    );
  }
  return { header, issuer };
}

async function verifyWithKeys(
  token: string,
  issuer: TrustedIssuer,
  now: number,
): Promise<VerifiedToken> {
  const options: JWTVerifyOptions = {
    algorithms: [...issuer.algorithms],
    issuer: issuer.issuer,
    audience: [...issuer.audience],
    clockTolerance: issuer.clockToleranceS,
    currentDate: new Date(now),
    requiredClaims: ['exp'],
  };
  let keySet = await issuer.source.keys();
  let verified;
  try {
    verified = await jwtVerify(token, keySet.keyOf, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    // The issuer may have a new key.
    const other = await issuer.source.otherThan(keySet);
    if (!other) throw error;
    keySet = other;
    verified = await jwtVerify(token, keySet.keyOf, options);
  }
  const { payload: claims } = verified;
  const { iat, exp = 0 } = claims;
  if (iat !== undefined && iat > now / 1000 + issuer.clockToleranceS) throw notYetValid();
  return { claims, issuer, keySet, endsAtMs: (exp + issuer.clockToleranceS) * 1000 };
}

/** Says what is wrong with a token; an error that is no fault of it stays what it is. */
function refusalOf(error: unknown, issuer: TrustedIssuer): unknown {
  if (error instanceof KeysUnavailableError) return keysUnavailable();
  if (error instanceof errors.JWTExpired) return unauthenticated('The token has expired.', RENEW);
  if (error instanceof errors.JWTClaimValidationFailed) return claimRefusal(error, issuer);
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return unauthenticated('The signature of the token does not fit.', RENEW);
  }
  if (error instanceof errors.JWKSNoMatchingKey) {
    return unauthenticated(
      'The token is signed by a key that its issuer does not publish.',
      `${RENEW} A key of today may take some seconds to become known here.`,
    );
  }
  if (error instanceof errors.JWKSMultipleMatchingKeys) {
    return unauthenticated(
      'The token does not say which key of its issuer has signed it.',
      'The issuer of the token has to name the key in the header, as kid.',
    );
  }
  if (KEY_FAULTS.some((fault) => error instanceof fault)) return keysUnavailable();
  return TOKEN_FAULTS.some((fault) => error instanceof fault) ? malformed() : error;
}

function claimRefusal(
  { claim, reason }: errors.JWTClaimValidationFailed,
  { audience }: TrustedIssuer,
): Error {
  if (claim === 'nbf' && reason === 'check_failed') return notYetValid();
  if (claim === 'aud' && reason === 'check_failed') {
    return unauthenticated(
      'The token is for another audience.',
      `Ask your issuer for a token with the audience ${audience.join(' or ')}.`,
    );
  }
  return claimRefused(claim, reason === 'missing' ? 'is missing' : 'is malformed');
}

function notYetValid(): Error {
  return unauthenticated(
    'The token is not valid yet.',
    'Ask again later, or have the clock of the issuer checked.',
  );
}

function malformed(): Error {
  return unauthenticated(
    'The token is not a signed JWT.',
    'Send "Authorization: Bearer " and the access token of your issuer as it is.',
  );
}
