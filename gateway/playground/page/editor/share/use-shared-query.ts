// The query that the address shares, read once when the editor opens.
import { useEffect, useState } from 'react';
import { readSharedQuery, type SharedQuery } from './share-link.ts';

/** Where reading it stands. */
export type SharedState =
  | { readonly kind: 'reading' | 'none' | 'unreadable' }
  | ({ readonly kind: 'read' } & SharedQuery);

/** Reads it, and takes it out of the address: a reload shows what was made of it since. */
export function useSharedQuery(): SharedState {
  const [state, setState] = useState<SharedState>(() => ({
    kind: location.hash.startsWith('#query=') ? 'reading' : 'none',
  }));
  useEffect(() => {
    if (state.kind !== 'reading') return;
    readSharedQuery(location.hash).then((shared) => {
      history.replaceState(history.state, '', location.pathname + location.search);
      if (shared) setState({ kind: 'read', ...shared });
      else setState({ kind: shared === null ? 'unreadable' : 'none' });
    }, reportError);
  }, [state.kind]);
  return state;
}
