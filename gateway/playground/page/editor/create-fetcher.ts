// How GraphiQL asks: through the session, as whoever is signed in.
import type { Fetcher } from '@graphiql/toolkit';
import type { TFunction } from 'i18next';
import { AskError, type Answer, type Ask } from '../graph/ask.ts';
import type { Wishes } from './wishes.ts';

/** What is kept of the last run beside its answer. */
export interface Run {
  readonly requestId: string | null;
  readonly status: number;
  /** As the gateway sends it; undefined where it sent none. */
  readonly plan: unknown;
  /** Whose answer it was. */
  readonly askerKey: string;
}

/**
 * Makes GraphiQL's way to the graph.
 *
 * @param isCurrent tells whether whoever asked is signed in still: an answer that comes later is not
 *   shown to the next one
 * @param onRun is told null when a run begins
 */
export function createFetcher(
  ask: Ask,
  t: TFunction,
  { filter, withPlan }: Pick<Wishes, 'filter' | 'withPlan'>,
  isCurrent: () => boolean,
  onRun: (run: Omit<Run, 'askerKey'> | null) => void,
): Fetcher {
  return async ({ query, variables, operationName }, options) => {
    onRun(null);
    try {
      const answer = await ask(query, variables as Readonly<Record<string, unknown>> | undefined, {
        operationName: operationName ?? null,
        filter,
        plan: withPlan,
        headers: options?.headers ?? {},
      });
      if (!isCurrent()) return { errors: [{ message: t('editor.switched') }] };
      const { requestId, status, extensions } = answer;
      onRun({ requestId, status, plan: extensions['plan'] });
      return shownAnswer(answer);
    } catch (error) {
      // GraphiQL would show the stack of what is thrown.
      const kind = error instanceof AskError ? error.kind : 'unreachable';
      const hint = t(`states.failureHint.${kind}`);
      return { errors: [{ message: t(`states.failure.${kind}`), extensions: { hint } }] };
    }
  };
}

/** The plan has a picture of its own; the rest stands as it came. */
function shownAnswer({
  data,
  errors,
  extensions,
}: Answer<Readonly<Record<string, unknown>>>): object {
  const rest = Object.fromEntries(Object.entries(extensions).filter(([key]) => key !== 'plan'));
  return {
    ...(errors.length > 0 ? { errors } : {}),
    ...(data === null ? {} : { data }),
    ...(Object.keys(rest).length > 0 ? { extensions: rest } : {}),
  };
}
