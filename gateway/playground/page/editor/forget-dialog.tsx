// Takes what the editor keeps on this device away: tabs and history.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';

const PREFIX = 'graphiql:';

/** Draws the question whether to forget; the page starts anew after it. */
export function ForgetDialog(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Dialog title={t('editor.forget.title')} {...props}>
      <p>{t('editor.forget.lead')}</p>
      <div className="dialog-actions">
        <Button onClick={props.onClose}>{t('states.cancel')}</Button>
        <Button look="danger" onClick={forget}>
          {t('editor.forget.do')}
        </Button>
      </div>
    </Dialog>
  );
}

function forget(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
  location.reload();
}
