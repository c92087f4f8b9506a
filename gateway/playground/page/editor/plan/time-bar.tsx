// When a fetch began and how long it took, as a bar on the time of the whole run.
import type { ReactNode } from 'react';
import type { PlanFetch } from './read-plan.ts';

const WIDTH = 100;
const HEIGHT = 6;
const SHORTEST = 1.5;

/** Draws the bar; its figures stand beside it in words. */
export function TimeBar(props: { readonly fetch: PlanFetch; readonly endMs: number }): ReactNode {
  const { fetch, endMs } = props;
  const scale = endMs > 0 ? WIDTH / endMs : 0;
  const width = Math.max(SHORTEST, (fetch.durationMs ?? 0) * scale);
  const x = Math.min((fetch.startedMs ?? 0) * scale, WIDTH - width);
  return (
    <svg
      className="time-bar"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className="time-bar-whole" width={WIDTH} height={HEIGHT} />
      <rect className="time-bar-part" x={x} width={width} height={HEIGHT} />
    </svg>
  );
}
