// How long tax records are displayed, answer queries and are kept: dated rules with their sources.
import type { ClockRules } from '../kit/index.ts';

type RuleTable = readonly [ClockRules, ...ClockRules[]];

const keptFiveYears = { start: 'DECIDED', length: { years: 5 } } as const;
const deletedAfterTen = { start: 'DECIDED', length: { years: 10 } } as const;

/** Ratings: displayed until the next yearly rating takes their place, at most two years. */
export const RATING_CLOCKS: RuleTable = [
  {
    inForce: '2014-10-01',
    source: 'Tax credit measures of 2014; result fixed each April. Length is the project’s choice.',
    display: { start: 'DECIDED', length: { years: 2 } },
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
  {
    inForce: '2025-07-01',
    source: 'STA 2025 No. 12, in force 2025-07-01. Length is the project’s choice.',
    display: { start: 'DECIDED', length: { years: 2 } },
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
];

/** Major violations: three years from entry in the list, less on removal. */
export const MAJOR_VIOLATION_CLOCKS: RuleTable = [
  {
    inForce: '2022-02-01',
    source: 'STA Order 54 of 2022: removal after 3 years (unverified), early stop on payment.',
    display: { start: 'LISTED', length: { years: 3 } },
    query: { start: 'LISTED', length: { years: 5 } },
    deletion: { start: 'LISTED', length: { years: 10 } },
  },
];

/** Arrears notices: quarterly; a notice stands until the arrears are paid, at most two years. */
export const ARREARS_CLOCKS: RuleTable = [
  {
    inForce: '2005-01-01',
    source:
      'Arrears announcement measures: quarterly for enterprises. Length is the project’s choice.',
    display: { start: 'DECIDED', length: { years: 2 } },
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
];

/** Inspections: never displayed; the clocks bound queries and storage. */
export const INSPECTION_CLOCKS: RuleTable = [
  {
    inForce: '2021-08-12',
    source: 'Not public. Query and deletion follow the floor of 5 and 10 years.',
    display: { start: 'DECIDED', length: { months: 0 } },
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
];
