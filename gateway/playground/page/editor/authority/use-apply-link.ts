// The address of the application form for fields of the query that is shown.
import { useGraphiQL } from '@graphiql/react';
import { useCallback } from 'react';
import { useSession } from '../../session/session-context.tsx';
import { parseVariables } from '../share/parse-variables.ts';
import { applyLink, subjectOf } from './apply-link.ts';
import type { FieldExplanation } from './explanation.ts';

/** Gives the way from fields, and the text that they stand in, to the address. */
export function useApplyLink(): (text: string, fields: readonly FieldExplanation[]) => string {
  const variables = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.variables) ?? '';
  const { purpose } = useSession().state;
  return useCallback(
    (text, fields) =>
      applyLink({ subject: subjectOf(text, parseVariables(variables)), fields, purpose }),
    [variables, purpose],
  );
}
