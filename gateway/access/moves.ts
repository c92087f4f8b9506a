// The table of moves: from which state which move leads where, for applications, consents and grants.
// Pure. A move that is not in the table is refused with the state and the moves that are.
import { PublicError } from '../../subgraphs/kit/errors.ts';

/** What a move is made with. */
export type ItemKind = 'application' | 'consent' | 'grant';

/** The moves that change an item; what makes one (APPLY, GIVE, GRANT) starts from no state. */
export type Move = 'APPROVE' | 'NARROW' | 'REFUSE' | 'WITHDRAW' | 'REVOKE';

/** Where an application stands. EXPIRED is a condition: its last day has passed while it was open. */
export type ApplicationState =
  | 'PENDING'
  | 'AWAITING_SECOND'
  | 'APPROVED'
  | 'REFUSED'
  | 'WITHDRAWN'
  | 'EXPIRED';

/** Where a consent stands; EXPIRED is a condition. */
export type ConsentState = 'LIVE' | 'WITHDRAWN' | 'EXPIRED';

/** Where a grant stands; EXPIRED is a condition. */
export type GrantState = 'LIVE' | 'REVOKED' | 'EXPIRED';

interface States {
  readonly application: ApplicationState;
  readonly consent: ConsentState;
  readonly grant: GrantState;
}

type Table<State extends string> = Readonly<Record<State, Readonly<Partial<Record<Move, State>>>>>;

/**
 * All moves. What is applied for is of class SPECIAL, which takes two reviewers: the first approval
 * leads to AWAITING_SECOND, the second to APPROVED; one refusal is enough.
 */
export const MOVES: { readonly [Kind in ItemKind]: Table<States[Kind]> } = {
  application: {
    PENDING: {
      APPROVE: 'AWAITING_SECOND',
      NARROW: 'AWAITING_SECOND',
      REFUSE: 'REFUSED',
      WITHDRAW: 'WITHDRAWN',
    },
    AWAITING_SECOND: {
      APPROVE: 'APPROVED',
      NARROW: 'APPROVED',
      REFUSE: 'REFUSED',
      WITHDRAW: 'WITHDRAWN',
    },
    APPROVED: {},
    REFUSED: {},
    WITHDRAWN: {},
    EXPIRED: {},
  },
  consent: { LIVE: { WITHDRAW: 'WITHDRAWN' }, WITHDRAWN: {}, EXPIRED: {} },
  grant: { LIVE: { REVOKE: 'REVOKED' }, REVOKED: {}, EXPIRED: {} },
};

/**
 * Gives the state that a move leads to.
 *
 * @throws PublicError MOVE_NOT_POSSIBLE naming the state and the moves that are possible from it
 */
export function stateAfter<Kind extends ItemKind>(
  kind: Kind,
  state: States[Kind],
  move: Move,
): States[Kind] {
  const table: Table<States[Kind]> = MOVES[kind];
  const moves: Readonly<Partial<Record<Move, States[Kind]>>> = table[state];
  const next = moves[move];
  if (next !== undefined) return next;
  const possible = Object.keys(moves).join(', ');
  throw new PublicError('MOVE_NOT_POSSIBLE', `The ${kind} is ${state}; ${move} is not possible.`, {
    hint: possible === '' ? 'No move is possible from this state.' : `Possible are: ${possible}.`,
    extensions: { state, possibleMoves: possible },
  });
}

/** The state of an application on a day: an open one whose last day has passed has expired. */
export function applicationState(
  stored: Exclude<ApplicationState, 'EXPIRED'>,
  until: string,
  today: string,
): ApplicationState {
  const isOpen = stored === 'PENDING' || stored === 'AWAITING_SECOND';
  return isOpen && until < today ? 'EXPIRED' : stored;
}

/** The state of a consent on a day. */
export function consentState(
  withdrawnAt: string | null,
  until: string,
  today: string,
): ConsentState {
  if (withdrawnAt !== null) return 'WITHDRAWN';
  return until < today ? 'EXPIRED' : 'LIVE';
}

/** The state of a grant on a day. */
export function grantState(revokedAt: string | null, until: string, today: string): GrantState {
  if (revokedAt !== null) return 'REVOKED';
  return until < today ? 'EXPIRED' : 'LIVE';
}
