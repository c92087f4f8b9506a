// How long construction records are displayed, answer queries and are kept: dated rules with their
// sources, and the bounds within which the body that determines bad conduct sets its display.
import {
  addLength,
  endClock,
  runClocks,
  type ClockRules,
  type RecordClocks,
} from '../kit/index.ts';

type RuleTable = readonly [ClockRules, ...ClockRules[]];

const openFromDecision = { start: 'DECIDED', length: 'open' } as const;

/** Qualifications, projects, their stages and parties: basic information, displayed long-term. */
export const BASIC_CLOCKS: RuleTable = [
  {
    inForce: '2007-01-12',
    source: 'MOHURD 2017/241, article 10: basic information is displayed long-term (secondary).',
    display: openFromDecision,
    query: openFromDecision,
    deletion: openFromDecision,
  },
];

/** Good conduct: three years from the decision. */
export const GOOD_CONDUCT_CLOCKS: RuleTable = [
  {
    inForce: '2007-01-12',
    source: 'MOHURD 2017/241, article 10: 3 years (secondary). Query and deletion are our choice.',
    display: { start: 'DECIDED', length: { years: 3 } },
    query: { start: 'DECIDED', length: { years: 5 } },
    deletion: { start: 'DECIDED', length: { years: 10 } },
  },
];

/** Wage arrears: three years from entry in the list, less on early removal. */
export const WAGE_ARREARS_CLOCKS: RuleTable = [
  {
    inForce: '2022-01-01',
    source:
      'MOHRSS Order 45: 3 years (secondary); Wage Payment Regulation, article 48. ' +
      'Query and deletion are our choice.',
    display: { start: 'LISTED', length: { years: 3 } },
    query: { start: 'LISTED', length: { years: 5 } },
    deletion: { start: 'LISTED', length: { years: 10 } },
  },
];

/** Months that must pass between payment of all wages and early removal from the list. */
export const WAGE_ARREARS_EARLY_REMOVAL_MONTHS = 6;

/** Blacklist: one year from entry, less on removal. */
export const BLACKLIST_CLOCKS: RuleTable = [
  {
    inForce: '2018-01-01',
    source: 'MOHURD 2017/241: term of 1 year (unverified). Query and deletion are our choice.',
    display: { start: 'LISTED', length: { years: 1 } },
    query: { start: 'LISTED', length: { years: 5 } },
    deletion: { start: 'LISTED', length: { years: 10 } },
  },
];

/** Bad conduct: at most three years; {@link BAD_CONDUCT_DISPLAY} says how the last day is set. */
const BAD_CONDUCT_CLOCKS: RuleTable = [
  {
    inForce: '2007-01-12',
    source:
      'MOHURD 2017/241, article 10: 6 months to 3 years (secondary). ' +
      'Query and deletion are our choice.',
    display: { start: 'DETERMINED', length: { years: 3 } },
    query: { start: 'DETERMINED', length: { years: 5 } },
    deletion: { start: 'DETERMINED', length: { years: 10 } },
  },
];

/** Bounds of the display of bad conduct, in months from determination. */
const BAD_CONDUCT_DISPLAY = {
  source:
    'MOHURD 2017/241, article 10: 6 months to 3 years and not shorter than the penalty. ' +
    'Rule of 2007: shortened on verified rectification, never below 3 months (both secondary).',
  leastMonths: 6,
  leastMonthsRectified: 3,
} as const;

/** The days that decide how long bad conduct is displayed. */
export interface BadConductDays {
  readonly determinedOn: string;
  /** Last day of the penalty's effect. */
  readonly penaltyUntil: string | undefined;
  /** Last day of display as the determining body set it. */
  readonly displayUntil: string | undefined;
  readonly rectifiedOn: string | undefined;
}

/**
 * Runs the clocks of bad conduct. Where the determining body set no last day, the shortest display
 * that the rule allows stands.
 *
 * @returns the clocks, or the reason why the last day in the file breaks the rule
 */
export function badConductClocks(days: BadConductDays): RecordClocks | { readonly error: string } {
  const { determinedOn, penaltyUntil, displayUntil, rectifiedOn } = days;
  const clocks = runClocks(BAD_CONDUCT_CLOCKS, determinedOn, { DETERMINED: determinedOn });
  const latest = clocks.display.until ?? '9999-12-31';
  const { leastMonths, leastMonthsRectified } = BAD_CONDUCT_DISPLAY;
  const months = rectifiedOn === undefined ? leastMonths : leastMonthsRectified;
  const ruled = addLength(determinedOn, { months });
  // A penalty longer than the longest display does not lengthen it.
  const penalised = penaltyUntil !== undefined && penaltyUntil > ruled ? penaltyUntil : ruled;
  const earliest = penalised < latest ? penalised : latest;
  const until = displayUntil ?? earliest;
  if (until < earliest || until > latest) {
    return { error: `display must end between ${earliest} and ${latest}` };
  }
  return { ...clocks, display: endClock(clocks.display, until) };
}
