// The error of an exceeded limit: which limit, what it is, what was asked.
import { PublicError } from '../../subgraphs/kit/errors.ts';

/** Names of the limits, as their variables are called. */
export type LimitName =
  | 'TOKENS_MAX'
  | 'DEPTH_MAX'
  | 'ALIASES_MAX'
  | 'ROOT_FIELDS_MAX'
  | 'SELECTIONS_MAX'
  | 'REPEATS_MAX'
  | 'PAGE_SIZE_MAX'
  | 'LIST_LENGTH_MAX'
  | 'COST_MAX';

/** Writes the error of a limit; `subject` says what was counted, as "The depth of the operation". */
export function limitError(
  limit: LimitName,
  maximum: number,
  value: number,
  subject: string,
): PublicError {
  // A count that grew without bound is not a number that JSON can write.
  const shown = Number.isSafeInteger(value) ? value : null;
  return new PublicError(
    'OPERATION_LIMIT_EXCEEDED',
    `${subject} is ${shown ?? 'beyond counting'}; the limit is ${maximum}.`,
    { extensions: { limit, maximum, value: shown } },
  );
}
