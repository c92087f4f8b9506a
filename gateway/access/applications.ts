// Special applications, as their applicant handles them: made, and taken back while they are open.
import { createHash } from 'node:crypto';
import type { Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import { parseCreditCode } from '../../subgraphs/kit/values/credit-code.ts';
import type { Run } from './access-database.ts';
import { callerOf, type Asking, type Caller } from './asking.ts';
import { recordMove } from './history.ts';
import { badInput, readSector, readSpecialFields, readText, readUntil } from './inputs.ts';
import { isItemId, makeItemId } from './item-id.ts';
import { applicationState, stateAfter } from './moves.ts';
import { columnsOf, type ApplicationRow } from './rows.ts';
import { assertMayWithdrawApplication, notFound, seesApplication } from './rules.ts';
import { insertionOf, statementOf } from './statements.ts';
import { lastDayOfGrant } from './terms.ts';

/** What is applied for, as the applicant writes it. */
export interface ApplicationInput {
  readonly subject: string;
  readonly sector: string;
  readonly fields: readonly string[];
  readonly purpose: Purpose;
  readonly legalBasis: string;
  readonly caseReference: string;
  readonly until: string;
}

/** Open applications of one organisation at a time. */
const OPEN_APPLICATIONS_MAX = 500;

const INSERT = insertionOf(
  'access_applications',
  [
    ...['subject_code', 'id', 'sector', 'fields', 'until', 'standing_fields', 'standing_until'],
    ...['purpose', 'legal_basis', 'case_reference', 'organisation', 'applicant', 'applied_at'],
    ...['state', 'version', 'digest'],
  ],
  `on conflict (subject_code, organisation, digest)
     where state in ('PENDING', 'AWAITING_SECOND')
   do nothing returning ${columnsOf('applications', 'access_applications')}`,
);
const SELECT_SAME = statementOf(
  `select ${columnsOf('applications', 'a')} from access_applications as a
   where a.subject_code = :subjectCode and a.organisation = :organisation
     and a.digest = :digest and a.state in ('PENDING', 'AWAITING_SECOND')`,
);
const COUNT_OPEN = statementOf(
  `select count(*)::int as count from access_applications as a
   where a.organisation = :organisation and a.state in ('PENDING', 'AWAITING_SECOND')
     and a.standing_until >= :today`,
);
const LOCK = statementOf(
  `select ${columnsOf('applications', 'a')} from access_applications as a
   where a.id = :id for update`,
);
const MOVE = statementOf(
  `update access_applications as a
   set state = :state, standing_fields = :fields, standing_until = :until, version = a.version + 1
   where a.subject_code = :subjectCode and a.id = :id and a.version = :version
   returning ${columnsOf('applications', 'a')}`,
);

/**
 * Applies for access; an open application in the very same words is returned as it is.
 *
 * @throws PublicError PURPOSE_FORBIDDEN for a purpose that the credential does not allow,
 *   ROLE_REQUIRED for one about oneself, or of a caller to whom a grant would open nothing,
 *   BAD_USER_INPUT for what cannot be applied for
 */
export async function applyForAccess(
  asking: Asking,
  input: ApplicationInput,
): Promise<ApplicationRow> {
  const caller = callerOf(asking);
  const content = readContent(asking, caller, input);
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const { organisation, id: applicant } = caller;
  return asking.database.transaction(async (run) => {
    const [made] = await run<ApplicationRow>(INSERT, {
      ...content,
      id: makeItemId(),
      standingFields: content.fields,
      standingUntil: content.until,
      organisation,
      applicant,
      appliedAt: caller.at,
      state: 'PENDING',
      version: 1,
      digest,
    });
    if (made) {
      await assertRoom(run, caller);
      const move = { kind: 'APPLY', from: null, to: 'PENDING', version: 1, reason: null } as const;
      await recordMove(run, made, move, caller);
      return made;
    }
    const key = { subjectCode: content.subjectCode, organisation, digest };
    const [same] = await run<ApplicationRow>(SELECT_SAME, key);
    if (same) return same;
    throw new PublicError('SERVICE_UNAVAILABLE', 'The same application was just being closed.', {
      hint: 'Apply again.',
    });
  });
}

/**
 * Takes an application back.
 *
 * @throws PublicError ACCESS_ITEM_NOT_FOUND, ROLE_REQUIRED for a reviewer, MOVE_NOT_POSSIBLE
 */
export async function withdrawApplication(asking: Asking, id: string): Promise<ApplicationRow> {
  const caller = callerOf(asking);
  return asking.database.transaction(async (run) => {
    const application = await lockApplication(run, caller, id);
    assertMayWithdrawApplication(caller, application);
    const state = stateOf(application, caller);
    const to = stateAfter('application', state, 'WITHDRAW') as ApplicationRow['state'];
    const moved = await moveApplication(run, application, {
      state: to,
      fields: application.standing_fields,
      until: application.standing_until,
    });
    const { version } = moved;
    const move = { kind: 'WITHDRAW', from: state, to, version, reason: null } as const;
    await recordMove(run, moved, move, caller);
    return moved;
  });
}

/**
 * Reads an application and keeps others from moving it until the transaction ends.
 *
 * @throws PublicError ACCESS_ITEM_NOT_FOUND for an unknown id, and for one the caller may not see
 */
export async function lockApplication(
  run: Run,
  caller: Caller,
  id: string,
): Promise<ApplicationRow> {
  if (!isItemId(id)) throw notFound('application');
  const [application] = await run<ApplicationRow>(LOCK, { id });
  if (!application || !seesApplication(caller, application)) throw notFound('application');
  return application;
}

/** Writes where a locked application stands now. */
export async function moveApplication(
  run: Run,
  { subject_code: subjectCode, id, version }: ApplicationRow,
  to: Pick<ApplicationRow, 'state' | 'fields' | 'until'>,
): Promise<ApplicationRow> {
  const [moved] = await run<ApplicationRow>(MOVE, { subjectCode, id, version, ...to });
  if (!moved) throw new Error('a locked application was moved by somebody else');
  return moved;
}

/** The state of an application on the day of the request. */
export function stateOf(
  { state, standing_until }: ApplicationRow,
  { today }: Caller,
): ReturnType<typeof applicationState> {
  return applicationState(state, standing_until, today);
}

function readContent(
  asking: Asking,
  caller: Caller,
  input: ApplicationInput,
): Omit<ApplicationInput, 'subject'> & { readonly subjectCode: string } {
  const { inquiry, sectors, special } = asking;
  const { purpose } = input;
  if (!inquiry.principal.purposes.includes(purpose)) {
    throw new PublicError('PURPOSE_FORBIDDEN', `Your credential does not allow ${purpose}.`);
  }
  const { valid, normalized: subjectCode } = parseCreditCode(input.subject);
  if (!valid) throw badInput('subject is not a unified social credit code.');
  if (subjectCode === caller.subject || subjectCode === caller.organisation) {
    throw new PublicError('ROLE_REQUIRED', 'Nobody applies for special access to itself.', {
      hint: 'What a subject sees of itself needs no application; SPECIAL is not among it.',
    });
  }
  const sector = readSector(input.sector, sectors);
  const fields = readSpecialFields(input.fields, sector, special);
  // Those that were named come first, since an error names one of them.
  assertOfUse(asking, { sector, fields: [...input.fields, ...fields], purpose });
  return {
    subjectCode,
    sector,
    fields,
    purpose,
    legalBasis: readText('legalBasis', input.legalBasis),
    caseReference: readText('caseReference', input.caseReference),
    until: readUntil(input.until, caller.today, lastDayOfGrant(caller.today)),
  };
}

/** A grant opens a field and nothing on the way to it: its holder has to see that already. */
function assertOfUse(
  { inquiry, grantObstacle }: Asking,
  { sector, fields, purpose }: Pick<ApplicationInput, 'sector' | 'fields' | 'purpose'>,
): void {
  for (const coordinate of fields) {
    const hint = grantObstacle({ ...inquiry, purpose }, { coordinate, sector });
    if (hint === null) continue;
    throw new PublicError(
      'ROLE_REQUIRED',
      `A grant on ${coordinate} would open nothing to you: no field that you may see leads to it.`,
      { hint },
    );
  }
}

async function assertRoom(run: Run, { organisation, today }: Caller): Promise<void> {
  const [row] = await run<{ count: number }>(COUNT_OPEN, { organisation, today });
  if (row && row.count <= OPEN_APPLICATIONS_MAX) return;
  throw badInput(
    `An organisation may have ${OPEN_APPLICATIONS_MAX} open applications.`,
    'Wait for decisions, or take back what is no longer needed.',
  );
}
