// The records in the order of their days. Only those in view are drawn, so that a thousand scroll as
// ten do; for the printer all of them are.
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { ReportRecord } from './read-records.ts';
import { RecordCard } from './record-card.tsx';
import { useWording } from './use-wording.ts';

const HEIGHT_ASSUMED = 190;
const DRAWN_BEYOND = 6;

/** Draws the records, in the order given. */
export function Timeline(props: { readonly records: readonly ReportRecord[] }): ReactNode {
  const words = useWording();
  const { t } = words;
  const { records } = props;
  const isPrinting = useIsPrinting();
  const list = useRef<HTMLOListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    // On paper there is no such list; to ask all the same would lay out every record for the screen.
    if (!list.current) return;
    // What stands above the list grows while the report is read.
    const top = list.current.getBoundingClientRect().top + window.scrollY;
    if (Math.abs(top - offset) > 1) setOffset(top);
  });
  const virtualizer = useWindowVirtualizer({
    count: records.length,
    estimateSize: () => HEIGHT_ASSUMED,
    getItemKey: (at) => records[at]?.key ?? at,
    overscan: DRAWN_BEYOND,
    scrollMargin: offset,
  });
  if (isPrinting) {
    return (
      <ol key="printed" className="timeline" aria-label={t('report.records')}>
        {records.map((record) => (
          <li key={record.key}>
            <RecordCard record={record} words={words} />
          </li>
        ))}
      </ol>
    );
  }
  return (
    <ol
      key="scrolled"
      ref={list}
      className="timeline timeline-virtual"
      aria-label={t('report.records')}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ key, index, start }) => {
        const record = records[index];
        return record ? (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={records.length}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start - offset}px)` }}
          >
            <RecordCard record={record} words={words} />
          </li>
        ) : null;
      })}
    </ol>
  );
}

/** Tells whether the page is being printed; all is drawn before the browser takes its picture. */
function useIsPrinting(): boolean {
  const [isPrinting, setIsPrinting] = useState(false);
  useEffect(() => {
    const before = (): void => {
      flushSync(() => {
        setIsPrinting(true);
      });
    };
    const after = (): void => {
      setIsPrinting(false);
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return isPrinting;
}
