// An answer of the graph for a component: asked again when the document, its variables or the asker
// change, and never shown to another asker than the one it was given to.
import { useCallback, useEffect, useState } from 'react';
import { useSession } from '../session/session-context.tsx';
import type { Answer, AskOptions } from './ask.ts';

/** Where a question stands. `failed` holds what was thrown; errors of the graph are in the answer. */
export type AnswerState<Data> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'answered'; readonly answer: Answer<Data> }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What is asked; null asks nothing yet. */
export interface Question extends Pick<AskOptions, 'filter' | 'operationName'> {
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Asks a question, and gives where it stands with the way to ask it again. */
export function useAnswer<Data = Readonly<Record<string, unknown>>>(
  question: Question | null,
): { readonly state: AnswerState<Data>; readonly again: () => void } {
  const { ask, askerKey, state: session } = useSession();
  const isWaiting = question === null || session.isChanging;
  const [round, setRound] = useState(0);
  const key = `${askerKey}\n${round}\n${JSON.stringify(question)}`;
  const [known, setKnown] = useState<{ readonly key: string; readonly state: AnswerState<Data> }>();
  useEffect(() => {
    if (isWaiting) return undefined;
    const controller = new AbortController();
    const { document, variables, filter = false, operationName = null } = question;
    const settle = (state: AnswerState<Data>): void => {
      if (!controller.signal.aborted) setKnown({ key, state });
    };
    ask<Data>(document, variables, { signal: controller.signal, filter, operationName }).then(
      (answer) => {
        settle({ kind: 'answered', answer });
      },
      (error: unknown) => {
        settle({ kind: 'failed', error });
      },
    );
    return () => {
      controller.abort();
    };
    // The key names all that the question consists of; an object is new with every rendering.
  }, [key, ask, isWaiting]);
  const again = useCallback(() => {
    setRound((last) => last + 1);
  }, []);
  return { state: known?.key === key ? known.state : { kind: 'loading' }, again };
}
