// Where the provider sends the reader back to: ends the sign-in and goes on to where the reader was.
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Loading } from '../components/states.tsx';
import { useSession } from '../session/session-context.tsx';

/** Draws the end of a sign-in. */
export function SignedInPage(): ReactNode {
  const { t } = useTranslation();
  const { openId, signIn } = useSession();
  const [, navigate] = useLocation();
  const hasBegun = useRef(false);
  useEffect(() => {
    // A code is good for one use, and React's strict mode runs an effect twice.
    if (hasBegun.current) return;
    hasBegun.current = true;
    let returnTo = '/';
    const comeBack = async (): Promise<void> => {
      if (openId) {
        await signIn(async () => {
          const back = await openId.comeBack();
          ({ returnTo } = back);
          return back.credential;
        });
      }
      // Also takes the code out of the address and its history.
      navigate(returnTo, { replace: true });
    };
    comeBack().catch(reportError);
  }, [openId, signIn, navigate]);
  return <Loading what={t('session.comingBack')} />;
}
