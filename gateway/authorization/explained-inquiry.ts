// As whom an operation is explained: as oneself, as somebody lower, or, for an auditor, as anyone.
// Nobody learns by this what a credential above its own would be shown.
import { isAuditor } from '../../subgraphs/kit/authority/policy.ts';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import {
  ANONYMOUS_INQUIRY,
  QUERY_TIERS,
  type Inquiry,
  type Principal,
  type Role,
} from '../../subgraphs/kit/authority/principal.ts';
import { PURPOSES, type Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import type { ExplainAs } from '../access/explain-arguments.ts';

/** Stands for the code of a subject that is nobody: only that there is one counts. */
const SOME_SUBJECT = 'some subject';

/**
 * Makes the inquiry that is explained.
 *
 * @throws PublicError ROLE_REQUIRED for anything that the one who asks does not have itself, unless
 *   it is an auditor; BAD_USER_INPUT for an anonymous caller with anything of an identified one
 */
export function explainedInquiry(asker: Inquiry, as: ExplainAs | null): Inquiry {
  if (as === null) return asker;
  const own = asker.principal;
  const mayAskAsAnyone = isAuditor(own);
  const wanted = {
    sectorsOfDuty: as.sectorsOfDuty ?? [],
    ownSubject: as.ownSubject ?? false,
    roles: as.roles ?? [],
  };
  if (as.tier === 'ANONYMOUS') return anonymous(as, wanted);
  const purpose = as.purpose === undefined ? asker.purpose : as.purpose;
  const principal: Principal = {
    tier: as.tier,
    id: own.id,
    organisation: own.organisation,
    subject: wanted.ownSubject ? (own.subject ?? SOME_SUBJECT) : null,
    sectorsOfDuty: wanted.sectorsOfDuty,
    roles: wanted.roles,
    purposes: mayAskAsAnyone ? PURPOSES : own.purposes,
  };
  if (!mayAskAsAnyone) {
    const above = whatIsAbove(own, principal, purpose);
    if (above !== null) throw roleRequired(above);
  }
  return { principal, purpose, caseReference: null };
}

type Wanted = Pick<Principal, 'sectorsOfDuty' | 'roles'> & { readonly ownSubject: boolean };

function anonymous(as: ExplainAs, wanted: Wanted): Inquiry {
  const { sectorsOfDuty, roles, ownSubject } = wanted;
  const hasMore = sectorsOfDuty.length > 0 || roles.length > 0 || ownSubject;
  if (hasMore || (as.purpose !== undefined && as.purpose !== null)) {
    throw new PublicError(
      'BAD_USER_INPUT',
      'An anonymous caller has no purpose, no sectors of duty, no roles, and is no subject.',
      { hint: 'Name another tier, or nothing but the tier.' },
    );
  }
  return ANONYMOUS_INQUIRY;
}

/** Names the first thing that the one who asks does not have itself; null where it has all. */
function whatIsAbove(own: Principal, wanted: Principal, purpose: Purpose | null): string | null {
  if (QUERY_TIERS.indexOf(wanted.tier) > QUERY_TIERS.indexOf(own.tier)) return 'that tier';
  if (wanted.subject !== null && own.subject === null) return 'a subject of its own';
  if (!wanted.sectorsOfDuty.every((sector) => own.sectorsOfDuty.includes(sector))) {
    return 'those sectors of duty';
  }
  if (!wanted.roles.every((role) => own.roles.includes(role))) return 'those roles';
  return purpose !== null && !own.purposes.includes(purpose) ? 'that purpose' : null;
}

function roleRequired(what: string): PublicError {
  return new PublicError(
    'ROLE_REQUIRED',
    `Only an auditor may have an operation explained for a caller with ${what}: you have it not.`,
    {
      hint: 'Ask as yourself or with less than you have; an auditor may ask as anyone.',
      extensions: { role: 'AUDITOR' satisfies Role },
    },
  );
}
