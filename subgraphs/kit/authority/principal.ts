// The caller, as far as decisions are concerned: what a verified credential says of it, and why it
// asks. Nothing in here names a natural person.
import type { Purpose } from './purpose.ts';

/** The rank of a caller, lowest first. */
export const QUERY_TIERS = ['ANONYMOUS', 'REGISTERED', 'AGENCY', 'GOVERNMENT'] as const;

/** One of {@link QUERY_TIERS}. */
export type QueryTier = (typeof QUERY_TIERS)[number];

/** Duties that a principal has beside its tier. */
export const ROLES = ['REVIEWER', 'AUDITOR'] as const;

/** REVIEWER decides on applications in its sectors of duty; AUDITOR checks the whole graph. */
export type Role = (typeof ROLES)[number];

/** Who asks. */
export interface Principal {
  readonly tier: QueryTier;
  /** The caller within its issuer, for the record of who asked; null for an anonymous one. */
  readonly id: string | null;
  /** The organisation that consents and grants are given to; null for an anonymous caller. */
  readonly organisation: string | null;
  /** The principal's own credit code: of this subject it has the standing SELF. */
  readonly subject: string | null;
  /** Names of the sectors in which a government office has duty. */
  readonly sectorsOfDuty: readonly string[];
  readonly roles: readonly Role[];
  /** The purposes that its credential allows it to name. */
  readonly purposes: readonly Purpose[];
}

/** A principal with a purpose: all that is asked in one request is asked for it. */
export interface Inquiry {
  readonly principal: Principal;
  /** Null where none was named: then nothing above PUBLIC is answered. */
  readonly purpose: Purpose | null;
  /** The caller's own reference of the case; null where none was given. */
  readonly caseReference: string | null;
}

/** A caller without a credential. */
export const ANONYMOUS: Principal = {
  tier: 'ANONYMOUS',
  id: null,
  organisation: null,
  subject: null,
  sectorsOfDuty: [],
  roles: [],
  purposes: [],
};

/** What a caller without a credential asks. */
export const ANONYMOUS_INQUIRY: Inquiry = {
  principal: ANONYMOUS,
  purpose: null,
  caseReference: null,
};
