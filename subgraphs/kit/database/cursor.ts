// Cursors of record connections: the position of one visible record in its order, and the field the
// cursor belongs to. A cursor tells its reader nothing that the record beside it does not.
import { PublicError } from '../errors.ts';
import { parseDate } from '../values/dates.ts';

/** A place in an order of records: after the record with this date and id. */
export interface RecordPosition {
  readonly sortDate: string;
  readonly recordId: string;
}

const CURSOR_CHARACTERS_MAX = 200;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const RECORD_ID = /^[a-z0-9]{1,64}$/;

/** Writes the cursor of a record within the connection of `type`. */
export function encodeCursor(type: string, position: RecordPosition): string {
  return Buffer.from(`${type} ${position.sortDate} ${position.recordId}`).toString('base64url');
}

/**
 * Reads a cursor back.
 *
 * @throws PublicError INVALID_CURSOR when the cursor is malformed or of another connection
 */
export function decodeCursor(type: string, cursor: string): RecordPosition {
  const text =
    cursor.length > CURSOR_CHARACTERS_MAX ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const [ofType, sortDate, recordId, ...rest] = text.split(' ');
  if (
    ofType !== type ||
    sortDate === undefined ||
    !DATE.test(sortDate) ||
    parseDate(sortDate).kind !== 'date' ||
    recordId === undefined ||
    !RECORD_ID.test(recordId) ||
    rest.length > 0
  ) {
    throw new PublicError('INVALID_CURSOR', `The cursor does not belong to a list of ${type}.`);
  }
  return { sortDate, recordId };
}
