// The decision on the query as a list: what the marks in the text say, for who does not see them.
import { useGraphiQL } from '@graphiql/react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ClassBadge, DecisionBadge, type Decision } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Empty, ErrorBox, FailureBox, Loading } from '../../components/states.tsx';
import { nameOfSector } from '../../texts/name-of-sector.ts';
import { isApplicable } from './apply-link.ts';
import type { Explanation, FieldExplanation } from './explanation.ts';
import { placesInOrder, type Place } from './place-fields.ts';
import { useApplyLink } from './use-apply-link.ts';
import type { ExplanationState } from './use-explanation.ts';
import { ownersOf, wayOf } from './wording.ts';
import './authority-panel.css';

const DECISIONS: readonly Decision[] = ['REFUSED', 'DEPENDS_ON_SUBJECT', 'ALLOWED'];

/** Draws the decision on the query. */
export function AuthorityPanel(props: { readonly state: ExplanationState }): ReactNode {
  const { t } = useTranslation();
  const { state } = props;
  switch (state.kind) {
    case 'asking':
      return <Loading what={t('editor.authority.asking')} />;
    case 'empty':
    case 'incomplete':
    case 'too-long':
      return <Empty title={t(`editor.authority.${state.kind}`)} />;
    case 'failed':
      return <FailureBox error={state.error} again={state.again} />;
    case 'refused':
      return <ErrorBox errors={state.errors} />;
    case 'explained':
      return <Explained text={state.text} explanation={state.explanation} />;
  }
}

interface Decided {
  readonly field: FieldExplanation;
  readonly place: Place | undefined;
}

function Explained(props: { readonly text: string; readonly explanation: Explanation }): ReactNode {
  const { t } = useTranslation();
  const { text, explanation } = props;
  const operationName = useGraphiQL((state) => state.operationName) ?? null;
  const places = placesInOrder(text, operationName) ?? [];
  const decided = explanation.fields.map((field, at): Decided => ({ field, place: places[at] }));
  const applicable = explanation.fields.filter(isApplicable);
  const sectors = [...new Set(applicable.flatMap(({ sectors: [owner] }) => owner ?? []))];
  return (
    <div className="decided">
      <p className="decided-whole">
        <DecisionBadge decision={explanation.decision} />
        <span>{t(`editor.authority.whole.${explanation.decision}`)}</span>
      </p>
      {sectors.map((sector) => (
        <SectorApplication
          key={sector}
          sector={sector}
          fields={applicable.filter(({ sectors: [owner] }) => owner === sector)}
          text={text}
        />
      ))}
      {DECISIONS.map((decision) => (
        <Group
          key={decision}
          decision={decision}
          decided={decided.filter(({ field }) => field.decision === decision)}
          text={text}
        />
      ))}
    </div>
  );
}

/** One application for all that a sector's reviewers would decide on, rather than one a field. */
function SectorApplication(props: {
  readonly sector: string;
  readonly fields: readonly FieldExplanation[];
  readonly text: string;
}): ReactNode {
  const { t } = useTranslation();
  const { sector, fields, text } = props;
  const linkTo = useApplyLink();
  if (fields.length < 2) return null;
  return (
    <p>
      <Link href={linkTo(text, fields)}>
        {t('editor.authority.applyAll', { count: fields.length, sector: nameOfSector(sector, t) })}
      </Link>
    </p>
  );
}

function Group(props: {
  readonly decision: Decision;
  readonly decided: readonly Decided[];
  readonly text: string;
}): ReactNode {
  const { t } = useTranslation();
  const { decision, decided, text } = props;
  const [isOpen, setIsOpen] = useState(decision !== 'ALLOWED');
  if (decided.length === 0) return null;
  return (
    <details
      open={isOpen}
      onToggle={(event) => {
        setIsOpen(event.currentTarget.open);
      }}
      className="decided-group"
    >
      <summary>
        <DecisionBadge decision={decision} />
        <span>{t('editor.authority.count', { count: decided.length })}</span>
      </summary>
      {/* Hundreds of allowed fields are drawn when they are asked for, not before one can type. */}
      <ul>
        {(isOpen ? decided : []).map((one, at) => (
          <DecidedField key={`${at} ${one.field.path.join('.')}`} {...one} text={text} />
        ))}
      </ul>
    </details>
  );
}

function DecidedField(props: Decided & { readonly text: string }): ReactNode {
  const { t } = useTranslation();
  const { field, place, text } = props;
  const linkTo = useApplyLink();
  const reveal = useReveal(place);
  const way = wayOf(field, t);
  return (
    <li className="decided-field">
      <Button
        look="quiet"
        className="decided-path"
        onClick={reveal}
        title={t('editor.authority.reveal')}
      >
        {field.path.join(' › ')}
      </Button>
      <p className="decided-marks">
        <ClassBadge name={field.class} />
        <span>{ownersOf(field, t)}</span>
        <code>{field.coordinate}</code>
      </p>
      {field.decision === 'ALLOWED' ? null : (
        <>
          <p>{t(`authority.rule.${field.rule}`)}</p>
          <p>
            <strong>{t('editor.authority.way')}:</strong> {way}
          </p>
        </>
      )}
      {isApplicable(field) ? (
        <Link href={linkTo(text, [field])} className="page-button button-plain">
          {t('editor.authority.apply')}
        </Link>
      ) : null}
    </li>
  );
}

/** Gives the way to a place in the text. */
function useReveal(place: Place | undefined): () => void {
  const editor = useGraphiQL((state) => state.queryEditor);
  return () => {
    if (!editor || !place) return;
    editor.setPosition({ lineNumber: place.line, column: place.column });
    editor.revealLineInCenter(place.line);
    editor.focus();
  };
}
