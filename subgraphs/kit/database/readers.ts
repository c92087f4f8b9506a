// The ways into a sector's database for reading: one role a class, so that the database itself holds
// back what is above it. A statement is sent through the reader of the authority it was made for.
import type { ReaderName } from '../authority/viewer.ts';
import type { Reader } from './pool.ts';

/** All readers, most restricted data last. */
export const READER_NAMES = [
  'PUBLIC',
  'REGISTERED',
  'AGENCY',
  'AUTHORISED',
  'GOVERNMENT',
  'SPECIAL',
  'SUBJECT',
] as const satisfies readonly ReaderName[];

/** The readers of one sector's database. */
export interface Readers {
  readonly of: (name: ReaderName) => Reader;
  /** Ends every connection. May be called twice. */
  readonly close: () => Promise<void>;
}

/**
 * Reads everything through one pool: for databases without reader roles, as in tests of the other
 * walls. The pool stays with its owner.
 */
export function readersOver(reader: Reader): Readers {
  return { of: () => reader, close: () => Promise.resolve() };
}

/**
 * Connections of all readers of a database together, where nothing else is said: one for each. With
 * fewer, callers of every class who take turns have a session made for each of their requests.
 */
export const READER_CONNECTIONS_MAX = READER_NAMES.length;
