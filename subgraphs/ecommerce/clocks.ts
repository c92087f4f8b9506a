// How long e-commerce records are displayed, answer queries and are kept: dated rules with sources.
import type { ClockRules } from '../kit/index.ts';

type RuleTable = readonly [ClockRules, ...ClockRules[]];

/** Identities and stores: displayed while they trade; kept from the day they stop. */
export const IDENTITY_CLOCKS: RuleTable = [
  {
    inForce: '2019-01-01',
    source:
      'E-Commerce Law (2018): the licence is shown continuously; identity and transaction records ' +
      'are kept for at least 3 years. Query and deletion are the project’s floor of 5 and 10.',
    display: { start: 'DECIDED', length: 'open' },
    query: { start: 'ACT_ENDED', length: { years: 5 } },
    deletion: { start: 'ACT_ENDED', length: { years: 10 } },
  },
];

/** Ratings of platforms: never displayed; the clocks bound queries and storage. */
export const PLATFORM_RATING_CLOCKS: RuleTable = [
  {
    inForce: '2019-01-01',
    source:
      'E-Commerce Law (2018): records are kept for at least 3 years from completion. Not public; ' +
      'query is that length, deletion the project’s choice.',
    display: { start: 'DECIDED', length: { months: 0 } },
    query: { start: 'DECIDED', length: { years: 3 } },
    deletion: { start: 'DECIDED', length: { years: 5 } },
  },
];

/** Bans: displayed while they last, at most three years; a lifted ban ends its display. */
export const BAN_CLOCKS: RuleTable = [
  {
    inForce: '2014-06-14',
    source:
      'Outline, Guofa [2014] No. 21: time-limited bans in e-commerce. Order 36 on credit repair ' +
      '(summaries): serious information is displayed for 3 years at most.',
    display: { start: 'LISTED', length: { years: 3 } },
    query: { start: 'ACT_ENDED', length: { years: 5 } },
    deletion: { start: 'ACT_ENDED', length: { years: 10 } },
  },
];

/** Outcomes of complaints, from the determination. */
export const COMPLAINT_CLOCKS: RuleTable = [
  {
    inForce: '2020-01-01',
    source:
      'Complaint measures of the market regulators (excerpts): only determined outcomes are ' +
      'published. Length is the project’s choice.',
    display: { start: 'DETERMINED', length: { years: 2 } },
    query: { start: 'DETERMINED', length: { years: 5 } },
    deletion: { start: 'DETERMINED', length: { years: 10 } },
  },
];
