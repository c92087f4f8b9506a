// Where a search stands: the subject it has come to, and by which kind of match. As a cursor it tells
// its reader nothing that the subject beside it does not.
import { PublicError } from '../../kit/index.ts';
import { placeOf } from './term.ts';

/** The ranks of the kinds of match by name, best first. */
export const RANKS = { EXACT: 0, PREFIX: 1, FRAGMENT: 2, TYPO: 3 } as const;

/** A kind of match; FILTER where no name was searched for. */
export type MatchKind = keyof typeof RANKS | 'FILTER';

/** A subject within the order of a search. */
export interface SearchPosition {
  readonly kind: MatchKind;
  readonly code: string;
  /** Code of the subject's region. */
  readonly region: string;
}

/** A place within the order of a search by name: by rank, then place, then code. */
export interface NamePosition {
  readonly rank: number;
  readonly place: number;
  readonly code: string;
}

const CURSOR =
  /^(?<digest>[\w-]{16}) (?<kind>EXACT|PREFIX|FRAGMENT|TYPO|FILTER) (?<region>[0-9]{6}) (?<code>[0-9A-Z]{18})$/;
const CURSOR_CHARACTERS_MAX = 100;

/** Writes the cursor of a subject in the search that a digest names. */
export function encodeSearchCursor(digest: string, { kind, region, code }: SearchPosition): string {
  return Buffer.from(`${digest} ${kind} ${region} ${code}`).toString('base64url');
}

/**
 * Reads a cursor back.
 *
 * @throws PublicError INVALID_CURSOR when it is malformed, or of another search
 */
export function decodeSearchCursor(
  digest: string,
  cursor: string,
  isByName: boolean,
): SearchPosition {
  const text =
    cursor.length > CURSOR_CHARACTERS_MAX ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const found = CURSOR.exec(text)?.groups as
    | (SearchPosition & { readonly digest: string })
    | undefined;
  if (found?.digest !== digest || (found.kind !== 'FILTER') !== isByName) {
    throw new PublicError('INVALID_CURSOR', 'The cursor does not belong to this search.', {
      hint: 'Send it with the same name, region, status and category that it came from.',
    });
  }
  return { kind: found.kind, region: found.region, code: found.code };
}

/** Places a subject in the order of a search by name. */
export function namePositionOf({ kind, code }: SearchPosition): NamePosition {
  const rank = kind === 'FILTER' ? RANKS.EXACT : RANKS[kind];
  return { rank, place: placeOf(code), code };
}
