// Special grants: made of an approved application, and revoked at once.
import type { Run } from './access-database.ts';
import { callerOf, type Asking, type Caller } from './asking.ts';
import { recordMove } from './history.ts';
import { readText } from './inputs.ts';
import { isItemId, makeItemId } from './item-id.ts';
import { grantState, stateAfter } from './moves.ts';
import { deleteOpening, insertOpening } from './openings.ts';
import { columnsOf, type ApplicationRow, type GrantRow } from './rows.ts';
import { assertMayRevoke, notFound, seesGrant } from './rules.ts';
import { insertionOf, statementOf } from './statements.ts';

const INSERT = insertionOf(
  'access_grants',
  [
    ...['subject_code', 'id', 'application_id', 'sector', 'fields', 'organisation', 'purpose'],
    ...['until', 'granted_at'],
  ],
  `returning ${columnsOf('grants', 'access_grants')}`,
);
const LOCK = statementOf(
  `select ${columnsOf('grants', 'g')} from access_grants as g where g.id = :id for update`,
);
const REVOKE = statementOf(
  `update access_grants as g set revoked_at = :at, revoked_by = :by, revocation_reason = :reason
   where g.subject_code = :subjectCode and g.id = :id returning ${columnsOf('grants', 'g')}`,
);

/** Makes the grant of an application that two reviewers have approved, in their transaction. */
export async function makeGrant(
  run: Run,
  application: ApplicationRow,
  caller: Caller,
): Promise<void> {
  const { sector, organisation, purpose, standing_fields: fields } = application;
  const [grant] = await run<GrantRow>(INSERT, {
    subjectCode: application.subject_code,
    id: makeItemId(),
    applicationId: application.id,
    sector,
    fields,
    organisation,
    purpose,
    until: application.standing_until,
    grantedAt: caller.at,
  });
  if (!grant) throw new Error('a grant was not made');
  const { until } = grant;
  await insertOpening(run, { ...openingOf(grant), sectors: [sector], until, fields });
  const move = { kind: 'GRANT', from: null, to: 'LIVE', version: 1, reason: null } as const;
  await recordMove(run, grant, move, caller);
}

/**
 * Revokes a grant.
 *
 * @throws PublicError ACCESS_ITEM_NOT_FOUND, ROLE_REQUIRED for the subject, MOVE_NOT_POSSIBLE
 */
export async function revokeGrant(
  asking: Asking,
  id: string,
  reasonGiven: string,
): Promise<GrantRow> {
  const caller = callerOf(asking);
  const reason = readText('reason', reasonGiven);
  if (!isItemId(id)) throw notFound('grant');
  return asking.database.transaction(async (run) => {
    const [grant] = await run<GrantRow>(LOCK, { id });
    if (!grant || !seesGrant(caller, { ...grant, subject: grant.subject_code })) {
      throw notFound('grant');
    }
    assertMayRevoke(caller, grant);
    const from = grantState(grant.revoked_at, grant.until, caller.today);
    const to = stateAfter('grant', from, 'REVOKE');
    const [revoked] = await run<GrantRow>(REVOKE, {
      subjectCode: grant.subject_code,
      id,
      at: caller.at,
      by: caller.id,
      reason,
    });
    if (!revoked) throw new Error('a locked grant has gone');
    await deleteOpening(run, openingOf(grant));
    await recordMove(run, grant, { kind: 'REVOKE', from, to, version: 2, reason }, caller);
    return revoked;
  });
}

function openingOf({ subject_code, id, organisation, purpose }: GrantRow): {
  readonly kind: 'GRANT';
  readonly subject: string;
  readonly id: string;
  readonly organisation: string;
  readonly purpose: string;
} {
  return { kind: 'GRANT', subject: subject_code, id, organisation, purpose };
}
