// How Monaco behaves on this page: our type, our theme, no pictures, and Tab leads out of it, since who
// works by keyboard alone would be caught in it otherwise (WCAG 2.1.2).
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';
import { useThemeChoice } from '../theme/theme-context.tsx';

const TYPE = {
  fontFamily:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSize: 13,
  lineHeight: 18,
  lineNumbersMinChars: 3,
};

/** Sets it for all editors. */
export function useMonacoManners(): void {
  const { theme } = useThemeChoice();
  const { setTheme } = useGraphiQLActions();
  const query = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  const headers = useGraphiQL((state) => state.headerEditor);
  const response = useGraphiQL((state) => state.responseEditor);
  useEffect(() => {
    for (const editor of [query, variables, headers, response]) editor?.updateOptions(TYPE);
    query?.updateOptions({ glyphMargin: true });
    // GraphiQL would fetch a picture that a text of the answer names, of whatever host.
    response?.updateOptions({ hover: { enabled: false } });
    const listeners = [query, variables, headers, response].map((editor) =>
      editor?.onKeyDown((event) => {
        // Kept from Monaco, the browser moves on; its own option for that has no effect here.
        if (event.code === 'Tab') event.stopPropagation();
      }),
    );
    return () => {
      for (const listener of listeners) listener?.dispose();
    };
  }, [query, variables, headers, response]);
  useEffect(() => {
    // Never removed: the tasks are cancelled after the editor has gone. Added again, it is one still.
    window.addEventListener('unhandledrejection', forgiveCancelling);
  }, []);
  useEffect(() => {
    setTheme(theme);
  }, [theme, setTheme]);
}

/** Monaco rejects what it had begun when its editor goes, with an error of this name: that is no fault. */
function forgiveCancelling(event: PromiseRejectionEvent): void {
  if (event.reason instanceof Error && event.reason.name === 'Canceled') event.preventDefault();
}
