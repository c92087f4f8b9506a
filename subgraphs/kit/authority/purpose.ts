// Why a query is made: the closed list of purposes. Above PUBLIC nothing is answered without one, and
// a consent or a grant holds for the purpose it names and no other.

/** The purposes of an inquiry. */
export const PURPOSES = [
  'CREDIT_REPORT',
  'CREDIT_DECISION',
  'TENDER_REVIEW',
  'CONTRACT_REVIEW',
  'SUPERVISION',
  'ENFORCEMENT',
  'OWN_RECORDS',
  'AUDIT',
] as const;

/** One of {@link PURPOSES}. */
export type Purpose = (typeof PURPOSES)[number];

/** What each purpose means, for those who have to choose one. */
export const PURPOSE_MEANINGS: Readonly<Record<Purpose, string>> = {
  CREDIT_REPORT: 'To write a credit report on the subject.',
  CREDIT_DECISION: 'To decide on a loan, a guarantee or an insurance for the subject.',
  TENDER_REVIEW: 'To check the subject as a bidder.',
  CONTRACT_REVIEW: 'To check the subject before a contract is made with it.',
  SUPERVISION: 'To supervise the subject, as the duty of an office.',
  ENFORCEMENT: 'To enforce a law or a judgment against the subject.',
  OWN_RECORDS: 'To read the records on oneself.',
  AUDIT: 'To check how records are kept and asked for.',
};

/** Tells whether a text names a purpose, in the spelling of the list. */
export function isPurpose(text: string): text is Purpose {
  return (PURPOSES as readonly string[]).includes(text);
}
