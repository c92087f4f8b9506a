// `/sectors`: what a sector's team wants to see of its section: what does not compose, how far labels
// reach, how many records there are and when the last came in.
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphQLSchema } from 'graphql';
import { DISCLOSURE_CLASSES } from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import { ClassBadge } from '../components/badge.tsx';
import { Page, Section } from '../components/page.tsx';
import { Empty, FailureBox, Loading } from '../components/states.tsx';
import { Table, type Column } from '../components/table.tsx';
import { useCallerSchema } from '../editor/use-caller-schema.ts';
import { useAnswer } from '../graph/use-answer.ts';
import { mapOf, type MapSector } from '../map/graph-map.ts';
import { nameOfSector } from '../texts/name-of-sector.ts';
import { DevStatusView } from './dev-status-view.tsx';
import { readStatus, statusDocument, statusFieldsOf } from './sector-statuses.ts';
import { StatusView } from './status-view.tsx';
import '../map/map.css';
import './sectors.css';

/** Draws the page. */
export function SectorsPage(): ReactNode {
  const { t } = useTranslation();
  const schema = useCallerSchema(true);
  return (
    <Page title={t('sectors.title')} lead={t('sectors.lead')}>
      <DevStatusView />
      {schema.kind === 'loading' ? <Loading /> : null}
      {schema.kind === 'failed' ? <FailureBox {...schema} /> : null}
      {schema.kind === 'known' ? (
        <>
          <Statuses schema={schema.schema} />
          <Labels schema={schema.schema} />
        </>
      ) : null}
    </Page>
  );
}

function Statuses({ schema }: { readonly schema: GraphQLSchema }): ReactNode {
  const { t } = useTranslation();
  const fields = useMemo(() => statusFieldsOf(schema), [schema]);
  const document = useMemo(() => statusDocument(fields), [fields]);
  const { state, again } = useAnswer(document === null ? null : { document, filter: true });
  const isWaiting = document !== null && state.kind === 'loading';
  return (
    <Section title={t('sectors.records')}>
      <p className="map-note">{t('sectors.recordsLead')}</p>
      {fields.length === 0 ? <Empty title={t('sectors.noStatus')} /> : null}
      {isWaiting ? <Loading /> : null}
      {document !== null && state.kind === 'failed' ? (
        <FailureBox error={state.error} again={again} />
      ) : null}
      {isWaiting || (document !== null && state.kind === 'failed') ? null : (
        <ul className="statuses">
          {fields.map((field) => (
            <li key={field.name}>
              <h3>{nameOfSector(field.sector, t)}</h3>
              <StatusView
                field={field}
                status={readStatus(field, state.kind === 'answered' ? state.answer : null)}
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Labels({ schema }: { readonly schema: GraphQLSchema }): ReactNode {
  const { t } = useTranslation();
  const sectors = useMemo(() => mapOf(schema).sectors, [schema]);
  const columns: Column<MapSector>[] = [
    {
      key: 'sector',
      title: t('sectors.sector'),
      cell: ({ name }) => nameOfSector(name, t),
      isRowTitle: true,
    },
    ...DISCLOSURE_CLASSES.map((name): Column<MapSector> => ({
      key: name,
      title: <ClassBadge name={name} />,
      align: 'end',
      cell: ({ fieldsByClass }) => fieldsByClass.get(name) ?? 0,
    })),
    {
      key: 'none',
      title: t('sectors.unlabelled'),
      align: 'end',
      cell: ({ fieldsByClass }) => fieldsByClass.get(null) ?? 0,
    },
    {
      key: 'all',
      title: t('sectors.all'),
      align: 'end',
      cell: ({ fieldsByClass }) =>
        [...fieldsByClass.values()].reduce((sum, count) => sum + count, 0),
    },
  ];
  return (
    <Section title={t('sectors.labels')}>
      <p className="map-note">{t('sectors.labelsLead')}</p>
      <Table
        caption={t('sectors.labels')}
        isCaptionHidden
        columns={columns}
        rows={sectors}
        rowKey={({ name }) => name}
      />
    </Section>
  );
}
