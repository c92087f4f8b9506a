// As whom the suite asks: one caller of each kind that the rules of authority tell apart, with what each
// may see by those rules.
import { authorityOfTier, authorityOverSubject, type Authority } from '../../authority/policy.ts';
import { ANONYMOUS_INQUIRY, type Inquiry, type Principal } from '../../authority/principal.ts';
import type { Purpose } from '../../authority/purpose.ts';
import type { Standing } from '../../authority/standing.ts';
import { testInquiry, type TestCaller } from '../test-envelope.ts';

/** A caller with a name for messages. */
export interface SuiteCaller extends TestCaller {
  readonly name: string;
  readonly inquiry: Inquiry;
  readonly standing: readonly Standing[];
  /** What it may see of all subjects alike. */
  readonly atLarge: Authority;
  /** What it may see of one subject. */
  readonly over: (subject: string) => Authority;
}

/** A credit code of nobody: both check characters fit. */
export const SOMEBODY_ELSE = '91990101MA00003300';

/** Makes the callers that are the same whoever is asked about. */
export function callersAtLarge(sector: string): readonly SuiteCaller[] {
  const of = makeCaller(sector);
  return [
    of('an anonymous caller', null),
    of('an agency that names no purpose', { tier: 'AGENCY' }, { purpose: null }),
    of('a registered caller', { tier: 'REGISTERED' }),
    of('a credit agency', { tier: 'AGENCY' }),
    of('an office without duty in the sector', { tier: 'GOVERNMENT' }),
    of('an office on duty', { tier: 'GOVERNMENT', sectorsOfDuty: [sector] }),
    of('an auditor', { tier: 'GOVERNMENT', roles: ['AUDITOR'] }, { purpose: 'AUDIT' }),
  ];
}

/**
 * Makes the callers whose standing is about one subject, and those whose standing is about another.
 *
 * @param special coordinates of the sector's SPECIAL fields; grants name every second of them
 */
export function callersOver(
  sector: string,
  subject: string,
  special: readonly string[],
): readonly SuiteCaller[] {
  const of = makeCaller(sector);
  const consent = (about: string): Standing => ({
    kind: 'CONSENT',
    id: 'consent-1',
    subject: about,
  });
  const halves = [0, 1].map((half) => special.filter((_, index) => index % 2 === half));
  const grants = halves
    .filter((fields) => fields.length > 0)
    .map((fields): Standing => ({ kind: 'GRANT', id: 'grant-1', subject, fields }));
  const office = { tier: 'GOVERNMENT', sectorsOfDuty: [sector] } as const;
  return [
    of('the subject itself', { tier: 'REGISTERED', subject }, { purpose: 'OWN_RECORDS' }),
    of('another subject', { tier: 'REGISTERED', subject: SOMEBODY_ELSE }),
    of('an agency with consent', { tier: 'AGENCY' }, { standing: [consent(subject)] }),
    of(
      'an agency with consent of another subject',
      { tier: 'AGENCY' },
      { standing: [consent(SOMEBODY_ELSE)] },
    ),
    of(
      'an office without duty to which a consent was given',
      { tier: 'GOVERNMENT' },
      { standing: [consent(subject)] },
    ),
    ...grants.map((grant, index) =>
      of(`an office with a grant of some fields (${index + 1})`, office, { standing: [grant] }),
    ),
    ...grants.slice(0, 1).map((grant) =>
      of('an office with a grant on another subject', office, {
        standing: [{ ...grant, subject: SOMEBODY_ELSE }],
      }),
    ),
  ];
}

interface CallerOptions {
  readonly purpose?: Purpose | null;
  readonly standing?: readonly Standing[];
}

function makeCaller(
  sector: string,
): (name: string, principal: Partial<Principal> | null, options?: CallerOptions) => SuiteCaller {
  return (name, principal, { purpose = 'CREDIT_REPORT', standing = [] } = {}) => {
    const inquiry = inquiryOf(principal, purpose);
    return {
      name,
      inquiry,
      standing,
      atLarge: authorityOfTier(inquiry, sector),
      over: (subject) => authorityOverSubject(inquiry, sector, subject, standing),
    };
  };
}

function inquiryOf(principal: Partial<Principal> | null, purpose: Purpose | null): Inquiry {
  if (principal === null) return ANONYMOUS_INQUIRY;
  if (purpose !== null) return testInquiry(principal, purpose);
  return { ...testInquiry(principal), purpose: null };
}
