// The kinds of caller whose sight is compared before and after a change: the ones that the policy
// tells apart.
import { ANONYMOUS, type Inquiry, type Principal } from '../../authority/principal.ts';
import type { Purpose } from '../../authority/purpose.ts';
import type { Opening } from '../../authority/policy.ts';

/** The kinds of principal, least to most trusted. */
export const READY_PRINCIPALS = [
  'anonymous',
  'registered',
  'agency',
  'agency with consent',
  'government elsewhere',
  'government on duty',
  'enterprise itself',
  'auditor',
  'grant holder',
] as const;

/** One of {@link READY_PRINCIPALS}. */
export type ReadyPrincipal = (typeof READY_PRINCIPALS)[number];

/** A principal that asks, with the standing that it has on the subject asked about. */
export interface ReadyInquiry {
  readonly inquiry: Inquiry;
  readonly standing: readonly Opening[];
}

/** The subject that all of them ask about; the enterprise itself is it. */
export const READY_SUBJECT = '91990101MA7K3P2Q8J';

/**
 * Makes the inquiry of a kind of principal.
 *
 * @param sectors in which the government office on duty has duty: those that own what is asked
 */
export function readyInquiry(kind: ReadyPrincipal, sectors: readonly string[]): ReadyInquiry {
  switch (kind) {
    case 'anonymous':
      return {
        inquiry: { principal: ANONYMOUS, purpose: null, caseReference: null },
        standing: [],
      };
    case 'registered':
      return ask({ tier: 'REGISTERED' }, 'CONTRACT_REVIEW');
    case 'agency':
      return ask({ tier: 'AGENCY' }, 'CREDIT_REPORT');
    case 'agency with consent':
      return ask({ tier: 'AGENCY' }, 'CREDIT_REPORT', ['CONSENT']);
    case 'government elsewhere':
      return ask({ tier: 'GOVERNMENT' }, 'SUPERVISION');
    case 'government on duty':
      return ask({ tier: 'GOVERNMENT', sectorsOfDuty: sectors }, 'SUPERVISION');
    case 'enterprise itself':
      return ask({ tier: 'REGISTERED', subject: READY_SUBJECT }, 'OWN_RECORDS');
    case 'auditor':
      return ask({ tier: 'GOVERNMENT', roles: ['AUDITOR'] }, 'AUDIT');
    case 'grant holder':
      return ask({ tier: 'REGISTERED' }, 'CONTRACT_REVIEW', ['GRANT']);
  }
}

function ask(
  given: Partial<Principal>,
  purpose: Purpose,
  standing: readonly Opening[] = [],
): ReadyInquiry {
  const principal = {
    ...ANONYMOUS,
    id: 'ready',
    organisation: 'ready',
    purposes: [purpose],
    ...given,
  };
  return { inquiry: { principal, purpose, caseReference: null }, standing };
}
