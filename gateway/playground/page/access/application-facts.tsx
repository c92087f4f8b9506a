// An application as applicant and reviewer read it: what was applied for, and what of it still stands.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOfSector } from '../texts/name-of-sector.ts';
import type { Application } from './documents.ts';
import { FieldNames, ItemCard } from './item-card.tsx';

/** Draws an application. */
export function ApplicationFacts(props: {
  readonly item: Application;
  readonly actions?: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const { item, actions } = props;
  const isNarrowed =
    item.standingFields.length < item.fields.length || item.standingUntil !== item.until;
  return (
    <ItemCard
      {...item}
      actions={actions}
      facts={[
        [t('access.organisation'), <bdi key="o">{item.organisation}</bdi>],
        [t('access.sector'), nameOfSector(item.sector, t)],
        [t('access.purpose'), t(`authority.purpose.${item.purpose}`)],
        [t('access.caseReference'), <bdi key="c">{item.caseReference}</bdi>],
        [t('access.legalBasis'), <bdi key="l">{item.legalBasis}</bdi>],
        [t('access.until'), item.until],
        [t('access.fields'), <FieldNames key="f" fields={item.fields} />],
        ...(isNarrowed
          ? ([
              [t('access.standingUntil'), item.standingUntil],
              [t('access.standingFields'), <FieldNames key="s" fields={item.standingFields} />],
            ] as const)
          : []),
      ]}
    />
  );
}
