// `/map`: the whole graph on one page.
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DISCLOSURE_CLASSES } from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import { ClassBadge } from '../components/badge.tsx';
import { Page, Section } from '../components/page.tsx';
import { FailureBox, Loading } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { useCallerSchema } from '../editor/use-caller-schema.ts';
import { useNarrow } from '../layout/use-narrow.ts';
import { namesIn } from '../report/names/names.ts';
import { nameOfSector } from '../texts/name-of-sector.ts';
import { mapOf, type GraphMap, type MapField, type MapSector, type MapType } from './graph-map.ts';
import { MapPicture } from './map-picture.tsx';
import './map.css';

/** Draws the map. */
export function MapPage(): ReactNode {
  const { t } = useTranslation();
  const schema = useCallerSchema(true);
  const map = useMemo(() => (schema.kind === 'known' ? mapOf(schema.schema) : null), [schema]);
  return (
    <Page title={t('map.title')} lead={t('map.lead')}>
      {schema.kind === 'loading' ? <Loading /> : null}
      {schema.kind === 'failed' ? <FailureBox {...schema} /> : null}
      {map ? <TheMap map={map} /> : null}
    </Page>
  );
}

function TheMap({ map }: { readonly map: GraphMap }): ReactNode {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const picture = (
    <Section title={t('map.picture')}>
      <Legend />
      <MapPicture map={map} />
    </Section>
  );
  return (
    <>
      {isNarrow ? null : picture}
      <Section title={t('map.text')}>
        {map.sectors.map((sector) => (
          <SectorText key={sector.name} sector={sector} />
        ))}
        <details className="map-part">
          <summary>
            <strong>{t('map.shared')}</strong> {t('map.typesCount', { count: map.shared.length })}
          </summary>
          <p className="map-note">{t('map.sharedLead')}</p>
          <Types types={map.shared} />
        </details>
      </Section>
      {isNarrow ? picture : null}
    </>
  );
}

function Legend(): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className="map-legend" aria-label={t('map.legend')}>
      {DISCLOSURE_CLASSES.map((name) => (
        <li key={name}>
          <span aria-hidden="true" className="map-letters">
            {name.slice(0, 2)}
          </span>
          <ClassBadge name={name} />
        </li>
      ))}
    </ul>
  );
}

function SectorText({ sector }: { readonly sector: MapSector }): ReactNode {
  const { t } = useTranslation();
  const { ofSubject, roots, types } = sector;
  return (
    <details className="map-part">
      <summary>
        <strong>{nameOfSector(sector.name, t)}</strong>{' '}
        {t('map.summary', {
          types: types.length,
          roots: roots.length,
          fields: ofSubject.length,
        })}
      </summary>
      {ofSubject.length > 0 ? <FieldTable caption={t('map.ofSubject')} fields={ofSubject} /> : null}
      {roots.length > 0 ? <FieldTable caption={t('map.roots')} fields={roots} /> : null}
      <Types types={types} />
    </details>
  );
}

function Types({ types }: { readonly types: readonly MapType[] }): ReactNode {
  const { t, i18n } = useTranslation();
  const names = namesIn(i18n.language);
  return (
    <ul className="map-types">
      {types.map((type) => (
        <li key={type.name}>
          <details>
            <summary>
              {names.ofType(type.name)} <code>{type.name}</code>{' '}
              {type.classes.map((name) => (
                <ClassBadge key={name} name={name} isShort />
              ))}
            </summary>
            <p className="map-note">{type.meaning}</p>
            <FieldTable caption={t('map.fieldsOf', { type: type.name })} fields={type.fields} />
          </details>
        </li>
      ))}
    </ul>
  );
}

function FieldTable(props: {
  readonly caption: string;
  readonly fields: readonly MapField[];
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Table
      caption={props.caption}
      rows={props.fields}
      rowKey={({ name }) => name}
      columns={[
        {
          key: 'name',
          title: t('map.field'),
          cell: ({ name }) => <code>{name}</code>,
          isRowTitle: true,
        },
        { key: 'returns', title: t('map.returns'), cell: ({ returns }) => <code>{returns}</code> },
        {
          key: 'class',
          title: t('map.class'),
          cell: ({ authority }) => <ClassBadge name={authority.class} />,
        },
        {
          key: 'decision',
          title: t('map.forYou'),
          cell: ({ authority }) => t(`map.decision.${authority.decision}`),
        },
        { key: 'meaning', title: t('map.meaning'), cell: ({ authority }) => authority.meaning },
      ]}
    />
  );
}
