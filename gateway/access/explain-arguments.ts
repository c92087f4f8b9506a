// The arguments of the field `explain`, which this room hands on to the one that decides.
import type { QueryTier, Role } from '../../subgraphs/kit/authority/principal.ts';
import type { Purpose } from '../../subgraphs/kit/authority/purpose.ts';

/** The caller that an operation is explained for; what is left out it has not. */
export interface ExplainAs {
  readonly tier: QueryTier;
  /** Default: the purpose of the one who asks; null is a caller that states none. */
  readonly purpose?: Purpose | null | undefined;
  readonly sectorsOfDuty?: readonly string[] | null | undefined;
  /** Whether the caller is a subject itself. */
  readonly ownSubject?: boolean | null | undefined;
  readonly roles?: readonly Role[] | null | undefined;
}

/** What is to be explained. */
export interface ExplainArguments {
  readonly operation: string;
  /** A JSON object. */
  readonly variables?: string | null | undefined;
  readonly operationName?: string | null | undefined;
  readonly as?: ExplainAs | null | undefined;
}
