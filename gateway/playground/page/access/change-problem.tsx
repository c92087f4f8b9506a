// Why a change did not come about, at the place where it was tried.
import type { ReactNode } from 'react';
import { ErrorBox, FailureBox } from '../components/states.tsx';
import type { ChangeFailure } from './use-change.ts';

/** Draws why; nothing where nothing failed. */
export function ChangeProblem(props: { readonly failure: ChangeFailure | null }): ReactNode {
  const { failure } = props;
  if (failure === null) return null;
  return failure.kind === 'refused' ? (
    <ErrorBox errors={failure.errors} requestId={failure.requestId} />
  ) : (
    <FailureBox error={failure.error} />
  );
}
