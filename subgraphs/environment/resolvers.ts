// Fields of the environment section to the records behind them.
import { changes, connection, coverage, listing, section, type Resolvers } from '../kit/index.ts';
import { emissions, incidents, penalties, permits, preparerCycles, ratings } from './records.ts';

const byDecision = {
  decidedFrom: { field: 'decidedOn', test: 'from' },
  decidedTo: { field: 'decidedOn', test: 'to' },
  severity: { field: 'severity', test: 'any' },
} as const;
const byRatingYear = {
  yearFrom: { field: 'ratingYear', test: 'from' },
  yearTo: { field: 'ratingYear', test: 'to' },
} as const;
const byPermit = {
  tier: { field: 'tier', test: 'any' },
  status: { field: 'status', test: 'any' },
} as const;
const byLevel = { level: { field: 'level', test: 'any' } } as const;
const byCity = { city: { field: 'cityCode', test: 'any' } } as const;

/** Resolvers of the environment sector. */
export const resolvers: Resolvers = {
  Subject: { environment: section() },
  Query: {
    environmentPenalties: listing(penalties, byDecision),
    environmentRatings: listing(ratings, { ...byLevel, ...byRatingYear, ...byCity }),
    environmentPermits: listing(permits, {
      region: { field: 'regionCode', test: 'any' },
      ...byCity,
      ...byPermit,
    }),
    environmentIncidents: listing(incidents, {
      ...byLevel,
      occurredFrom: { field: 'occurredOn', test: 'from' },
      occurredTo: { field: 'occurredOn', test: 'to' },
    }),
    environmentChanges: changes([
      emissions,
      incidents,
      penalties,
      permits,
      preparerCycles,
      ratings,
    ]),
  },
  EnvironmentSection: {
    coverage: coverage(),
    ratings: connection(ratings, byRatingYear),
    penalties: connection(penalties, byDecision),
    permits: connection(permits, byPermit),
    emissions: connection(emissions, {
      medium: { field: 'medium', test: 'any' },
      yearFrom: { field: 'year', test: 'from' },
      yearTo: { field: 'year', test: 'to' },
    }),
    incidents: connection(incidents, byLevel),
    preparerCycles: connection(preparerCycles),
  },
};
