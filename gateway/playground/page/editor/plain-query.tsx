// The query as plain text, from the moment the page stands until its editor has come, which is many times
// larger than all the rest. One reads and writes at once, and goes on in the editor where one was.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Draws the text until the editor is there; then gives it text, selection and focus. */
export function PlainQuery(): ReactNode {
  const { t } = useTranslation();
  const actions = useGraphiQLActions();
  const editor = useGraphiQL((state) => state.queryEditor);
  const active = useGraphiQL((state) => state.activeTabIndex);
  const storage = useGraphiQL((state) => state.storage);
  const query = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.query) ?? '';
  const [isComposing, setIsComposing] = useState(false);
  const [isOver, setIsOver] = useState(false);
  const element = useRef<HTMLTextAreaElement>(null);
  // Before the browser hands on another key, so that none falls between the two.
  useLayoutEffect(() => {
    const area = element.current;
    // Who composes a Chinese word would lose it with the focus.
    if (!editor || !area || isComposing) return;
    // The editor began with the text that was kept, in the tab that was open then.
    if (editor.getValue() !== area.value) actions.changeTab(active);
    editor.setSelection(selectionOf(area));
    editor.setScrollTop(area.scrollTop);
    if (area === document.activeElement) editor.focus();
    setIsOver(true);
  }, [editor, isComposing, active, actions]);
  if (isOver) return null;
  return (
    <textarea
      ref={element}
      className="plain-query"
      aria-label={t('editor.query')}
      value={query.replaceAll('\r\n', '\n')}
      wrap="off"
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      onChange={(event) => {
        // As the editor does: a reload opens the tab that holds it.
        storage.set('query', event.target.value);
        actions.updateActiveTabValues({ query: event.target.value, operationName: null });
      }}
      onCompositionStart={() => {
        setIsComposing(true);
      }}
      onCompositionEnd={() => {
        setIsComposing(false);
      }}
    />
  );
}

/** From where to where, as the editor says it; the caret is at the second. */
interface EditorSelection {
  readonly selectionStartLineNumber: number;
  readonly selectionStartColumn: number;
  readonly positionLineNumber: number;
  readonly positionColumn: number;
}

function selectionOf(area: HTMLTextAreaElement): EditorSelection {
  const { value, selectionStart, selectionEnd, selectionDirection } = area;
  const from = placeOf(value, selectionStart);
  const to = placeOf(value, selectionEnd);
  const [anchor, caret] = selectionDirection === 'backward' ? [to, from] : [from, to];
  return {
    selectionStartLineNumber: anchor.line,
    selectionStartColumn: anchor.column,
    positionLineNumber: caret.line,
    positionColumn: caret.column,
  };
}

/** Line and column of an offset, from 1. */
function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
