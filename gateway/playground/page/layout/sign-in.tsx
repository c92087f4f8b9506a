// The ways to sign in: the operator's provider, or a token that one has already.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../components/button.tsx';
import { TextAreaField } from '../components/field.tsx';
import { readPastedToken } from '../session/principal.ts';
import { useSession } from '../session/session-context.tsx';

/** Draws the ways to sign in; `onDone` is told when one was taken. */
export function SignIn(props: { readonly onDone?: () => void }): ReactNode {
  const { t } = useTranslation();
  const { openId } = useSession();
  const [path] = useLocation();
  const [failed, setFailed] = useState(false);
  return (
    <>
      {openId === null ? null : (
        <div className="sign-in-way">
          <p>{t('session.openIdLead')}</p>
          <Button
            look="main"
            onClick={() => {
              openId.leave(path + location.search).catch(() => {
                setFailed(true);
              });
            }}
          >
            {t('session.openId')}
          </Button>
          {failed ? (
            <p className="field-error" role="alert">
              {t('session.openIdFailed')}
            </p>
          ) : null}
        </div>
      )}
      <PastedToken {...props} />
    </>
  );
}

function PastedToken({ onDone }: { readonly onDone?: () => void }): ReactNode {
  const { t } = useTranslation();
  const { signIn, state } = useSession();
  const [text, setText] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const submit = (): void => {
    const credential = readPastedToken(text);
    setIsWrong(credential === null);
    if (credential === null) return;
    setText('');
    signIn(() => Promise.resolve(credential)).then(onDone, reportError);
  };
  return (
    <form
      className="sign-in-way"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextAreaField
        label={t('session.token')}
        hint={t('session.tokenHint')}
        error={isWrong ? t('session.tokenWrong') : undefined}
        value={text}
        autoComplete="off"
        spellCheck={false}
        className="control"
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <div>
        <Button type="submit" look="main" isBusy={state.isChanging}>
          {t('session.useToken')}
        </Button>
      </div>
    </form>
  );
}
