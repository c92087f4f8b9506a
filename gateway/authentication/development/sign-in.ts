// Signing in without a provider, for the page: the ready callers, and a token of any of them.
import { developmentPrincipals, findDevelopmentPrincipal } from './principals.ts';
import { signDevelopmentToken } from './issuer.ts';
import type { Principal } from '../../../subgraphs/kit/authority/principal.ts';

/** A ready caller in the words of a principal. */
export interface ReadyPrincipal extends Omit<Principal, 'id'> {
  readonly name: string;
  /** What it is good for, in one line. */
  readonly meaning: string;
}

/** Signs in whom it is asked for. */
export interface DevelopmentSignIn {
  readonly principals: readonly ReadyPrincipal[];
  /** Makes a token, with its end in ISO 8601; null for a name that is none of a ready caller. */
  readonly sign: (
    name: string,
  ) => Promise<{ readonly token: string; readonly expiresAt: string } | null>;
}

/** Short enough to meet its end while exploring, so that renewing is no surprise in production. */
const LIFETIME_S = 3_600;

/** Makes the sign-in over the issuer's key in a data folder. */
export function developmentSignIn(dataDirectory: string): DevelopmentSignIn {
  return {
    principals: Object.entries(developmentPrincipals()).map(
      ([name, { meaning, tier, organisation, purposes, sectors, subject, roles }]) => ({
        name,
        meaning,
        tier,
        organisation,
        subject: subject ?? null,
        sectorsOfDuty: sectors ?? [],
        roles: roles ?? [],
        purposes,
      }),
    ),
    sign: async (name) => {
      if (!findDevelopmentPrincipal(name)) return null;
      // Rounded down, as the end in the token is: never later than the token itself says.
      const expiresAtS = Math.floor(Date.now() / 1_000) + LIFETIME_S;
      const token = await signDevelopmentToken(dataDirectory, name, LIFETIME_S);
      return { token, expiresAt: new Date(expiresAtS * 1_000).toISOString() };
    },
  };
}
