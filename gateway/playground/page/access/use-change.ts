// A change of the graph for a component: under way, refused, or done.
import { useCallback, useState } from 'react';
import type { GraphError } from '../graph/ask.ts';
import { useSession } from '../session/session-context.tsx';

/** Why a change did not come about. */
export type ChangeFailure =
  | {
      readonly kind: 'refused';
      readonly errors: readonly GraphError[];
      readonly requestId: string | null;
    }
  | { readonly kind: 'unanswered'; readonly error: unknown };

/** What a change gives back. */
export interface Done {
  readonly id: string;
  readonly state: string;
}

/** A change that can be made. */
export interface Change {
  readonly isBusy: boolean;
  readonly failure: ChangeFailure | null;
  /** Makes it; null where it did not come about, and `failure` then says why. */
  readonly make: (
    document: string,
    variables: Readonly<Record<string, unknown>>,
  ) => Promise<Done | null>;
}

/** Makes changes one at a time. */
export function useChange(): Change {
  const { ask } = useSession();
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<ChangeFailure | null>(null);
  const make = useCallback<Change['make']>(
    async (document, variables) => {
      setIsBusy(true);
      setFailure(null);
      try {
        const answer = await ask<{ readonly done: Done | null }>(document, variables);
        const { errors, requestId } = answer;
        if (answer.data?.done) return answer.data.done;
        setFailure({ kind: 'refused', errors, requestId });
      } catch (error) {
        setFailure({ kind: 'unanswered', error });
      } finally {
        setIsBusy(false);
      }
      return null;
    },
    [ask],
  );
  return { isBusy, failure, make };
}
