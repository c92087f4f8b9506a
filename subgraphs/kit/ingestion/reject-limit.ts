// How many refused rows a file may have: beyond that nothing of it comes in, since a file with many
// bad rows is more likely the wrong file, or the wrong columns, than a good file with bad rows.
import { ImportError } from './import-error.ts';

/** At most so many rows, or so many of a hundred that were read. */
export type RejectLimit =
  | { readonly kind: 'rows'; readonly max: number }
  | { readonly kind: 'percent'; readonly max: number };

/** What is compared with a limit. */
export interface RejectCount {
  readonly read: number;
  readonly rejected: number;
}

/**
 * Reads `100` or `2.5%`.
 *
 * @throws ImportError for anything else
 */
export function parseRejectLimit(text: string): RejectLimit {
  const match = /^([0-9]{1,12})(?:(\.[0-9]{1,6})?\s*%)?$/.exec(text.trim());
  const isPercent = text.includes('%');
  const max = Number(`${match?.[1] ?? ''}${match?.[2] ?? ''}`);
  if (!match || (isPercent && max > 100)) {
    throw new ImportError(
      'input',
      '--reject-limit takes a number of rows (100) or a share (2.5%).',
    );
  }
  return { kind: isPercent ? 'percent' : 'rows', max };
}

/** Tells whether a number of rows is passed already while a file is read; a share is not known yet. */
export function isPassedEarly(limit: RejectLimit | undefined, { rejected }: RejectCount): boolean {
  return limit?.kind === 'rows' && rejected > limit.max;
}

/**
 * Holds the counts of a file against its limit.
 *
 * @param isWhole false where reading was given up before the end of the file
 * @throws ImportError of the kind `refused` when there are more refused rows
 */
export function assertWithinLimit(
  limit: RejectLimit | undefined,
  { read, rejected }: RejectCount,
  isWhole = true,
): void {
  if (limit === undefined) return;
  const isOver = limit.kind === 'rows' ? rejected > limit.max : rejected * 100 > limit.max * read;
  if (!isOver) return;
  const allowed = limit.kind === 'rows' ? `${limit.max}` : `${limit.max} %`;
  const found = `${rejected} of the ${isWhole ? '' : 'first '}${read} rows`;
  throw new ImportError(
    'refused',
    `${found} were refused, and the limit is ${allowed}: nothing of the file was kept. Correct the ` +
      'rows by the reasons in the file of refused rows, or set a higher --reject-limit.',
  );
}
