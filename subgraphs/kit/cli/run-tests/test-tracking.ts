// node:test follows every promise of a process, to know of which test it is: a sixth of the work of tests
// that run servers beside them. It needs to while test files are loaded, for what they declare belongs
// to the suite that loads them; tests themselves run in a context that they are handed.
import asyncHooks from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

/** Takes hold of the hook by which node:test follows; to be called before node:test is loaded. */
export function holdTestTracking(): { readonly end: () => void } {
  const create = asyncHooks.createHook;
  const held: asyncHooks.AsyncHook[] = [];
  asyncHooks.createHook = (callbacks) => {
    const hook = create(callbacks);
    held.push(hook);
    return hook;
  };
  syncBuiltinESMExports();
  return {
    /**
     * Ends the following, when all is declared. An error that nobody catches is then one of the file, not
     * of a test, and fails it as well.
     */
    end() {
      asyncHooks.createHook = create;
      syncBuiltinESMExports();
      for (const hook of held) hook.disable();
    },
  };
}
