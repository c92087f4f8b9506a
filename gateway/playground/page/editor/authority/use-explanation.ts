// The decision on the query as it is written: asked for when the writer pauses, for whoever is signed
// in. Nothing of the query is executed.
import { useGraphiQL } from '@graphiql/react';
import { GraphQLError, Kind, parse } from 'graphql';
import { useMemo } from 'react';
import type { GraphError } from '../../graph/ask.ts';
import { useAnswer } from '../../graph/use-answer.ts';
import { EXPLAINED_CHARACTERS_MAX, EXPLANATION, type Explanation } from './explanation.ts';
import { useSettled } from './use-settled.ts';

/** Where the decision stands. */
export type ExplanationState =
  | { readonly kind: 'empty' | 'incomplete' | 'too-long' | 'asking' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly again: () => void }
  | { readonly kind: 'refused'; readonly errors: readonly GraphError[] }
  | { readonly kind: 'explained'; readonly explanation: Explanation; readonly text: string };

const PAUSE_MS = 350;

const EXPLAIN = `query Explain($operation: String!, $name: String) {
  explain(operation: $operation, operationName: $name) { ...Decided }
}
${EXPLANATION}`;

/** Explains the query of the tab that is shown. */
export function useExplanation(): ExplanationState {
  const query = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.query) ?? '';
  const operationName = useGraphiQL((state) => state.operationName);
  const text = useSettled(query, PAUSE_MS);
  const kind = useMemo(() => kindOf(text), [text]);
  const { state, again } = useAnswer<{ readonly explain: Explanation | null }>(
    kind === 'asking'
      ? { document: EXPLAIN, variables: { operation: text, name: operationName ?? null } }
      : null,
  );
  return useMemo((): ExplanationState => {
    if (kind !== 'asking') return { kind };
    if (state.kind === 'loading') return { kind };
    if (state.kind === 'failed') return { kind: 'failed', error: state.error, again };
    const { data, errors } = state.answer;
    return data?.explain
      ? { kind: 'explained', explanation: data.explain, text }
      : { kind: 'refused', errors };
  }, [kind, state, again, text]);
}

/** What is no whole operation yet is not sent: the editor itself marks its syntax. */
export function kindOf(text: string): 'empty' | 'incomplete' | 'too-long' | 'asking' {
  if (text.length > EXPLAINED_CHARACTERS_MAX) return 'too-long';
  try {
    const { definitions } = parse(text, { noLocation: true });
    return definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION) ? 'asking' : 'empty';
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return /^(\s|#.*|,)*$/.test(text) ? 'empty' : 'incomplete';
  }
}
