// A value that changes, and tells who draws it.
/** A value in memory with its listeners. */
export interface Store<State> {
  readonly state: () => State;
  readonly change: (part: Partial<State>) => void;
  /** Returns the way to listen no longer. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Makes a store. */
export function createStore<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    change(part) {
      state = { ...state, ...part };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
