// Who may do what with applications, consents and grants. Pure, to be read by whoever answers for
// it: no I/O. What a caller may not see is answered as what does not exist.
import type { Inquiry, Principal } from '../../subgraphs/kit/authority/principal.ts';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import { parseCreditCode } from '../../subgraphs/kit/values/credit-code.ts';
import type { ItemKind } from './moves.ts';

/** A caller that is somebody: what is decided and recorded here rests on these three. */
export interface Identity {
  /** The principal, as its issuer names it. */
  readonly id: string;
  /** Its organisation, in the one spelling in which organisations are compared. */
  readonly organisation: string;
  /** The subject that it is; null for one that is none. */
  readonly subject: string | null;
  /** Sectors on whose applications it may decide. */
  readonly reviewedSectors: readonly string[];
}

/**
 * Reads who asks.
 *
 * @throws PublicError ROLE_REQUIRED for a caller that is nobody
 */
export function identityOf({ principal }: Inquiry): Identity {
  const { tier, id, organisation, subject } = principal;
  if (tier === 'ANONYMOUS' || id === null || organisation === null) {
    throw new PublicError('ROLE_REQUIRED', 'Only an identified principal may ask this.', {
      hint: 'Send a token of your issuer in the header Authorization.',
    });
  }
  return {
    id,
    organisation: normaliseOrganisation(organisation),
    subject: subject === null ? null : parseCreditCode(subject).normalized,
    reviewedSectors: reviewedSectorsOf(principal),
  };
}

/**
 * Writes an organisation in the one spelling in which organisations are compared: a credit code as
 * its standard has it, any other name as it is.
 */
export function normaliseOrganisation(organisation: string): string {
  const { valid, normalized } = parseCreditCode(organisation);
  return valid ? normalized : organisation;
}

/** A reviewer is an office: a credential of any other tier that claims the role is none. */
function reviewedSectorsOf({ tier, roles, sectorsOfDuty }: Principal): readonly string[] {
  return tier === 'GOVERNMENT' && roles.includes('REVIEWER') ? sectorsOfDuty : [];
}

/** The applicant's side and the owner's side of an application, and of what came of it. */
export interface Sides {
  readonly organisation: string;
  readonly sector: string;
}

/** Tells whether a caller sees an application: the applicant, and reviewers of the sector. */
export function seesApplication(caller: Identity, { organisation, sector }: Sides): boolean {
  return caller.organisation === organisation || caller.reviewedSectors.includes(sector);
}

/** Tells whether a caller sees a grant: also the subject that it is on. */
export function seesGrant(caller: Identity, grant: Sides & { readonly subject: string }): boolean {
  return seesApplication(caller, grant) || caller.subject === grant.subject;
}

/** Tells whether a caller sees a consent: the subject that gave it, and its holder. */
export function seesConsent(
  caller: Identity,
  consent: { readonly organisation: string; readonly subject: string },
): boolean {
  return caller.organisation === consent.organisation || caller.subject === consent.subject;
}

/** What deciding on an application takes to know of it. */
export interface Decidable extends Sides {
  readonly applicant: string;
  /** Principals that have decided on it before. */
  readonly reviewers: readonly string[];
}

/**
 * Lets a caller decide on an application: a reviewer with duty in its sector, neither the applicant
 * nor of its organisation, who has not decided on it before.
 *
 * @throws PublicError ROLE_REQUIRED naming what is missing
 */
export function assertMayDecide(caller: Identity, application: Decidable): void {
  if (!caller.reviewedSectors.includes(application.sector)) {
    throw new PublicError(
      'ROLE_REQUIRED',
      `Only a reviewer with duty in the sector ${application.sector} may decide on this.`,
    );
  }
  const isApplicant =
    caller.id === application.applicant || caller.organisation === application.organisation;
  if (isApplicant) {
    throw new PublicError('ROLE_REQUIRED', 'Nobody decides on what its own organisation asks.', {
      hint: 'Leave the decision to a reviewer of another organisation.',
    });
  }
  if (application.reviewers.includes(caller.id)) {
    throw new PublicError('ROLE_REQUIRED', 'You have decided on this application already.', {
      hint: 'Leave the second decision to another reviewer.',
    });
  }
}

/**
 * Lets a caller take an application back: any principal of the organisation that applied.
 *
 * @throws PublicError ROLE_REQUIRED
 */
export function assertMayWithdrawApplication(caller: Identity, { organisation }: Sides): void {
  if (caller.organisation === organisation) return;
  throw new PublicError('ROLE_REQUIRED', 'Only the applicant may take its application back.');
}

/**
 * Lets a caller end a grant: a reviewer with duty in its sector, or its holder.
 *
 * @throws PublicError ROLE_REQUIRED
 */
export function assertMayRevoke(caller: Identity, grant: Sides): void {
  if (seesApplication(caller, grant)) return;
  throw new PublicError(
    'ROLE_REQUIRED',
    'Only its holder, or a reviewer with duty in its sector, may revoke a grant.',
  );
}

/**
 * Gives the subject for which a caller may give and withdraw consent: itself.
 *
 * @throws PublicError ROLE_REQUIRED for a caller that is no subject
 */
export function consentingSubject(caller: Identity): string {
  if (caller.subject !== null) return caller.subject;
  throw new PublicError('ROLE_REQUIRED', 'Only a subject gives or withdraws consent on itself.', {
    hint: 'Ask with a credential that names your own credit code.',
  });
}

/**
 * Lets a caller withdraw a consent: the subject that gave it.
 *
 * @throws PublicError ROLE_REQUIRED
 */
export function assertMayWithdrawConsent(caller: Identity, subject: string): void {
  if (caller.subject === subject) return;
  throw new PublicError('ROLE_REQUIRED', 'Only the subject that gave a consent may withdraw it.');
}

/** The one error for an id that is unknown and for one of somebody else's item. */
export function notFound(kind: ItemKind): PublicError {
  return new PublicError('ACCESS_ITEM_NOT_FOUND', `There is no such ${kind} that you may see.`);
}
