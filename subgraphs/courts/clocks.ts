// How long court records are displayed, answer queries and are kept: dated rules with their
// sources. Nothing runs out while a measure stands: query and deletion run from the day on which it
// ended.
import type { ClockRules } from '../kit/index.ts';

type RuleTable = readonly [ClockRules, ...ClockRules[]];

const keptFiveYears = { start: 'ACT_ENDED', length: { years: 5 } } as const;
const deletedAfterTen = { start: 'ACT_ENDED', length: { years: 10 } } as const;

/** Entries that have a fixed term: those on the second to the sixth ground alone. */
export const FIXED_TERM_CLOCKS: RuleTable = [
  {
    inForce: '2013-10-01',
    source: 'SPC provisions of 2013 on the list of judgment debtors: no term before 2017.',
    display: { start: 'LISTED', length: 'open' },
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
  {
    inForce: '2017-05-01',
    source:
      'SPC provisions as revised in 2017, article 2: two years for the last five grounds. The ' +
      'day in force is unverified. Query and deletion are the project’s floor of 5 and 10 years.',
    display: { start: 'LISTED', length: { years: 2 } },
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
];

/** Years by which a court may extend a fixed term, and since when. */
export const TERM_EXTENSION = {
  inForce: '2017-05-01',
  source:
    'SPC provisions as revised in 2017, article 2: one to three years more for grave violence or ' +
    'threats, or several acts (unverified).',
  yearsMin: 1,
  yearsMax: 3,
} as const;

/** Entries without a fixed term: those on the first ground, which stand until they are removed. */
export const OPEN_TERM_CLOCKS: RuleTable = [
  {
    inForce: '2013-10-01',
    source: 'SPC provisions on the list of judgment debtors: no fixed term for the first ground.',
    display: { start: 'LISTED', length: 'open' },
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
];

/** Enforcement cases: displayed while they are open. */
export const ENFORCEMENT_CLOCKS: RuleTable = [
  {
    inForce: '2007-01-01',
    source: 'Open cases are searchable with the court. Five and ten years are the project’s floor.',
    display: { start: 'RECORD_CREATED', length: 'open' },
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
];

/** Spending limits: displayed while they are in force. */
export const SPENDING_LIMIT_CLOCKS: RuleTable = [
  {
    inForce: '2010-10-01',
    source:
      'SPC provisions of 2010 on limits of spending: until lifted on security, consent or ' +
      'performance. Five and ten years are the project’s floor.',
    display: { start: 'DECIDED', length: 'open' },
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
];

/** Judgments: the court's own publication has no end; for credit they are displayed five years. */
export const JUDGMENT_CLOCKS: RuleTable = [
  {
    inForce: '2014-01-01',
    source: 'Judgments are published online without an end. All three lengths are the project’s.',
    display: { start: 'DECIDED', length: { years: 5 } },
    query: { start: 'DECIDED', length: { years: 5 } },
    deletion: { start: 'DECIDED', length: { years: 10 } },
  },
];
