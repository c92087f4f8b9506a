// The rules of the gateway in words, to be read by whoever answers for them: which rule decided, and
// what it would take to be allowed. The classes themselves are decided by the policy that gateway and
// sectors share (subgraphs/kit/authority/policy.ts). No I/O, nothing of HTTP, nothing of the planner.
import type { DisclosureClass } from '../../subgraphs/kit/authority/disclosure-class.ts';
import type { Opening } from '../../subgraphs/kit/authority/policy.ts';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Purpose } from '../../subgraphs/kit/authority/purpose.ts';

/**
 * Every rule that can decide on a field, by its stable id, with its sentence (Guofa [2014] No. 21,
 * IV.5: classify and grade, query authority, special application).
 */
export const RULES = {
  PROACTIVE_DISCLOSURE: 'What is disclosed proactively is shown to anyone.',
  CALLER_SCHEMA: 'The schema is shown to everybody, as far as it may be used.',
  IDENTIFIED_PRINCIPAL: 'It is shown to every caller with a credential.',
  DISCLOSURE_ON_APPLICATION: 'It is shown to an identified principal that states a purpose.',
  CREDIT_REPORTING: 'It is shown to a licensed credit agency that states a purpose.',
  GOVERNMENT_OFFICE: 'It is shown to a government office that states a purpose.',
  DUTY_IN_SECTOR: 'It is shown to a government office with duty in every owning sector.',
  AUDIT: 'It is shown to an auditor for the purpose of an audit.',
  OWN_SUBJECT: 'The subject sees what is kept on itself, except what is SPECIAL.',
  SUBJECT_CONSENT: "It is shown to an agency that holds the subject's consent for the purpose.",
  SPECIAL_GRANT: 'It is shown to the holder of a special grant on the subject and this field.',
  LABEL_MISSING: 'What has no class, or one that nobody can hold, is shown to nobody.',
  CREDENTIAL_MISSING: 'It is not shown to a caller without a credential.',
  PURPOSE_MISSING: 'Above PUBLIC nothing is shown without a stated purpose.',
  TIER_TOO_LOW: 'Its class is above what the tier of the caller sees.',
  CONSENT_MISSING: "It needs the subject's consent or duty in the sector; the caller has neither.",
  DUTY_MISSING: 'It needs duty in every owning sector, which the caller has not.',
  GRANT_MISSING: 'It is SPECIAL, and the caller cannot or does not hold a special grant.',
} as const;

/** One of {@link RULES}. */
export type RuleId = keyof typeof RULES;

/** Names the rule by which the tier of an inquiry is shown a class. */
export function ruleOfAllowed(
  inquiry: Inquiry,
  shown: DisclosureClass,
  isAuditing: boolean,
): RuleId {
  switch (shown) {
    case 'PUBLIC':
      return 'PROACTIVE_DISCLOSURE';
    case 'REGISTERED':
      return isAuditing ? 'AUDIT' : 'DISCLOSURE_ON_APPLICATION';
    case 'AGENCY':
      if (isAuditing) return 'AUDIT';
      return inquiry.principal.tier === 'AGENCY' ? 'CREDIT_REPORTING' : 'GOVERNMENT_OFFICE';
    case 'AUTHORISED':
    case 'GOVERNMENT':
      return isAuditing ? 'AUDIT' : 'DUTY_IN_SECTOR';
    case 'SPECIAL':
      throw new Error('no tier is shown what is SPECIAL');
  }
}

/** Names the rule by which a standing opens a field. */
export function ruleOfOpening(opening: Opening): RuleId {
  switch (opening) {
    case 'SELF':
      return 'OWN_SUBJECT';
    case 'CONSENT':
      return 'SUBJECT_CONSENT';
    case 'GRANT':
      return 'SPECIAL_GRANT';
  }
}

/** Names the rule by which a class is refused. */
export function ruleOfRefused(needed: DisclosureClass | null): RuleId {
  switch (needed) {
    case null:
      return 'LABEL_MISSING';
    case 'PUBLIC':
    case 'REGISTERED':
    case 'AGENCY':
      return 'TIER_TOO_LOW';
    case 'AUTHORISED':
      return 'CONSENT_MISSING';
    case 'GOVERNMENT':
      return 'DUTY_MISSING';
    case 'SPECIAL':
      return 'GRANT_MISSING';
  }
}

/** Who a special grant on a field could serve, least trusted first. */
export const GRANT_HOLDERS = ['REGISTERED', 'AGENCY', 'OFFICE'] as const;

/** One of {@link GRANT_HOLDERS}; OFFICE has duty in the owning sectors. */
export type GrantHolder = (typeof GRANT_HOLDERS)[number];

/** Whom it could serve, for one who asks: the asker, the asker outside an audit, others, or nobody. */
export type GrantHolderFor = 'ASKER' | 'ASKER_WITHOUT_AUDIT' | GrantHolder | null;

/** What the way to be allowed is worked out from. */
export interface Wanted {
  readonly rule: RuleId;
  readonly class: DisclosureClass | null;
  readonly sectors: readonly string[];
  /** Purposes that the credential allows and with which the field could be seen. */
  readonly purposes: readonly Purpose[];
}

/**
 * Says the cheapest way to be allowed.
 *
 * @param holder of what is SPECIAL, whom a grant could serve
 */
export function wayToBeAllowed(
  { rule, class: needed, sectors, purposes }: Wanted,
  holder: GrantHolderFor,
): string {
  if (rule === 'CREDENTIAL_MISSING') return 'Send the token of an identified principal.';
  if (rule === 'PURPOSE_MISSING') {
    return `Send the header Credit-Purpose with ${oneOf(purposes)}, which your token allows.`;
  }
  const sector = sectors.length > 0 ? `the sector ${sectors.join(' and ')}` : 'the owning sector';
  switch (needed) {
    case null:
      return `Leave it out: ${sector} has given it no class, and what has none is shown to nobody.`;
    case 'PUBLIC':
      return 'Nothing is needed.';
    case 'REGISTERED':
      return 'Ask as an identified principal and state a purpose.';
    case 'AGENCY':
      return 'Ask as a licensed credit agency, or as a government office.';
    case 'AUTHORISED':
      return "Ask as an agency that holds the subject's consent for the purpose.";
    case 'GOVERNMENT':
      return `Ask as a government office with duty in ${sector}.`;
    case 'SPECIAL':
      return wayByGrant(sector, holder);
  }
}

/** A grant opens a field and nothing on the way to it, which its holder has to see already. */
function wayByGrant(sector: string, holder: GrantHolderFor): string {
  const application = `ake a special application to ${sector}, naming the subject and the purpose.`;
  switch (holder) {
    case 'ASKER':
      return `M${application}`;
    case 'ASKER_WITHOUT_AUDIT':
      return `For another purpose than AUDIT, which is shown nothing SPECIAL, m${application}`;
    case 'REGISTERED':
      return `As an identified principal, m${application}`;
    case 'AGENCY':
      return `As a licensed credit agency, m${application}`;
    case 'OFFICE':
      return `As a government office with duty in ${sector}, m${application}`;
    case null:
      return 'Leave it out: nothing leads to it that the holder of a special grant could see.';
  }
}

function oneOf(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] ?? '') : `one of ${texts.join(', ')}`;
}
