// What a verified token says of its caller. Every claim that is used is checked; one that is malformed
// refuses the token, since half a principal would be another one.
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { scopeOfClass } from '../../subgraphs/kit/authority/disclosure-class.ts';
import {
  ROLES,
  type Principal,
  type QueryTier,
  type Role,
} from '../../subgraphs/kit/authority/principal.ts';
import { PURPOSES } from '../../subgraphs/kit/authority/purpose.ts';
import { parseCreditCode } from '../../subgraphs/kit/values/credit-code.ts';
import { containsResidentNumber } from '../../subgraphs/kit/values/resident-number.ts';
import type { ClaimNames } from './read-issuers.ts';
import { claimRefused, unauthenticated } from './unauthenticated.ts';

/** The tiers that a scope of the same name carries, highest first. */
const TIERS = ['GOVERNMENT', 'AGENCY', 'REGISTERED'] as const satisfies readonly QueryTier[];

const LIST_MAX = 100;
const name = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{C}+$/u);
const sectorName = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);
const words = z.array(z.string().max(200)).max(LIST_MAX);
/** OAuth writes scopes as one text; some issuers write a list. */
const scopes = z.union([
  z
    .string()
    .max(10_000)
    .transform((text) => text.split(' ')),
  words,
]);

/**
 * Makes the principal of a token whose signature and registered claims have been verified.
 *
 * @throws HttpError UNAUTHENTICATED for a token without the scope of a tier, and for a claim that is
 *   missing, malformed or holds the number of a person
 */
export function principalOfClaims(claims: JWTPayload, names: ClaimNames): Principal {
  const read = <T>(claim: string, shape: z.ZodType<T>, absent?: T): T =>
    readClaim(claims, claim, shape, absent);
  const scopeClaim = names.scope ?? (Object.hasOwn(claims, 'scope') ? 'scope' : 'scp');
  const tier = tierOf(read(scopeClaim, scopes, []));
  const roles = read(names.roles, words, []);
  const ownRoles: readonly Role[] = ROLES.filter((role) => roles.includes(role));
  const purposes = read(names.purposes, words, []);
  const sectors = read(names.sectors, z.array(sectorName).max(LIST_MAX), []);
  const hasDuty = tier === 'GOVERNMENT' || ownRoles.includes('REVIEWER');
  return {
    tier,
    id: read(names.id, name),
    organisation: read(names.organisation, name),
    subject: ownCode(names.subject, read<string | null>(names.subject, name, null)),
    sectorsOfDuty: hasDuty ? [...new Set(sectors)].sort() : [],
    roles: ownRoles,
    purposes: PURPOSES.filter((purpose) => purposes.includes(purpose)),
  };
}

/** Takes the highest tier; a token without any is not one for this graph. */
function tierOf(held: readonly string[]): QueryTier {
  const tier = TIERS.find((one) => held.includes(scopeOfClass(one)));
  if (tier) return tier;
  const known = TIERS.map(scopeOfClass).reverse().join(', ');
  throw unauthenticated(
    'The token carries no scope of this graph.',
    `Obtain a token with one of the scopes ${known}, or send no Authorization header at all.`,
  );
}

function ownCode(claim: string, code: string | null): string | null {
  if (code === null) return null;
  const { valid, normalized } = parseCreditCode(code);
  if (!valid) throw claimRefused(claim, 'is not a unified social credit code');
  return normalized;
}

/**
 * Reads one claim.
 *
 * @param absent what a token without the claim means; without it the claim is required
 */
function readClaim<T>(claims: JWTPayload, claim: string, shape: z.ZodType<T>, absent?: T): T {
  if (!Object.hasOwn(claims, claim)) {
    if (absent !== undefined) return absent;
    throw claimRefused(claim, 'is missing');
  }
  const result = shape.safeParse(claims[claim]);
  if (!result.success) throw claimRefused(claim, 'is malformed');
  const texts: readonly unknown[] = Array.isArray(result.data) ? result.data : [result.data];
  if (texts.some((text) => typeof text === 'string' && containsResidentNumber(text))) {
    throw claimRefused(claim, 'holds the identity number of a person');
  }
  return result.data;
}
