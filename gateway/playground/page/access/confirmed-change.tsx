// Asks once more before something is given up, and for the reason where one has to be given.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { TextAreaField } from '../components/field.tsx';
import { ChangeProblem } from './change-problem.tsx';
import { useChange } from './use-change.ts';

/** Draws the question while something is pending. */
export function ConfirmedChange(props: {
  readonly pending: {
    readonly title: string;
    readonly text: string;
    readonly document: string;
    readonly id: string;
    readonly needsReason: boolean;
  } | null;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const { pending, onClose, onDone } = props;
  return (
    <Dialog title={pending?.title ?? ''} isOpen={pending !== null} onClose={onClose}>
      {pending === null ? null : <Question {...pending} onClose={onClose} onDone={onDone} />}
    </Dialog>
  );
}

function Question(props: {
  readonly title: string;
  readonly text: string;
  readonly document: string;
  readonly id: string;
  readonly needsReason: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { title, text, document, id, needsReason, onClose, onDone } = props;
  const [reason, setReason] = useState('');
  const change = useChange();
  const submit = async (): Promise<void> => {
    const done = await change.make(document, { id, ...(needsReason && { reason }) });
    if (done) onDone();
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit().catch(reportError);
      }}
    >
      <p>{text}</p>
      {needsReason ? (
        <TextAreaField
          label={t('access.reason')}
          hint={t('access.reasonHint')}
          value={reason}
          required
          maxLength={1_000}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      ) : null}
      <ChangeProblem failure={change.failure} />
      <p className="item-actions">
        <Button onClick={onClose}>{t('states.cancel')}</Button>
        <Button look="danger" type="submit" isBusy={change.isBusy}>
          {title}
        </Button>
      </p>
    </form>
  );
}
