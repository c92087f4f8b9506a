// The callers for whom nothing may be told: one of each way of standing to the graph.
import type { Inquiry, Principal } from '../../../../subgraphs/kit/authority/principal.ts';
import { ANONYMOUS_INQUIRY } from '../../../../subgraphs/kit/authority/principal.ts';
import {
  authorityOverSubject,
  type Authority,
} from '../../../../subgraphs/kit/authority/policy.ts';
import type { Purpose } from '../../../../subgraphs/kit/authority/purpose.ts';
import type { Standing } from '../../../../subgraphs/kit/authority/standing.ts';
import {
  DEVELOPMENT_PRINCIPALS,
  type DevelopmentPrincipal,
  type DevelopmentPrincipalName,
} from '../../../authentication/development/principals.ts';
import type { OpeningRow } from './access-rows.ts';

/** Names of the callers. */
export const CALLER_NAMES = [
  'anonymous',
  'registered',
  'agency-other',
  'agency',
  'government-tax',
  'enterprise',
  'auditor',
  'reviewer-tax',
] as const;

/** Name of one of the callers. */
export type CallerName = (typeof CALLER_NAMES)[number];

/** A caller with what it asks for. */
export interface ProofCaller {
  readonly name: CallerName;
  /** The ready principal whose token it sends; null for none. */
  readonly token: DevelopmentPrincipalName | null;
  readonly inquiry: Inquiry;
}

const PURPOSE_OF: Readonly<Record<Exclude<CallerName, 'anonymous'>, Purpose>> = {
  registered: 'TENDER_REVIEW',
  'agency-other': 'CREDIT_DECISION',
  agency: 'CREDIT_REPORT',
  'government-tax': 'SUPERVISION',
  enterprise: 'OWN_RECORDS',
  auditor: 'AUDIT',
  'reviewer-tax': 'SUPERVISION',
};

/** Gives a caller by name. */
export function callerOf(name: CallerName): ProofCaller {
  if (name === 'anonymous') return { name, token: null, inquiry: ANONYMOUS_INQUIRY };
  const principal = principalOf(name, DEVELOPMENT_PRINCIPALS[name]);
  return {
    name,
    token: name,
    inquiry: { principal, purpose: PURPOSE_OF[name], caseReference: null },
  };
}

function principalOf(id: string, of: DevelopmentPrincipal): Principal {
  const { tier, organisation, subject = null, sectors = [], roles = [], purposes } = of;
  return { tier, id, organisation, subject, sectorsOfDuty: sectors, roles, purposes };
}

/** Decides what a caller may see of a subject, by the policy and by what is open to it. */
export function authorityOfCaller(
  { inquiry }: ProofCaller,
  sector: string,
  subject: string,
  openings: readonly OpeningRow[],
): Authority {
  const own = openings.filter(
    (row) =>
      row.organisation === inquiry.principal.organisation &&
      row.purpose === inquiry.purpose &&
      row.sector === sector,
  );
  const standing = own.map((row): Standing =>
    row.kind === 'CONSENT'
      ? { kind: 'CONSENT', id: row.item_id, subject: row.subject_code }
      : { kind: 'GRANT', id: row.item_id, subject: row.subject_code, fields: row.fields },
  );
  return authorityOverSubject(inquiry, sector, subject, standing);
}
