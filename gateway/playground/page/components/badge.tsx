// Short marks for class, coverage and decision. The word or its letters stand on each: colour alone
// says nothing.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DisclosureClass } from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import './badge.css';

/** What `explain` decides of a field. */
export type Decision = 'ALLOWED' | 'DEPENDS_ON_SUBJECT' | 'REFUSED';

/** What a sector's coverage can say, and that a caller may not see the section at all. */
export type CoverageWord = 'CHECKED' | 'UNAVAILABLE' | 'WITHHELD';

const SIGNS = { ALLOWED: '✓', DEPENDS_ON_SUBJECT: '◐', REFUSED: '✕' } as const;
const COVERAGE_SIGNS = { CHECKED: '✓', UNAVAILABLE: '?', WITHHELD: '✕' } as const;

/** Shows a class; null is what nobody may see. `isShort` leaves its two letters and says the rest. */
export function ClassBadge(props: {
  readonly name: DisclosureClass | null;
  readonly isShort?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { name, isShort = false } = props;
  const text = name === null ? t('authority.class.none') : t(`authority.class.${name}`);
  const meaning = name === null ? '' : t(`authority.classMeaning.${name}`);
  const look = `badge badge-class-${(name ?? 'none').toLowerCase()}`;
  if (!isShort) {
    return (
      <span className={look} title={meaning}>
        {text}
      </span>
    );
  }
  return (
    <span className={`${look} badge-short`} title={`${text}: ${meaning}`}>
      <span aria-hidden="true">{name === null ? '—' : name.slice(0, 2)}</span>
      <span className="only-read">{text}</span>
    </span>
  );
}

/** Shows a decision, with its sign. */
export function DecisionBadge(props: {
  readonly decision: Decision;
  readonly isShort?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { decision, isShort = false } = props;
  const text = t(`authority.decision.${decision}`);
  return (
    <span className={`badge badge-${decision.toLowerCase()}`} title={isShort ? text : undefined}>
      <span aria-hidden="true">{SIGNS[decision]}</span>
      <span className={isShort ? 'only-read' : undefined}>{text}</span>
    </span>
  );
}

/** Shows what a sector's answer covers: never a bare nothing. */
export function CoverageBadge(props: { readonly status: CoverageWord }): ReactNode {
  const { t } = useTranslation();
  const { status } = props;
  return (
    <span
      className={`badge badge-coverage-${status.toLowerCase()}`}
      title={t(`authority.coverageMeaning.${status}`)}
    >
      <span aria-hidden="true">{COVERAGE_SIGNS[status]}</span>
      <span>{t(`authority.coverage.${status}`)}</span>
    </span>
  );
}
