// The history of moves: added to with every change, in its transaction, and never changed.
import { insertionOf } from './statements.ts';
import type { Run } from './access-database.ts';
import type { Caller } from './asking.ts';
import type { Move } from './moves.ts';
import type { ItemKey } from './rows.ts';

/** A move as it enters the history. */
export interface MadeMove {
  readonly kind: Move | 'APPLY' | 'GIVE' | 'GRANT';
  readonly from: string | null;
  readonly to: string;
  /** Counts the moves of the item, from 1: two moves from one state cannot both be entered. */
  readonly version: number;
  readonly reason: string | null;
}

const INSERT_MOVE = insertionOf('access_moves', [
  ...['subject_code', 'item_id', 'version', 'kind', 'from_state', 'to_state'],
  ...['organisation', 'moved_by', 'moved_at', 'reason'],
]);

/** Enters a move of an item. */
export async function recordMove(
  run: Run,
  item: ItemKey,
  move: MadeMove,
  caller: Caller,
): Promise<void> {
  await run(INSERT_MOVE, {
    subjectCode: item.subject_code,
    itemId: item.id,
    version: move.version,
    kind: move.kind,
    fromState: move.from,
    toState: move.to,
    organisation: caller.organisation,
    movedBy: caller.id,
    movedAt: caller.at,
    reason: move.reason,
  });
}
