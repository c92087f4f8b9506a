// Inquiry -> text: everything of a caller on which a decision of the gateway can depend, and nothing
// else. Under it decisions and schemas are kept, so two callers with one text must be decided alike.
import { isAudit, isAuditor } from '../../subgraphs/kit/authority/policy.ts';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { PURPOSES } from '../../subgraphs/kit/authority/purpose.ts';

/**
 * Writes the key of an inquiry. It names no caller: there are some hundreds of keys, not as many as
 * callers.
 *
 * @param sectors names of all sectors; a duty in anything else is no duty
 */
export function inquiryKey(inquiry: Inquiry, sectors: readonly string[]): string {
  const { principal, purpose } = inquiry;
  const { tier, subject } = principal;
  // Nothing depends on which purpose is stated but an audit; without one the refusal names those
  // that the credential allows.
  const why =
    purpose === null
      ? `none:${PURPOSES.filter((value) => principal.purposes.includes(value)).join()}`
      : !principal.purposes.includes(purpose)
        ? 'forbidden'
        : isAudit(inquiry)
          ? 'audit'
          : 'stated';
  const audits = purpose === null && isAuditor(principal) ? 'auditor' : '';
  const duties =
    tier === 'GOVERNMENT'
      ? sectors.filter((sector) => principal.sectorsOfDuty.includes(sector)).join()
      : '';
  return [tier, why, audits, duties, subject === null ? '' : 'subject'].join('|');
}
