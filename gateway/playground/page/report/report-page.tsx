// `/subjects/<code>`: everything that its reader may see about one subject, on one page.
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { Button } from '../components/button.tsx';
import { Page, Section } from '../components/page.tsx';
import { Empty, FailureBox, Loading } from '../components/states.tsx';
import { useSession } from '../session/session-context.tsx';
import { CoverageTable } from './coverage-table.tsx';
import { reportAsCsv, reportAsJson, saveFile } from './export-report.ts';
import { FilterBar } from './filter-bar.tsx';
import { fits, NO_FILTERS } from './filters.ts';
import type { Report } from './load-report.ts';
import { RatingChart } from './rating-chart.tsx';
import { ratingsOf } from './rating-series.ts';
import { byDay, type ReportRecord } from './read-records.ts';
import type { NamedValue } from './read-value.ts';
import { SubjectSearch } from './subject-search.tsx';
import { Timeline } from './timeline.tsx';
import { useReport } from './use-report.ts';
import { useWording, type Words } from './use-wording.ts';
import { Fields } from './value-view.tsx';
import { formatInstant } from './write-value.ts';
import './report.css';

/** Draws the report of the subject in the address, or the search where there is none. */
export function ReportPage(): ReactNode {
  const { code } = useParams<{ readonly code?: string }>();
  const { t } = useTranslation();
  if (code === undefined) {
    return (
      <Page title={t('report.search.title')} lead={t('report.search.lead')}>
        <SubjectSearch />
      </Page>
    );
  }
  return <OneReport key={code} code={code} />;
}

function OneReport(props: { readonly code: string }): ReactNode {
  const { t } = useTranslation();
  const { code } = props;
  const { state, again } = useReport(code);
  const report = state.kind === 'report' ? state.report : null;
  const identity = report?.identity ?? null;
  const name = identity?.kind === 'known' ? textOf(identity.fields, 'name') : null;
  return (
    <Page title={t('report.title', { name: isolated(name ?? code) })} lead={<AsSeenBy />}>
      <div className="no-print">
        <SubjectSearch />
      </div>
      {state.kind === 'no-schema' ? <Empty title={t('report.noSchema')} /> : null}
      {state.kind === 'failed' ? <FailureBox {...state.failure} again={again} /> : null}
      {state.kind === 'loading' || identity?.kind === 'loading' ? (
        <Loading what={t('report.loading')} />
      ) : null}
      {identity?.kind === 'unknown' ? (
        <Empty title={t('report.unknown')}>
          <p>{t('report.unknownHint')}</p>
        </Empty>
      ) : null}
      {identity?.kind === 'not-a-code' ? (
        <Empty title={t('report.notACode', { code: isolated(code) })}>
          <p>{t('report.notACodeHint')}</p>
        </Empty>
      ) : null}
      {identity?.kind === 'failed' ? <FailureBox {...identity.failure} again={again} /> : null}
      {report && identity?.kind === 'known' ? (
        <KnownSubject code={code} report={report} identity={identity.fields} again={again} />
      ) : null}
    </Page>
  );
}

/** Keeps a name from changing the direction of the words around it, where no element can. */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

/** Whose eyes the page is read with: on paper nothing else would say it. */
function AsSeenBy(): ReactNode {
  const { t } = useTranslation();
  const { language } = useWording();
  const { me, purpose, credential } = useSession().state;
  const [at] = useState(() => new Date().toISOString());
  const who = credential
    ? `${t(`authority.tier.${me.tier}`)} ${me.organisation ?? credential.name}`
    : t('authority.tier.ANONYMOUS');
  const words = { who, at: formatInstant(at, language) };
  return purpose === null
    ? t('report.asNoPurpose', words)
    : t('report.as', { ...words, purpose: t(`authority.purpose.${purpose}`) });
}

function KnownSubject(props: {
  readonly code: string;
  readonly report: Report;
  readonly identity: readonly NamedValue[];
  readonly again: () => void;
}): ReactNode {
  const words = useWording();
  const { t } = words;
  const { code, report, identity, again } = props;
  const { sections } = report;
  const records = useMemo(
    () => sections.flatMap((section) => section.records).sort(byDay),
    [sections],
  );
  const ratings = useMemo(
    () => sections.flatMap((section) => ratingsOf(section.plan, section.records)),
    [sections],
  );
  return (
    <>
      <Section title={t('report.identity')} actions={<code>{code}</code>}>
        <Fields
          fields={identity.filter(({ name }) => name !== 'registration' && name !== 'code')}
          words={words}
        />
        <Registration identity={identity} words={words} />
      </Section>
      <Section title={t('report.coverage')}>
        <CoverageTable code={code} sections={sections} again={again} />
      </Section>
      <Section title={t('report.ratings')}>
        {ratings.length === 0 && isReading(report) ? <Loading /> : null}
        {ratings.length === 0 && !isReading(report) ? (
          <p className="report-lead">{t('report.ratingsNone')}</p>
        ) : null}
        {ratings.length === 0 ? null : (
          <>
            <p className="report-lead">{t('report.ratingsLead')}</p>
            <div className="ratings">
              {ratings.map((series) => (
                <RatingChart key={series.type} series={series} />
              ))}
            </div>
          </>
        )}
      </Section>
      <Records code={code} report={report} records={records} />
    </>
  );
}

function Registration(props: {
  readonly identity: readonly NamedValue[];
  readonly words: Words;
}): ReactNode {
  const { words } = props;
  const registration = props.identity.find(({ name }) => name === 'registration');
  if (registration?.value.kind !== 'object') return null;
  return (
    <details className="record-within">
      <summary>{words.names.ofField(registration.name)}</summary>
      <Fields fields={registration.value.fields} words={words} isDense />
    </details>
  );
}

function Records(props: {
  readonly code: string;
  readonly report: Report;
  readonly records: readonly ReportRecord[];
}): ReactNode {
  const { t } = useTranslation();
  const wording = useWording();
  const { code, report, records } = props;
  const [filters, setFilters] = useState(NO_FILTERS);
  const shown = useMemo(
    () => records.filter((record) => fits(record, filters)),
    [records, filters],
  );
  return (
    <Section
      title={t('report.records')}
      actions={
        <span className="report-actions no-print">
          <Button
            onClick={() => {
              window.print();
            }}
          >
            {t('report.print')}
          </Button>
          <Button
            onClick={() => {
              saveFile(`${code}.json`, 'application/json', reportAsJson(report, shown));
            }}
          >
            {t('report.json')}
          </Button>
          <Button
            onClick={() => {
              saveFile(`${code}.csv`, 'text/csv', reportAsCsv(shown, wording));
            }}
          >
            {t('report.csv')}
          </Button>
        </span>
      }
    >
      {records.length === 0 ? (
        isReading(report) ? (
          <Loading />
        ) : (
          <Empty title={t('report.recordsNone')}>
            <p>{t('report.recordsNoneHint')}</p>
          </Empty>
        )
      ) : (
        <>
          <FilterBar
            records={records}
            shown={shown.length}
            filters={filters}
            onChange={setFilters}
          />
          {shown.length === 0 ? (
            <Empty title={t('report.filteredNone')} />
          ) : (
            <Timeline records={shown} />
          )}
        </>
      )}
    </Section>
  );
}

function isReading({ sections }: Report): boolean {
  return sections.some(({ state }) => state.kind === 'loading');
}

function textOf(fields: readonly NamedValue[], name: string): string | null {
  const value = fields.find((field) => field.name === name)?.value;
  return value?.kind === 'text' ? value.text : null;
}
