// Takes an answer off the screen when it was given to somebody else than who is signed in now: each
// tab keeps its answer, and a reader who switches would take it for one of the new caller.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import { useSession } from '../session/session-context.tsx';

/** Forgets answers of others, in the tab that is shown. */
export function useForeignAnswers(): void {
  const { askerKey } = useSession();
  const actions = useGraphiQLActions();
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex]);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  const askers = useRef(new Map<string, string>());
  const response = tab?.response ?? '';
  const id = tab?.id;
  useEffect(() => {
    if (id === undefined) return;
    const known = askers.current.get(id);
    if (known !== undefined && known !== askerKey) {
      actions.stop();
      responseEditor?.setValue('');
      actions.updateActiveTabValues({ response: null });
    }
    askers.current.set(id, askerKey);
  }, [id, askerKey, responseEditor, actions, response]);
}
