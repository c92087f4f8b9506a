// The ways to sign in, over the page that one is on: the query in the editor stays.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../components/dialog.tsx';
import { SignIn } from './sign-in.tsx';

/** Draws the dialog while it is open. */
export function SignInDialog(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Dialog title={t('session.signIn')} isOpen={props.isOpen} onClose={props.onClose}>
      <SignIn onDone={props.onClose} />
    </Dialog>
  );
}
