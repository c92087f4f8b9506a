// What a caller wants done with fields that it may not see: refuse the operation, or leave them out.
/** `refuse` answers nothing; `filter` answers the rest, with the same errors beside it. */
export type UnauthorizedMode = 'refuse' | 'filter';

/** The header by which a caller chooses. */
export const UNAUTHORIZED_HEADER = 'credit-unauthorized';

/** Reads the header; null for a value that it does not have. */
export function unauthorizedMode(
  header: string | readonly string[] | undefined,
): UnauthorizedMode | null {
  if (header === undefined || header === 'refuse') return 'refuse';
  return header === 'filter' ? 'filter' : null;
}
