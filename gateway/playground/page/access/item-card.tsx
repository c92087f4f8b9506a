// One application, grant or consent: its state, what it is about, every move that was made with it.
import '../components/badge.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { formatInstant } from '../report/write-value.ts';
import { useWording } from '../report/use-wording.ts';
import type { Move, SubjectName } from './documents.ts';
import { wordOf } from './words.ts';

/** Draws an item around what it says and what can be done with it. */
export function ItemCard(props: {
  readonly state: string;
  readonly subject: SubjectName;
  /** Named values, in order. */
  readonly facts: readonly (readonly [string, ReactNode])[];
  readonly history: readonly Move[];
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode {
  const { state, subject, facts, history, actions, children } = props;
  return (
    <article className="item">
      <header className="item-header">
        <h3>
          <Link href={`/subjects/${encodeURIComponent(subject.code)}`}>
            <bdi>{subject.name ?? subject.code}</bdi>
          </Link>{' '}
          {subject.name === null ? null : <code>{subject.code}</code>}
        </h3>
        <StateBadge state={state} />
      </header>
      <dl className="item-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
      <footer className="item-footer">
        <History moves={history} />
        {actions ? <span className="item-actions">{actions}</span> : null}
      </footer>
    </article>
  );
}

/** Shows field coordinates, one a line. */
export function FieldNames(props: { readonly fields: readonly string[] }): ReactNode {
  return (
    <ul className="item-fields">
      {props.fields.map((field) => (
        <li key={field}>
          <code>{field}</code>
        </li>
      ))}
    </ul>
  );
}

const OPEN = new Set(['LIVE', 'APPROVED']);
const WAITING = new Set(['PENDING', 'AWAITING_SECOND']);

function StateBadge(props: { readonly state: string }): ReactNode {
  const { t } = useTranslation();
  const { state } = props;
  const look = OPEN.has(state) ? 'allowed' : WAITING.has(state) ? 'depends_on_subject' : 'ended';
  const sign = OPEN.has(state) ? '✓' : WAITING.has(state) ? '◐' : '✕';
  return (
    <span className={`badge badge-${look}`}>
      <span aria-hidden="true">{sign}</span>
      {wordOf(t, 'state', state)}
    </span>
  );
}

function History(props: { readonly moves: readonly Move[] }): ReactNode {
  const { t } = useTranslation();
  const { language } = useWording();
  return (
    <details>
      <summary>{t('access.history', { count: props.moves.length })}</summary>
      <ol className="item-history">
        {props.moves.map((move, at) => (
          <li key={at}>
            <time dateTime={move.movedAt}>{formatInstant(move.movedAt, language)}</time>
            {' · '}
            {wordOf(t, 'move', move.kind)} → {wordOf(t, 'state', move.to)}
            {' · '}
            <bdi>{move.organisation}</bdi>
            {move.reason === null ? null : (
              <p>
                <bdi>{move.reason}</bdi>
              </p>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
