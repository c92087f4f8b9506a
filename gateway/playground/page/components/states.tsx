// What stands where there is nothing yet, nothing at all, or nothing because something failed.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AskError, type GraphError } from '../graph/ask.ts';
import { problemWords, type ProblemWords } from '../texts/problem-words.ts';
import { Button } from './button.tsx';
import { MissingPartError } from './missing-part-error.ts';
import './states.css';

/** Says that something is on its way. */
export function Loading(props: { readonly what?: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <p className="state state-loading" role="status">
      <span className="state-dot" aria-hidden="true" />
      {props.what ?? t('states.loading')}
    </p>
  );
}

/** Says that there is nothing, and what that means. */
export function Empty(props: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  return (
    <div className="state state-empty">
      <p className="state-title">{props.title}</p>
      {props.children}
    </div>
  );
}

/** Shows what the graph refused or could not do: message, next step, code, request. */
export function ErrorBox(props: {
  readonly errors: readonly GraphError[];
  readonly requestId?: string | null;
  readonly again?: () => void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const { errors, requestId, again } = props;
  return (
    <div className="state state-error" role="alert">
      <ul className="state-errors">
        {errors.slice(0, ERRORS_MAX).map((error, at) => (
          <li key={at}>
            <ErrorWords {...problemWords(error, t, i18n.language)} />
            {error.locations?.length ? (
              <p className="state-place">
                {error.locations.map((place) => t('states.place', place)).join(' · ')}
              </p>
            ) : null}
            {typeof error.extensions['code'] === 'string' ? (
              <code>{error.extensions['code']}</code>
            ) : null}
          </li>
        ))}
      </ul>
      {errors.length > ERRORS_MAX ? (
        <p>{t('states.moreErrors', { count: errors.length - ERRORS_MAX })}</p>
      ) : null}
      {requestId ? <p className="state-request">{t('states.request', { id: requestId })}</p> : null}
      {again ? <Button onClick={again}>{t('states.again')}</Button> : null}
    </div>
  );
}

function ErrorWords({ message, hint, original }: ProblemWords): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <p className="state-title">{message}</p>
      {hint === null ? null : <p>{hint}</p>}
      {original === null ? null : (
        <p className="state-original">
          {t('states.original')}
          <span lang="en">{original}</span>
        </p>
      )}
    </>
  );
}

/** Shows why no answer came at all, or what the graph said where it said something. */
export function FailureBox(props: {
  readonly error: unknown;
  readonly errors?: readonly GraphError[];
  readonly requestId?: string | null;
  readonly again?: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { errors = [] } = props;
  if (errors.length > 0) return <ErrorBox {...props} errors={errors} />;
  const kind = props.error instanceof AskError ? props.error.kind : 'unreachable';
  return (
    <div className="state state-error" role="alert">
      <p className="state-title">{t(`states.failure.${kind}`)}</p>
      <p>{t(`states.failureHint.${kind}`)}</p>
      {props.again ? <Button onClick={props.again}>{t('states.again')}</Button> : null}
    </div>
  );
}

/** Shows that something of the page itself has failed or did not come, with the way out. */
export function BrokenBox({ error }: { readonly error: unknown }): ReactNode {
  const { t } = useTranslation();
  const kind = error instanceof MissingPartError ? 'missing' : 'broken';
  return (
    <div className="state state-error" role="alert">
      <p className="state-title">{t(`states.${kind}`)}</p>
      <p>{t(`states.${kind}Hint`)}</p>
      <Button
        onClick={() => {
          location.reload();
        }}
      >
        {t('states.reload')}
      </Button>
    </div>
  );
}

/** A refused operation can name hundreds of fields. */
const ERRORS_MAX = 10;
