// A dialog of the browser's own: it keeps the focus, closes by Escape, and gives the focus back.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import './dialog.css';

/** Draws a dialog while `isOpen`; `onClose` is told however it is closed. */
export function Dialog(props: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { title, isOpen, onClose, children } = props;
  const { t } = useTranslation();
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (isOpen) element.current?.showModal();
    else element.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={element} className="dialog" aria-labelledby={titleId} onClose={onClose}>
      {isOpen ? (
        <>
          <header className="dialog-header">
            <h2 id={titleId}>{title}</h2>
            <Button look="quiet" onClick={onClose} aria-label={t('states.close')}>
              ✕
            </Button>
          </header>
          <div className="dialog-body">{children}</div>
        </>
      ) : null}
    </dialog>
  );
}
