// Fields of the e-commerce section to the records behind them.
import { changes, connection, coverage, listing, section, type Resolvers } from '../kit/index.ts';
import {
  bans,
  complaintOutcomes,
  operators,
  platformRatings,
  stores,
  violations,
} from './records.ts';

const byPlatform = { platform: { field: 'platform', test: 'any' } } as const;
const bySite = { ...byPlatform, siteType: { field: 'siteType', test: 'any' } } as const;
const byViolation = {
  violation: { field: 'violation', test: 'any' },
  decidedFrom: { field: 'decidedOn', test: 'from' },
  decidedTo: { field: 'decidedOn', test: 'to' },
} as const;
const byBan = {
  scope: { field: 'scope', test: 'any' },
  endsFrom: { field: 'bannedUntil', test: 'from' },
} as const;

/** Resolvers of the e-commerce sector. */
export const resolvers: Resolvers = {
  Subject: { ecommerce: section() },
  Query: {
    commerceViolations: listing(violations, { ...byViolation, ...byPlatform }),
    commerceBans: listing(bans, byBan),
    commerceStores: listing(stores, { ...bySite, state: { field: 'storeState', test: 'any' } }),
    commerceChanges: changes([
      bans,
      complaintOutcomes,
      operators,
      platformRatings,
      stores,
      violations,
    ]),
  },
  CommerceSection: {
    coverage: coverage(),
    operators: connection(operators, { operatorType: { field: 'operatorType', test: 'any' } }),
    stores: connection(stores, bySite),
    platformRatings: connection(platformRatings),
    violations: connection(violations, byViolation),
    bans: connection(bans, byBan),
    complaintOutcomes: connection(complaintOutcomes, {
      outcome: { field: 'outcome', test: 'any' },
      determinedFrom: { field: 'determinedOn', test: 'from' },
      determinedTo: { field: 'determinedOn', test: 'to' },
    }),
  },
};
