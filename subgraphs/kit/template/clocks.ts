// How long records of the sector are displayed, answer queries and are kept: dated rules with their
// sources. Order 36 of 2026 and the sector's own measures say how long; state which one, and how sure.
import type { ClockRules } from '../index.ts';

/** Displayed for three years from the decision. */
export const ODD_EXHIBIT_CLOCKS: readonly [ClockRules, ...ClockRules[]] = [
  {
    inForce: '2020-01-01',
    source: 'Lengths of the template: name the measures that rule the sector in their place.',
    display: { start: 'DECIDED', length: { years: 3 } },
    query: { start: 'DECIDED', length: { years: 5 } },
    deletion: { start: 'DECIDED', length: { years: 10 } },
  },
];
