// What the access pages ask and change, as GraphQL, with the shape of what comes back.
import type { Purpose } from '../../../../subgraphs/kit/authority/purpose.ts';

/** A move of an item from one state to the next. */
export interface Move {
  readonly kind: string;
  readonly from: string | null;
  readonly to: string;
  readonly organisation: string;
  readonly movedAt: string;
  readonly reason: string | null;
}

/** A special application. */
export interface Application {
  readonly id: string;
  readonly state: string;
  readonly subject: SubjectName;
  readonly sector: string;
  readonly fields: readonly string[];
  readonly until: string;
  readonly standingFields: readonly string[];
  readonly standingUntil: string;
  readonly purpose: Purpose;
  readonly legalBasis: string;
  readonly caseReference: string;
  readonly organisation: string;
  readonly appliedAt: string;
  readonly history: readonly Move[];
}

/** A special grant. */
export interface Grant {
  readonly id: string;
  readonly state: string;
  readonly subject: SubjectName;
  readonly sector: string;
  readonly fields: readonly string[];
  readonly purpose: Purpose;
  readonly organisation: string;
  readonly grantedAt: string;
  readonly until: string;
  readonly history: readonly Move[];
}

/** A subject's consent. */
export interface Consent {
  readonly id: string;
  readonly state: string;
  readonly subject: SubjectName;
  readonly organisation: string;
  readonly sectors: readonly string[];
  readonly purpose: Purpose;
  readonly givenAt: string;
  readonly until: string;
  readonly history: readonly Move[];
}

/** A subject as items name it; the name is null where the registry did not answer. */
export interface SubjectName {
  readonly code: string;
  readonly name: string | null;
}

/** A page of items. */
export interface ItemPage<Item> {
  readonly nodes: readonly Item[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Items a page. */
export const PAGE_SIZE = 20;

const HISTORY = 'history { kind from to organisation movedAt reason }';
const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';
const APPLICATION = `id state subject { code name } sector fields until standingFields standingUntil
  purpose legalBasis caseReference organisation appliedAt ${HISTORY}`;

/** The applications of the caller's organisation. */
export const APPLICATIONS = `query Applications($after: String) {
  page: applications(first: ${PAGE_SIZE}, after: $after) { nodes { ${APPLICATION} } ${PAGE_INFO} }
}`;

/** The applications that the caller may decide on. */
export const QUEUE = `query Queue($after: String) {
  page: applicationsToDecide(first: ${PAGE_SIZE}, after: $after) {
    nodes { ${APPLICATION} } ${PAGE_INFO}
  }
}`;

/** The grants that concern the caller. */
export const GRANTS = `query Grants($after: String) {
  page: grants(first: ${PAGE_SIZE}, after: $after) {
    nodes {
      id state subject { code name } sector fields purpose organisation grantedAt until ${HISTORY}
    }
    ${PAGE_INFO}
  }
}`;

/** The consents that concern the caller. */
export const CONSENTS = `query Consents($after: String) {
  page: consents(first: ${PAGE_SIZE}, after: $after) {
    nodes {
      id state subject { code name } organisation sectors purpose givenAt until ${HISTORY}
    }
    ${PAGE_INFO}
  }
}`;

/** Applies for a special grant. */
export const APPLY = `mutation Apply($input: ApplyForAccessInput!) {
  done: applyForAccess(input: $input) { id state }
}`;

/** Takes an application back. */
export const WITHDRAW_APPLICATION = `mutation WithdrawApplication($id: ID!) {
  done: withdrawApplication(id: $id) { id state }
}`;

/** Decides on an application. */
export const DECIDE = `mutation Decide(
  $id: ID!, $decision: AccessDecision!, $reason: String!, $fields: [String!], $until: Date
) {
  done: decideApplication(
    id: $id, decision: $decision, reason: $reason, fields: $fields, until: $until
  ) { id state }
}`;

/** Ends a grant. */
export const REVOKE_GRANT = `mutation RevokeGrant($id: ID!, $reason: String!) {
  done: revokeGrant(id: $id, reason: $reason) { id state }
}`;

/** Gives a consent. */
export const GIVE_CONSENT = `mutation GiveConsent($input: GiveConsentInput!) {
  done: giveConsent(input: $input) { id state }
}`;

/** Withdraws a consent. */
export const WITHDRAW_CONSENT = `mutation WithdrawConsent($id: ID!) {
  done: withdrawConsent(id: $id) { id state }
}`;
