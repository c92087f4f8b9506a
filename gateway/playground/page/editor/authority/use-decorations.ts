// Marks each field of the query with its decision: a sign in the margin, a line and a word at the
// field, and on hovering class, owner, rule and the way to unlock it.
import { useGraphiQL, useMonaco } from '@graphiql/react';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { APPLY_COMMAND, writeDecorations, type EditorDecoration } from './write-decorations.ts';
import { placeFields } from './place-fields.ts';
import { useApplyLink } from './use-apply-link.ts';
import type { ExplanationState } from './use-explanation.ts';

/** Marks the fields of the query editor. */
export function useDecorations(state: ExplanationState): void {
  const { t } = useTranslation();
  const editor = useGraphiQL(({ queryEditor }) => queryEditor);
  const operationName = useGraphiQL((store) => store.operationName) ?? null;
  const linkTo = useApplyLink();
  useApplyCommand();
  const decorations = useMemo((): readonly EditorDecoration[] => {
    if (state.kind !== 'explained') return [];
    const { text, explanation } = state;
    const placed = placeFields(text, operationName, explanation.fields);
    return writeDecorations(placed, t, (field) => linkTo(text, [field]));
  }, [state, operationName, t, linkTo]);
  // While a new decision is on its way the marks of the last one stay: Monaco moves them with the text.
  const isStale = state.kind === 'asking' || state.kind === 'incomplete';
  useEffect(() => {
    if (!editor || isStale) return undefined;
    const collection = editor.createDecorationsCollection([...decorations]);
    return () => {
      collection.clear();
    };
  }, [editor, decorations, isStale]);
}

function useApplyCommand(): void {
  const monaco = useMonaco((store) => store.monaco);
  const [, navigate] = useLocation();
  const latest = useRef(navigate);
  useEffect(() => {
    latest.current = navigate;
  }, [navigate]);
  useEffect(() => {
    if (!monaco) return undefined;
    const command = monaco.editor.registerCommand(APPLY_COMMAND, (_accessor, address: unknown) => {
      if (typeof address === 'string' && address.startsWith('/access/apply?')) {
        latest.current(address);
      }
    });
    return () => {
      command.dispose();
    };
  }, [monaco]);
}
