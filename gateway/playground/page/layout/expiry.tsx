// When the token ends, said before it does; with the way to a new one.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { useExpiry } from '../session/use-expiry.ts';
import { useSession } from '../session/session-context.tsx';

const SOON_MS = 300_000;
const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

/** Shows how long the token is valid; `onSignIn` is told when another pasted one is wanted. */
export function Expiry(props: { readonly onSignIn: () => void }): ReactNode {
  const { t } = useTranslation();
  const { state, renew } = useSession();
  const leftMs = useExpiry();
  const { credential } = state;
  if (leftMs === null || !credential?.expiresAt) return null;
  const minutes = Math.ceil(leftMs / MINUTE_MS);
  const hours = Math.floor(minutes / HOUR_MINUTES);
  const left =
    hours > 0
      ? t('session.hoursLeft', { hours, minutes: minutes % HOUR_MINUTES })
      : t('session.minutesLeft', { minutes });
  const isSoon = leftMs < SOON_MS;
  return (
    <span className="expiry" data-soon={isSoon}>
      <time
        dateTime={credential.expiresAt.toISOString()}
        title={credential.expiresAt.toLocaleString()}
      >
        {leftMs === 0 ? t('session.expired') : left}
      </time>
      {isSoon ? (
        <span className="only-read" role="alert">
          {leftMs === 0 ? t('session.expiredHint') : t('session.soonHint')}
        </span>
      ) : null}
      {credential.kind === 'pasted' ? (
        isSoon ? (
          <Button look="quiet" onClick={props.onSignIn}>
            {t('session.signInAgain')}
          </Button>
        ) : null
      ) : (
        <Button
          look="quiet"
          isBusy={state.isChanging}
          onClick={() => {
            renew().catch(reportError);
          }}
        >
          {t('session.renew')}
        </Button>
      )}
    </span>
  );
}
