// The rules, to be read by whoever answers for them: may this caller see what asks for this class,
// and what would it take. No I/O, nothing of HTTP, nothing of the planner.
import type { DisclosureClass } from '../../subgraphs/kit/authority/disclosure-class.ts';
import type { Principal } from './principal.ts';
import { isMet, type Requirement } from './requirement.ts';

/** Decides on one field: its requirement against the classes the caller holds, nothing else. */
export function maySee(principal: Principal, requirement: Requirement): boolean {
  return isMet(requirement, principal.classes);
}

/**
 * Says the cheapest way to be allowed (Guofa [2014] No. 21, IV.5: query authority, and special
 * application for special queries).
 */
export function wayToBeAllowed(needed: DisclosureClass | null, sectors: readonly string[]): string {
  const sector = sectors.length > 0 ? `the sector ${sectors.join(' or ')}` : 'the owning sector';
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
      return `Make a special application to ${sector}, naming the subject and the purpose.`;
  }
}
