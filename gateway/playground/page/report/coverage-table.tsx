// What each sector looked at: never a bare nothing. A sector that did not answer is unknown, and what is
// withheld is said to be.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { DisclosureClass } from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import { ClassBadge, CoverageBadge } from '../components/badge.tsx';
import { FailureBox } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { wayToSee } from '../graph/way-to-see.ts';
import { nameOfSector } from '../texts/name-of-sector.ts';
import type { SectionReport } from './load-report.ts';
import type { Withheld } from './report-plan.ts';
import { useWording } from './use-wording.ts';
import { formatInstant } from './write-value.ts';

/** Draws the coverage of every sector. */
export function CoverageTable(props: {
  readonly code: string;
  readonly sections: readonly SectionReport[];
  readonly again: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { language } = useWording();
  const { code, sections, again } = props;
  const failed = sections.flatMap(({ plan, state }) =>
    state.kind === 'failed' ? [{ plan, failure: state.failure }] : [],
  );
  return (
    <>
      <p className="report-lead">{t('report.coverageLead')}</p>
      <Table
        caption={t('report.coverage')}
        isCaptionHidden
        isOfCards
        rows={sections}
        rowKey={({ plan }) => plan.name}
        columns={[
          {
            key: 'sector',
            title: t('report.columns.sector'),
            cell: ({ plan }) => nameOfSector(plan.sector, t),
            isRowTitle: true,
          },
          { key: 'status', title: t('report.columns.status'), cell: (row) => <Status {...row} /> },
          { key: 'upTo', title: t('report.columns.upTo'), cell: (row) => <UpTo {...row} /> },
          {
            key: 'records',
            title: t('report.columns.records'),
            align: 'end',
            cell: (row) => <Count {...row} />,
          },
          {
            key: 'withheld',
            title: t('report.columns.withheld'),
            cell: ({ withheld, plan }) => (
              <WithheldList fields={withheld} code={code} sector={plan.sector} />
            ),
          },
          {
            key: 'at',
            title: t('report.columns.at'),
            cell: ({ state }) =>
              state.kind === 'answered' && state.coverage.checkedAt !== null
                ? formatInstant(state.coverage.checkedAt, language)
                : '—',
          },
        ]}
      />
      {failed.map(({ plan, failure }) => (
        <FailureBox key={plan.name} {...failure} again={again} />
      ))}
    </>
  );
}

function Status({ state }: SectionReport): ReactNode {
  const { t } = useTranslation();
  if (state.kind === 'loading') return <span className="value-none">{t('report.reading')}</span>;
  if (state.kind === 'failed') return <CoverageBadge status="UNAVAILABLE" />;
  return <CoverageBadge status={state.coverage.status} />;
}

function UpTo({ state }: SectionReport): ReactNode {
  const { t } = useTranslation();
  if (state.kind !== 'answered' || state.coverage.upToClass === null) return '—';
  return (
    <>
      <ClassBadge name={state.coverage.upToClass as DisclosureClass} />
      {state.coverage.higherClassesExist ? (
        <span className="report-note"> {t('report.higher')}</span>
      ) : null}
    </>
  );
}

function Count({ state, records, isLoadingMore, incomplete }: SectionReport): ReactNode {
  const { t } = useTranslation();
  const { names } = useWording();
  if (state.kind !== 'answered') return state.kind === 'loading' ? '' : '?';
  // A sector that was not looked at has no number, and least of all a zero.
  if (state.coverage.status !== 'CHECKED') return '?';
  return (
    <>
      {records.length}
      {isLoadingMore ? <p className="report-note">{t('report.more')}</p> : null}
      {incomplete.length > 0 ? (
        <p className="report-note">
          {t('report.incomplete', { lists: incomplete.map(names.ofField).join(', ') })}
        </p>
      ) : null}
    </>
  );
}

function WithheldList(props: {
  readonly fields: readonly Withheld[];
  readonly code: string;
  readonly sector: string;
}): ReactNode {
  const { t } = useTranslation();
  const { names } = useWording();
  const { fields, code, sector } = props;
  if (fields.length === 0) return t('report.nothingWithheld');
  return (
    <details className="withheld">
      <summary>
        <CoverageBadge status="WITHHELD" /> {t('report.withheldCount', { count: fields.length })}
      </summary>
      <ul>
        {fields.map(({ coordinate, ...field }) => (
          <li key={coordinate}>
            <ClassBadge name={field.class} /> <strong>{names.ofField(fieldOf(coordinate))}</strong>{' '}
            <code>{coordinate}</code>
            <p className="report-note">{wayToSee(t, field)}</p>
            {field.class === 'SPECIAL' ? (
              <Link
                href={`/access/apply?subject=${code}&sector=${sector}&fields=${coordinate}`}
                className="no-print"
              >
                {t('report.apply', { field: names.ofField(fieldOf(coordinate)) })}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

function fieldOf(coordinate: string): string {
  return coordinate.slice(coordinate.indexOf('.') + 1);
}
