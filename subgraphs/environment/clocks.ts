// How long environmental records are displayed, answer queries and are kept: dated rules with their
// sources. Display and query differ: Order 36 bounds the one, the guidance of 2015 the other.
import { PENALTY_CLOCKS, type ClockRules, type PenaltySeverity } from '../kit/index.ts';

type RuleTable = readonly [ClockRules, ...ClockRules[]];

const keptFiveYears = { start: 'DECIDED', length: { years: 5 } } as const;
const deletedAfterTen = { start: 'DECIDED', length: { years: 10 } } as const;

const SANCTION_SOURCE =
  'Query: guidance of 2015, negative environmental information stays publicly queryable for at ' +
  'least 5 years from completion of the sanction (read in excerpts).';
const untilFiveYearsAfterSanction = {
  start: 'SANCTION_COMPLETED',
  length: { years: 5 },
} as const;
const deletedTenYearsAfterSanction = {
  start: 'SANCTION_COMPLETED',
  length: { years: 10 },
} as const;

/**
 * Penalties by severity: displayed as Order 36 says, from the determination; query and deletion run
 * from the completion of the sanction, and have no end while it is not completed.
 */
export const SANCTION_CLOCKS: Readonly<Record<PenaltySeverity, RuleTable>> = {
  MINOR: withSanctionQuery(PENALTY_CLOCKS.MINOR),
  GENERAL: withSanctionQuery(PENALTY_CLOCKS.GENERAL),
  SERIOUS: withSanctionQuery(PENALTY_CLOCKS.SERIOUS),
};

/** Ratings: displayed until the next yearly rating takes their place, at most two years. */
export const RATING_CLOCKS: RuleTable = [
  {
    inForce: '2014-03-01',
    source: 'Huanfa [2013] No. 150: rated yearly and published. Length is the project’s choice.',
    display: { start: 'DECIDED', length: { years: 2 } },
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
];

/** Permits: displayed to their last day; one without a last day, until the issuer ends it. */
export const PERMIT_CLOCKS: RuleTable = [
  {
    inForce: '2021-03-01',
    source:
      'Regulations on discharge permits (2021): valid for five years, holder and content public; ' +
      'the authority keeps records for 5 years. Deletion is the project’s choice.',
    display: { start: 'DECIDED', length: 'open' },
    query: { start: 'ACT_ENDED', length: { years: 5 } },
    deletion: { start: 'ACT_ENDED', length: { years: 10 } },
  },
];

/** Emissions of key permit holders: as long as monitoring records must be kept. */
export const EMISSION_CLOCKS: RuleTable = [
  {
    inForce: '2021-03-01',
    source: 'Regulations on discharge permits (2021): monitoring records are kept for 5 years.',
    display: keptFiveYears,
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
];

/** Incidents of the level GENERAL: displayed as a penalty of general severity would be. */
export const GENERAL_INCIDENT_CLOCKS: RuleTable = [incidentRules(1)];

/** Incidents of the level LARGER and above: displayed as a serious penalty would be. */
export const LARGER_INCIDENT_CLOCKS: RuleTable = [incidentRules(3)];

/** Points of preparers: a cycle is a year, and one more is displayed for comparison. */
export const PREPARER_CLOCKS: RuleTable = [
  {
    inForce: '2019-11-01',
    source: 'MEE Notice No. 38 of 2019: cycles of one year. Length is the project’s choice.',
    display: { start: 'DECIDED', length: { years: 2 } },
    query: keptFiveYears,
    deletion: deletedAfterTen,
  },
];

/** Preparers in the blacklist: five years from the entry. */
export const BLACKLIST_CLOCKS: RuleTable = [
  {
    inForce: '2019-11-01',
    source: 'MEE Notice No. 38 of 2019: a banned unit stands in the blacklist for 5 years.',
    display: { start: 'LISTED', length: { years: 5 } },
    query: { start: 'LISTED', length: { years: 5 } },
    deletion: { start: 'LISTED', length: { years: 10 } },
  },
];

function withSanctionQuery(table: RuleTable): RuleTable {
  const [first, ...rest] = table.map((rules) => ({
    ...rules,
    source: `${rules.source} ${SANCTION_SOURCE}`,
    query: untilFiveYearsAfterSanction,
    deletion: deletedTenYearsAfterSanction,
  }));
  if (first === undefined) throw new Error('A rule table has at least one entry.');
  return [first, ...rest];
}

function incidentRules(years: number): ClockRules {
  return {
    inForce: '2015-06-05',
    source: `Display as Order 36 has it for penalties of like weight (project’s choice). ${SANCTION_SOURCE}`,
    display: { start: 'DETERMINED', length: { years } },
    query: untilFiveYearsAfterSanction,
    deletion: deletedTenYearsAfterSanction,
  };
}
