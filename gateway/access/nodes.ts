// Rows as the objects of the graph. What belongs to another item, and is not for everybody who sees
// this one, is held back here.
import type { Caller } from './asking.ts';
import { applicationState, consentState, grantState } from './moves.ts';
import type { Page } from './pages.ts';
import type { RelatedRows } from './related-rows.ts';
import type { ApplicationRow, ConsentRow, GrantRow, ItemKey } from './rows.ts';
import { seesApplication } from './rules.ts';

/** What nodes are made with: who looks, and readers of what belongs to them. */
export interface View {
  readonly caller: Caller;
  readonly related: RelatedRows;
}

/** The object of an application. */
export function applicationNode(row: ApplicationRow, view: View): object {
  const { caller, related } = view;
  return {
    ...commonOf(row),
    state: applicationState(row.state, row.standing_until, caller.today),
    sector: row.sector,
    fields: row.fields,
    until: row.until,
    standingFields: row.standing_fields,
    standingUntil: row.standing_until,
    purpose: row.purpose,
    legalBasis: row.legal_basis,
    caseReference: row.case_reference,
    organisation: row.organisation,
    appliedAt: row.applied_at,
    reviews: async () =>
      (await related.reviews(row)).map((review) => ({
        decision: review.decision,
        organisation: review.organisation,
        fields: review.fields,
        until: review.until,
        reason: review.reason,
        reviewedAt: review.reviewed_at,
      })),
    grant: async () => {
      const grant = await related.grantOf(row);
      return grant && grantNode(grant, view);
    },
    history: () => historyOf(row, view, true),
  };
}

/** The object of a grant; the subject of it reads neither reasons nor the application. */
export function grantNode(row: GrantRow, view: View): object {
  const { caller, related } = view;
  const seesReasons = seesApplication(caller, row);
  return {
    ...commonOf(row),
    state: grantState(row.revoked_at, row.until, caller.today),
    sector: row.sector,
    fields: row.fields,
    purpose: row.purpose,
    organisation: row.organisation,
    grantedAt: row.granted_at,
    until: row.until,
    revokedAt: row.revoked_at,
    revocationReason: seesReasons ? row.revocation_reason : null,
    application: async () => {
      if (!seesReasons) return null;
      const key = { subject_code: row.subject_code, id: row.application_id };
      const application = await related.application(key);
      return application && applicationNode(application, view);
    },
    history: () => historyOf(row, view, seesReasons),
  };
}

/** The object of a consent. */
export function consentNode(row: ConsentRow, view: View): object {
  return {
    ...commonOf(row),
    state: consentState(row.withdrawn_at, row.until, view.caller.today),
    organisation: row.organisation,
    sectors: row.sectors,
    purpose: row.purpose,
    givenAt: row.given_at,
    until: row.until,
    withdrawnAt: row.withdrawn_at,
    history: () => historyOf(row, view, true),
  };
}

/** The object of a page. */
export function connectionNode<Row>(
  { rows, hasNextPage, hasPreviousPage }: Page<Row>,
  nodeOf: (row: Row) => object,
): object {
  const edges = rows.map(({ row, cursor }) => ({ cursor, node: nodeOf(row) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function commonOf({ id, subject_code }: ItemKey): object {
  return { id, subject: { code: subject_code } };
}

async function historyOf(
  row: ItemKey,
  { related }: View,
  seesReasons: boolean,
): Promise<readonly object[]> {
  return (await related.moves(row)).map((move) => ({
    kind: move.kind,
    from: move.from_state,
    to: move.to_state,
    organisation: move.organisation,
    movedAt: move.moved_at,
    reason: seesReasons ? move.reason : null,
  }));
}
