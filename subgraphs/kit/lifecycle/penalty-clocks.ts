// How long administrative penalties are displayed: a dated rule table, one entry a severity. Numbers
// are law, not code: a new rule is a new entry, and old records keep the rule of their day.
import type { ClockRules } from './clocks.ts';

/** How grave a penalty is for credit. */
export type PenaltySeverity = 'MINOR' | 'GENERAL' | 'SERIOUS';

const SOURCE_ORDER_36 =
  'Order 36 on credit repair (in force 2026-04-01): display runs from the determination. ' +
  'Read in summaries, not in the full text.';
const SOURCE_ORDER_58 =
  'Order 58 of 2023 on credit repair (repealed 2026-04-01). Read in summaries, not in full.';

const query = { start: 'DETERMINED', length: { years: 5 } } as const;
const deletion = { start: 'DETERMINED', length: { years: 10 } } as const;

/**
 * Rule table by severity. Query and deletion follow Zhejiang's article 16 (5 years from
 * determination) and the 10 years that its query log is kept; they are the project's floor.
 * A MINOR penalty is displayed for no day at all: its row is not PUBLIC.
 */
export const PENALTY_CLOCKS: Readonly<
  Record<PenaltySeverity, readonly [ClockRules, ...ClockRules[]]>
> = {
  MINOR: [
    {
      inForce: '2023-05-01',
      source: SOURCE_ORDER_58,
      display: { start: 'DETERMINED', length: { months: 3 } },
      query,
      deletion,
    },
    {
      inForce: '2026-04-01',
      source: SOURCE_ORDER_36,
      display: { start: 'DETERMINED', length: { months: 3 } },
      query,
      deletion,
    },
  ],
  GENERAL: [
    {
      inForce: '2023-05-01',
      source: SOURCE_ORDER_58,
      display: { start: 'DETERMINED', length: { years: 1 } },
      query,
      deletion,
    },
    {
      inForce: '2026-04-01',
      source: SOURCE_ORDER_36,
      display: { start: 'DETERMINED', length: { years: 1 } },
      query,
      deletion,
    },
  ],
  SERIOUS: [
    {
      inForce: '2023-05-01',
      source: SOURCE_ORDER_58,
      display: { start: 'DETERMINED', length: { years: 3 } },
      query,
      deletion,
    },
    {
      inForce: '2026-04-01',
      source: SOURCE_ORDER_36,
      display: { start: 'DETERMINED', length: { years: 3 } },
      query,
      deletion,
    },
  ],
};
