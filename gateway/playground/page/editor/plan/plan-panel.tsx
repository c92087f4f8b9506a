// The plan of the last run as a picture for somebody who has never seen one: which sector was asked what
// first, what could be asked at the same time, and how long each took.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { nameOfSector } from '../../texts/name-of-sector.ts';
import type { Run } from '../create-fetcher.ts';
import { formatBytes, formatMs } from './format-figure.ts';
import { isPlan, orderFetches, stagesOf, type OrderedFetch } from './read-plan.ts';
import { TimeBar } from './time-bar.tsx';
import './plan-panel.css';

/** Draws the plan. */
export function PlanPanel(props: { readonly run: Run | null }): ReactNode {
  const { t } = useTranslation();
  const { run } = props;
  if (!run) return <Empty title={t('editor.plan.notRun')}>{t('editor.plan.notRunHint')}</Empty>;
  if (!isPlan(run.plan))
    return <Empty title={t('editor.plan.none')}>{t('editor.plan.noneHint')}</Empty>;
  const ordered = orderFetches(run.plan);
  const stages = stagesOf(ordered);
  const endMs = Math.max(0, ...ordered.map(({ fetch }) => endOf(fetch)));
  return (
    <div className="plan">
      <p>
        {t('editor.plan.lead', {
          fetches: ordered.length,
          stages: stages.length,
          time: formatMs(endMs),
        })}
      </p>
      <ol className="plan-stages">
        {stages.map((stage, at) => (
          <li key={at} className="plan-stage">
            <h2 className="plan-stage-title">
              {t('editor.plan.stage', { number: at + 1 })}
              {stage.length > 1 ? (
                <span>{t('editor.plan.together', { count: stage.length })}</span>
              ) : null}
            </h2>
            <ul className="plan-fetches">
              {stage.map((one) => (
                <FetchCard key={one.number} one={one} endMs={endMs} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <FetchTable ordered={ordered} />
    </div>
  );
}

function endOf({ startedMs, durationMs }: OrderedFetch['fetch']): number {
  return (startedMs ?? 0) + (durationMs ?? 0);
}

function FetchCard({
  one,
  endMs,
}: {
  readonly one: OrderedFetch;
  readonly endMs: number;
}): ReactNode {
  const { t } = useTranslation();
  const { fetch, number, after } = one;
  const wasAsked = fetch.startedMs !== null;
  return (
    <li className="plan-fetch" data-asked={wasAsked}>
      <p className="plan-sector">
        <span className="plan-number" aria-hidden="true">
          {number}
        </span>
        <strong>{nameOfSector(fetch.sector, t)}</strong>
      </p>
      <p>{whatIsAsked(fetch, t)}</p>
      {after.length > 0 ? (
        <p className="plan-soft">{t('editor.plan.after', { numbers: after.join(', ') })}</p>
      ) : null}
      {wasAsked ? (
        <>
          <TimeBar fetch={fetch} endMs={endMs} />
          <p className="plan-soft">
            {t('editor.plan.figures', {
              time: formatMs(fetch.durationMs ?? 0),
              bytes: formatBytes(fetch.bytes ?? 0),
            })}
          </p>
        </>
      ) : (
        <p className="plan-soft">{t('editor.plan.notAsked')}</p>
      )}
      <details>
        <summary>{t('editor.plan.operation')}</summary>
        <pre tabIndex={0}>{fetch.operation}</pre>
      </details>
    </li>
  );
}

function whatIsAsked(
  fetch: OrderedFetch['fetch'],
  t: ReturnType<typeof useTranslation>['t'],
): string {
  if (fetch.subjects === null) return t('editor.plan.root');
  const place = fetch.path.filter((key) => key !== '@').join(' › ');
  return t('editor.plan.objects', { count: fetch.subjects, place });
}

function FetchTable({ ordered }: { readonly ordered: readonly OrderedFetch[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('editor.plan.asTable')}</summary>
      <Table
        caption={t('editor.plan.caption')}
        isCaptionHidden
        rows={ordered}
        rowKey={({ number }) => String(number)}
        columns={[
          { key: 'number', title: '#', cell: ({ number }) => number },
          {
            key: 'sector',
            title: t('editor.plan.sector'),
            isRowTitle: true,
            cell: ({ fetch }) => nameOfSector(fetch.sector, t),
          },
          {
            key: 'after',
            title: t('editor.plan.waitsFor'),
            cell: ({ after }) => after.join(', ') || '—',
          },
          {
            key: 'objects',
            title: t('editor.plan.subjects'),
            align: 'end',
            cell: ({ fetch }) => fetch.subjects ?? '—',
          },
          {
            key: 'start',
            title: t('editor.plan.start'),
            align: 'end',
            cell: ({ fetch }) => figure(fetch.startedMs, formatMs),
          },
          {
            key: 'time',
            title: t('editor.plan.time'),
            align: 'end',
            cell: ({ fetch }) => figure(fetch.durationMs, formatMs),
          },
          {
            key: 'bytes',
            title: t('editor.plan.bytes'),
            align: 'end',
            cell: ({ fetch }) => figure(fetch.bytes, formatBytes),
          },
        ]}
      />
    </details>
  );
}

function figure(value: number | null, format: (value: number) => string): string {
  return value === null ? '—' : format(value);
}
