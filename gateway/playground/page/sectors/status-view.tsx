// How one sector stands, or plainly that this is withheld and from whom it is not.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClassBadge, CoverageBadge } from '../components/badge.tsx';
import { Table } from '../components/table.tsx';
import { wayToSee } from '../graph/way-to-see.ts';
import { useWording } from '../report/use-wording.ts';
import { formatInstant } from '../report/write-value.ts';
import type { SectorStatus, StatusField } from './sector-statuses.ts';

/** Draws the status of a sector. */
export function StatusView(props: {
  readonly field: StatusField;
  readonly status: SectorStatus;
}): ReactNode {
  const { t } = useTranslation();
  const { language, names } = useWording();
  const { field, status } = props;
  if (status.kind !== 'told') {
    return (
      <div className="status-withheld">
        <CoverageBadge status={status.kind === 'withheld' ? 'WITHHELD' : 'UNAVAILABLE'} />{' '}
        <ClassBadge name={field.authority.class} />{' '}
        <p>
          {status.kind === 'withheld'
            ? wayToSee(t, field.authority)
            : t('authority.coverageMeaning.UNAVAILABLE')}
        </p>
      </div>
    );
  }
  const instant = (at: string | null): string =>
    at === null ? t('sectors.never') : formatInstant(at, language);
  return (
    <>
      <dl className="status-facts">
        <div>
          <dt>{t('sectors.lastImport')}</dt>
          <dd>{instant(status.lastImportAt)}</dd>
        </div>
        <div>
          <dt>{t('sectors.oldestRead')}</dt>
          <dd>{instant(status.oldestRetrievedAt)}</dd>
        </div>
        <div>
          <dt>{t('sectors.nextDeadline')}</dt>
          <dd>{status.nextDisplayDeadline ?? t('sectors.noDeadline')}</dd>
        </div>
      </dl>
      <Table
        caption={t('sectors.byType')}
        rows={status.records}
        rowKey={({ type }) => type}
        columns={[
          {
            key: 'type',
            title: t('sectors.type'),
            cell: ({ type }) => (
              <>
                {names.ofType(type)} <code>{type}</code>
              </>
            ),
            isRowTitle: true,
          },
          {
            key: 'current',
            title: t('sectors.current'),
            align: 'end',
            cell: ({ current }) => current,
          },
          {
            key: 'displayed',
            title: t('sectors.displayed'),
            align: 'end',
            cell: ({ displayed }) => displayed,
          },
        ]}
      />
    </>
  );
}
