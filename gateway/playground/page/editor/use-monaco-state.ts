// Whether the editor has come: its code is loaded after the page around it, and may fail to.
import { useMonaco } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { MissingPartError } from '../components/missing-part-error.ts';

/** Where the editor stands. */
export type MonacoState =
  | { readonly kind: 'loading' | 'there' }
  | { readonly kind: 'failed'; readonly error: MissingPartError };

/** Waits for the editor's code. */
export function useMonacoState(): MonacoState {
  const isThere = useMonaco(({ monaco }) => monaco !== undefined);
  const { initialize } = useMonaco(({ actions }) => actions);
  const [error, setError] = useState<MissingPartError>();
  useEffect(() => {
    // GraphiQL has begun the same, and tells nobody but the console when it fails.
    initialize().catch((cause: unknown) => {
      setError(new MissingPartError(cause));
    });
  }, [initialize]);
  if (isThere) return { kind: 'there' };
  return error ? { kind: 'failed', error } : { kind: 'loading' };
}
