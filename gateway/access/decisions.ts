// The decision of a reviewer on an application: one row of the review, one move, and with the second
// approval the grant, all in one transaction behind the lock of the application's row.
import { PublicError } from '../../subgraphs/kit/errors.ts';
import type { Run } from './access-database.ts';
import { lockApplication, moveApplication, stateOf } from './applications.ts';
import { callerOf, type Asking, type Caller } from './asking.ts';
import { makeGrant } from './grants.ts';
import { recordMove } from './history.ts';
import { badInput, readNarrowedFields, readText, readUntil } from './inputs.ts';
import { stateAfter } from './moves.ts';
import type { ApplicationRow, ReviewRow } from './rows.ts';
import { assertMayDecide } from './rules.ts';
import type { SpecialFields } from './special-fields.ts';
import { insertionOf, statementOf } from './statements.ts';

/** A decision, as the reviewer writes it. */
export interface DecisionInput {
  readonly decision: ReviewRow['decision'];
  readonly reason: string;
  readonly fields?: readonly string[] | null;
  readonly until?: string | null;
}

/** What a reviewer lets stand. */
interface Terms {
  readonly fields: readonly string[];
  readonly until: string;
}

const SELECT_REVIEWERS = statementOf(
  `select r.reviewer from access_reviews as r
   where r.subject_code = :subjectCode and r.application_id = :id`,
);
const INSERT_REVIEW = insertionOf('access_reviews', [
  ...['subject_code', 'application_id', 'place', 'reviewer', 'organisation', 'decision'],
  ...['fields', 'until', 'reason', 'reviewed_at'],
]);

/**
 * Decides on an application. Of decisions that arrive at once one is made after the other, each on
 * what the one before has left.
 *
 * @throws PublicError ACCESS_ITEM_NOT_FOUND, ROLE_REQUIRED for who may not decide,
 *   MOVE_NOT_POSSIBLE, BAD_USER_INPUT for a decision that would widen what stands
 */
export async function decideApplication(
  asking: Asking,
  id: string,
  input: DecisionInput,
): Promise<ApplicationRow> {
  const caller = callerOf(asking);
  const reason = readText('reason', input.reason);
  return asking.database.transaction(async (run) => {
    const application = await lockApplication(run, caller, id);
    const key = { subjectCode: application.subject_code, id };
    const earlier = await run<Pick<ReviewRow, 'reviewer'>>(SELECT_REVIEWERS, key);
    const reviewers = earlier.map(({ reviewer }) => reviewer);
    assertMayDecide(caller, { ...application, reviewers });
    const from = stateOf(application, caller);
    const to = stateAfter('application', from, input.decision) as ApplicationRow['state'];
    const terms = readTerms(application, input, caller, asking.special);
    const moved = await moveApplication(run, application, { state: to, ...terms });
    await insertReview(run, moved, { ...input, reason }, caller, reviewers.length + 1);
    const move = { kind: input.decision, from, to, version: moved.version, reason };
    await recordMove(run, moved, move, caller);
    if (to === 'APPROVED') await makeGrant(run, moved, caller);
    return moved;
  });
}

/** What the decision lets stand: less than before with NARROW, else what stood. */
function readTerms(
  { standing_fields, standing_until }: ApplicationRow,
  { decision, fields = null, until = null }: DecisionInput,
  { today }: Caller,
  special: SpecialFields,
): Terms {
  const standing: Terms = { fields: standing_fields, until: standing_until };
  if (decision !== 'NARROW') {
    if (fields === null && until === null) return standing;
    throw badInput(`${decision} takes neither fields nor until.`, 'Narrow with NARROW.');
  }
  const narrowed: Terms = {
    fields:
      fields === null ? standing_fields : readNarrowedFields(fields, standing_fields, special),
    until: until === null ? standing_until : readUntil(until, today, standing_until),
  };
  const isLess = narrowed.fields.length < standing_fields.length || narrowed.until < standing_until;
  if (isLess) return narrowed;
  throw badInput('NARROW leaves all that stands.', 'Approve what stands with APPROVE.');
}

async function insertReview(
  run: Run,
  application: ApplicationRow,
  { decision, reason }: DecisionInput,
  caller: Caller,
  place: number,
): Promise<void> {
  if (place > 2) throw new PublicError('MOVE_NOT_POSSIBLE', 'Two reviewers have decided already.');
  const isRefused = decision === 'REFUSE';
  await run(INSERT_REVIEW, {
    subjectCode: application.subject_code,
    applicationId: application.id,
    place,
    reviewer: caller.id,
    organisation: caller.organisation,
    decision,
    fields: isRefused ? [] : application.standing_fields,
    until: isRefused ? null : application.standing_until,
    reason,
    reviewedAt: caller.at,
  });
}
