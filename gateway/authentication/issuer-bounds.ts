// What an issuer may say at most: who makes the tokens of agencies must not make an office, or take the
// name of an organisation that another issuer vouches for.
import { QUERY_TIERS, ROLES, type Principal } from '../../subgraphs/kit/authority/principal.ts';
import { z } from 'zod';
import { unauthenticated } from './unauthenticated.ts';

/** Bounds of an issuer; what is left out is not bounded. */
export const ISSUER_BOUNDS = z.strictObject({
  /** The highest tier. */
  tier: z
    .enum(['REGISTERED', 'AGENCY', 'GOVERNMENT'], 'must be REGISTERED, AGENCY or GOVERNMENT')
    .optional(),
  /** The sectors in which a caller may have duty. */
  sectors: z.array(z.string().max(63)).max(100).optional(),
  roles: z.array(z.enum(ROLES, `must be one of ${ROLES.join(', ')}`)).optional(),
  /** Whether a caller may be a subject of records itself. */
  ownSubject: z.boolean().optional(),
  /** How the name of every organisation begins. */
  organisationPrefix: z.string().min(1, 'must not be empty').max(200).optional(),
});

/** One of {@link ISSUER_BOUNDS}. */
export type IssuerBounds = z.infer<typeof ISSUER_BOUNDS>;

/**
 * Checks a principal against the bounds of the issuer that names it.
 *
 * @throws HttpError UNAUTHENTICATED naming what is beyond them: a token that says too much is refused
 *   whole, since nobody can tell what of it is meant
 */
export function assertWithinBounds(principal: Principal, bounds: IssuerBounds): void {
  const { tier, sectors, ownSubject, organisationPrefix } = bounds;
  // Every role is one of an office: who may not make an office may not make its roles either.
  const roles = bounds.roles ?? (tier === undefined || tier === 'GOVERNMENT' ? undefined : []);
  const rank = (one: Principal['tier']): number => QUERY_TIERS.indexOf(one);
  const beyond = {
    tier: tier !== undefined && rank(principal.tier) > rank(tier),
    'sectors of duty':
      sectors !== undefined && principal.sectorsOfDuty.some((one) => !sectors.includes(one)),
    roles: roles !== undefined && principal.roles.some((one) => !roles.includes(one)),
    'own subject': ownSubject === false && principal.subject !== null,
    organisation:
      organisationPrefix !== undefined &&
      principal.organisation?.startsWith(organisationPrefix) !== true,
  };
  const named = Object.entries(beyond).flatMap(([what, is]) => (is ? [what] : []));
  if (named.length === 0) return;
  throw unauthenticated(
    `The token says more than its issuer may: ${named.join(', ')}.`,
    'Obtain a token from the issuer that is responsible for it; the operator of this graph sets the bounds.',
  );
}
