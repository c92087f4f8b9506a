// One record: what it is, what it says, where it comes from, whether it is disputed.
import { memo, type ReactNode } from 'react';
import type { DisclosureClass } from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import { ClassBadge } from '../components/badge.tsx';
import { nameOfSector } from '../texts/name-of-sector.ts';
import { isDisputed, type ReportRecord } from './read-records.ts';
import type { NamedValue } from './read-value.ts';
import type { Words } from './use-wording.ts';
import { Fields, ValueView } from './value-view.tsx';

/** Draws a record. */
export const RecordCard = memo(function RecordCard(props: {
  readonly record: ReportRecord;
  readonly words: Words;
}): ReactNode {
  const { record, words } = props;
  const { t, names } = words;
  const given = record.fields.filter(({ value }) => value.kind !== 'none');
  return (
    <article className="record" data-disputed={isDisputed(record)} data-state={record.state}>
      <p className="record-day">
        {record.day === null ? t('report.noDay') : <time dateTime={record.day}>{record.day}</time>}
        <span className="record-sector">{nameOfSector(record.sector, t)}</span>
      </p>
      <div className="record-body">
        <header className="record-header">
          <h3>
            {names.ofType(record.type)}
            {record.title === null ? null : (
              <>
                {' '}
                <bdi className="record-title">{record.title}</bdi>
              </>
            )}
          </h3>
          <RecordMarks record={record} words={words} />
        </header>
        <Fields fields={given} words={words} />
        {record.within.map((value) => (
          <Within key={value.name} value={value} words={words} />
        ))}
        <Provenance record={record} words={words} />
      </div>
    </article>
  );
});

function RecordMarks(props: { readonly record: ReportRecord; readonly words: Words }): ReactNode {
  const { t, names } = props.words;
  const { dispute, state, stateReason } = props.record;
  return (
    <span className="record-marks">
      {dispute !== null && dispute !== 'NONE' ? (
        <span className="badge badge-unresolved">
          <span aria-hidden="true">⚑</span>
          {t('report.disputed', { state: names.ofWord('DisputeState', dispute) })}
        </span>
      ) : null}
      {state !== null && state !== 'EFFECTIVE' ? (
        <span className="badge" title={stateReason ?? undefined}>
          {names.ofWord('RecordState', state)}
        </span>
      ) : null}
      {props.record.class === null ? null : (
        <ClassBadge name={props.record.class as DisclosureClass} />
      )}
    </span>
  );
}

function Within(props: { readonly value: NamedValue; readonly words: Words }): ReactNode {
  const { words } = props;
  const { t, names } = words;
  const { name, value } = props.value;
  const items = value.kind === 'list' ? value.items : value.kind === 'object' ? [value] : [];
  if (items.length === 0) return null;
  return (
    <details className="record-within">
      <summary>{t('report.within', { name: names.ofField(name), count: items.length })}</summary>
      <ol>
        {items.map((item, at) => (
          <li key={at}>
            <ValueView value={item} words={words} />
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Who published it, under which document, and when; behind it how long it is shown and kept. */
function Provenance(props: { readonly record: ReportRecord; readonly words: Words }): ReactNode {
  const { t, names } = props.words;
  const { source, clocks } = props.record;
  const text = (name: string): string | null => {
    const value = source.find((field) => field.name === name)?.value;
    if (value?.kind === 'text') return value.text;
    if (value?.kind === 'day') return value.day;
    return value?.kind === 'instant' ? value.instant.slice(0, 10) : null;
  };
  const document = text('documentNumber');
  const days = (['decided', 'published', 'retrieved'] as const).flatMap((word) => {
    const day = text(word === 'retrieved' ? 'retrievedAt' : `${word}On`);
    return day === null ? [] : [t(`report.${word}`, { day })];
  });
  return (
    <footer className="record-source">
      <details>
        <summary>
          {t('report.source')}: <bdi>{text('publisher') ?? t('report.noneValue')}</bdi>
          {document === null ? null : (
            <>
              {' · '}
              <bdi>{t('report.document', { number: document })}</bdi>
            </>
          )}
          {days.length > 0 ? ` · ${days.join(' · ')}` : ''}
        </summary>
        <ul className="record-clocks">
          {clocks.map((clock) => (
            <li key={clock.name}>
              {t('report.pair', {
                name: names.ofField(clock.name),
                value: writeClock(clock, props.words),
              })}
            </li>
          ))}
        </ul>
      </details>
    </footer>
  );
}

function writeClock({ value }: NamedValue, { t, names }: Words): string {
  if (value.kind !== 'object') return t('report.noneValue');
  const field = (name: string): NamedValue['value'] | undefined =>
    value.fields.find((one) => one.name === name)?.value;
  const [start, from, until] = [field('start'), field('from'), field('until')];
  const event = start?.kind === 'word' ? names.ofWord(start.type, start.word) : '';
  const begin = from?.kind === 'day' ? from.day : t('report.notStarted');
  const end = until?.kind === 'day' ? until.day : t('report.openEnd');
  return `${event} · ${begin} – ${end}`;
}
