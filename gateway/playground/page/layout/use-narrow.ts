// Whether the screen is narrow, as the style sheets understand it, for what stands in another order there.
import { useSyncExternalStore } from 'react';

const NARROW = matchMedia('(max-width: 45rem)');

/** Tells it, and anew when it changes. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => NARROW.matches);
}

function subscribe(onChange: () => void): () => void {
  NARROW.addEventListener('change', onChange);
  return () => {
    NARROW.removeEventListener('change', onChange);
  };
}
