// What a ready caller of development asks: the callers that tokens are made for, and nobody.
import {
  ANONYMOUS_INQUIRY,
  type Inquiry,
  type Principal,
} from '../../subgraphs/kit/authority/principal.ts';
import type { Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import {
  DEVELOPMENT_PRINCIPALS,
  developmentPrincipals,
  findDevelopmentPrincipal,
} from '../authentication/development/principals.ts';

/** Names of the ready callers that are always there; the first has no credential. */
export const READY_NAMES: readonly string[] = ['anonymous', ...Object.keys(DEVELOPMENT_PRINCIPALS)];

/** Names of all ready callers, an office of each sector among them. */
export function readyNames(): readonly string[] {
  return ['anonymous', ...Object.keys(developmentPrincipals())];
}

/**
 * Makes the inquiry of a ready caller; null for a name that is none.
 *
 * @param purpose default: the first that its credential allows; null states none
 */
export function readyInquiry(name: string, purpose?: Purpose | null): Inquiry | null {
  if (name === 'anonymous') return { ...ANONYMOUS_INQUIRY, purpose: purpose ?? null };
  const ready = findDevelopmentPrincipal(name);
  if (!ready) return null;
  const principal: Principal = {
    tier: ready.tier,
    id: name,
    organisation: ready.organisation,
    subject: ready.subject ?? null,
    sectorsOfDuty: ready.sectors ?? [],
    roles: ready.roles ?? [],
    purposes: ready.purposes,
  };
  const stated = purpose === undefined ? (ready.purposes[0] ?? null) : purpose;
  return { principal, purpose: stated, caseReference: null };
}
