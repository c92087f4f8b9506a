// Why a sign-in or renewal did not come about.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '../components/states.tsx';
import { AskError } from '../graph/ask.ts';
import { useSession } from '../session/session-context.tsx';

/** Shows the problem of the session, if it has one. */
export function SessionProblemBox(): ReactNode {
  const { t } = useTranslation();
  const { problem } = useSession().state;
  if (problem === null) return null;
  if (problem.kind === 'refused') return <ErrorBox errors={[problem.error]} />;
  const kind = problem.error instanceof AskError ? problem.error.kind : 'sign-in';
  return (
    <ErrorBox
      errors={[
        {
          message: kind === 'sign-in' ? t('session.failed') : t(`states.failure.${kind}`),
          extensions: {
            hint: kind === 'sign-in' ? t('session.failedHint') : t(`states.failureHint.${kind}`),
          },
        },
      ]}
    />
  );
}
