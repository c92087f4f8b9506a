// Opens a text in a tab of its own.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';

/**
 * Gives the way to open a query in a new tab, or in the tab that holds it already; null until the editor
 * is there, since GraphiQL takes the text of the tab that is left from it.
 */
export function useOpenQuery(): ((query: string, variables?: string) => void) | null {
  const actions = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const tabs = useGraphiQL((state) => state.tabs);
  if (!queryEditor) return null;
  return (query, variables = '') => {
    const open = tabs.findIndex(
      (tab) => tab.query === query && (tab.variables ?? '') === variables,
    );
    if (open >= 0) {
      actions.changeTab(open);
      return;
    }
    actions.addTab();
    queryEditor.setValue(query);
    variableEditor?.setValue(variables);
  };
}
