// Consents: given by a subject on itself to one organisation, and withdrawn by it at once.
import { PublicError } from '../../subgraphs/kit/errors.ts';
import type { Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import type { Run } from './access-database.ts';
import { callerOf, type Asking, type Caller } from './asking.ts';
import { recordMove } from './history.ts';
import { badInput, readOrganisation, readSectors, readUntil } from './inputs.ts';
import { isItemId, makeItemId } from './item-id.ts';
import { consentState, stateAfter } from './moves.ts';
import { deleteOpening, insertOpening } from './openings.ts';
import { columnsOf, type ConsentRow } from './rows.ts';
import { assertMayWithdrawConsent, consentingSubject, notFound, seesConsent } from './rules.ts';
import { insertionOf, statementOf } from './statements.ts';
import { lastDayOfConsent } from './terms.ts';

/** What a subject consents to, as it writes it. */
export interface ConsentInput {
  readonly organisation: string;
  readonly sectors: readonly string[];
  readonly purpose: Purpose;
  readonly until: string;
}

/** Consents of one subject that hold at a time. */
const LIVE_CONSENTS_MAX = 1_000;

const INSERT = insertionOf(
  'access_consents',
  ['subject_code', 'id', 'organisation', 'sectors', 'purpose', 'until', 'given_at', 'given_by'],
  `on conflict (subject_code, organisation, purpose, until, sectors) where withdrawn_at is null
   do nothing returning ${columnsOf('consents', 'access_consents')}`,
);
const SELECT_SAME = statementOf(
  `select ${columnsOf('consents', 'c')} from access_consents as c
   where c.subject_code = :subjectCode and c.organisation = :organisation
     and c.purpose = :purpose and c.until = :until and c.sectors = :sectors
     and c.withdrawn_at is null`,
);
const COUNT_LIVE = statementOf(
  `select count(*)::int as count from access_consents as c
   where c.subject_code = :subjectCode and c.withdrawn_at is null and c.until >= :today`,
);
const LOCK = statementOf(
  `select ${columnsOf('consents', 'c')} from access_consents as c where c.id = :id for update`,
);
const WITHDRAW = statementOf(
  `update access_consents as c set withdrawn_at = :at, withdrawn_by = :by
   where c.subject_code = :subjectCode and c.id = :id returning ${columnsOf('consents', 'c')}`,
);

/**
 * Gives a consent; one that holds already in the very same words is returned as it is.
 *
 * @throws PublicError ROLE_REQUIRED for a caller that is no subject, BAD_USER_INPUT for what cannot
 *   be consented to
 */
export async function giveConsent(asking: Asking, input: ConsentInput): Promise<ConsentRow> {
  const caller = callerOf(asking);
  const subjectCode = consentingSubject(caller);
  const content = {
    subjectCode,
    organisation: readOrganisation(input.organisation),
    sectors: readSectors(input.sectors, asking.sectors),
    purpose: input.purpose,
    until: readUntil(input.until, caller.today, lastDayOfConsent(caller.today)),
  };
  if (content.organisation === subjectCode || content.organisation === caller.organisation) {
    throw badInput('A consent is given to another organisation than your own.');
  }
  return asking.database.transaction(async (run) => {
    const [given] = await run<ConsentRow>(INSERT, {
      ...content,
      id: makeItemId(),
      givenAt: caller.at,
      givenBy: caller.id,
    });
    if (given) {
      await assertRoom(run, subjectCode, caller);
      await open(run, given, caller);
      return given;
    }
    const [same] = await run<ConsentRow>(SELECT_SAME, content);
    if (same) return same;
    throw new PublicError('SERVICE_UNAVAILABLE', 'The same consent was just being withdrawn.', {
      hint: 'Give the consent again.',
    });
  });
}

/**
 * Withdraws a consent.
 *
 * @throws PublicError ACCESS_ITEM_NOT_FOUND, ROLE_REQUIRED for its holder, MOVE_NOT_POSSIBLE
 */
export async function withdrawConsent(asking: Asking, id: string): Promise<ConsentRow> {
  const caller = callerOf(asking);
  if (!isItemId(id)) throw notFound('consent');
  return asking.database.transaction(async (run) => {
    const [consent] = await run<ConsentRow>(LOCK, { id });
    const sides = consent && { organisation: consent.organisation, subject: consent.subject_code };
    if (!consent || !sides || !seesConsent(caller, sides)) throw notFound('consent');
    assertMayWithdrawConsent(caller, consent.subject_code);
    const state = consentState(consent.withdrawn_at, consent.until, caller.today);
    const to = stateAfter('consent', state, 'WITHDRAW');
    const key = { subjectCode: consent.subject_code, id };
    const [withdrawn] = await run<ConsentRow>(WITHDRAW, { ...key, at: caller.at, by: caller.id });
    if (!withdrawn) throw new Error('a locked consent has gone');
    await deleteOpening(run, { ...openingOf(consent) });
    const move = { kind: 'WITHDRAW', from: state, to, version: 2, reason: null } as const;
    await recordMove(run, consent, move, caller);
    return withdrawn;
  });
}

async function assertRoom(run: Run, subjectCode: string, { today }: Caller): Promise<void> {
  const [row] = await run<{ count: number }>(COUNT_LIVE, { subjectCode, today });
  if (row && row.count <= LIVE_CONSENTS_MAX) return;
  throw badInput(
    `A subject may have ${LIVE_CONSENTS_MAX} consents at a time.`,
    'Withdraw those that are no longer needed.',
  );
}

async function open(run: Run, consent: ConsentRow, caller: Caller): Promise<void> {
  const { sectors, until } = consent;
  await insertOpening(run, { ...openingOf(consent), sectors, until, fields: [] });
  const move = { kind: 'GIVE', from: null, to: 'LIVE', version: 1, reason: null } as const;
  await recordMove(run, consent, move, caller);
}

function openingOf({ subject_code, id, organisation, purpose }: ConsentRow): {
  readonly kind: 'CONSENT';
  readonly subject: string;
  readonly id: string;
  readonly organisation: string;
  readonly purpose: string;
} {
  return { kind: 'CONSENT', subject: subject_code, id, organisation, purpose };
}
