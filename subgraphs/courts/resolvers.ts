// Fields of the courts section to the records behind them.
import { changes, connection, coverage, listing, section, type Resolvers } from '../kit/index.ts';
import { enforcementCases, judgmentDebtorEntries, judgments, spendingLimits } from './records.ts';

const debtorFilters = {
  performance: { field: 'performance', test: 'any' },
  listedFrom: { field: 'listedOn', test: 'from' },
  listedTo: { field: 'listedOn', test: 'to' },
} as const;

const caseFilters = {
  status: { field: 'status', test: 'any' },
  filedFrom: { field: 'filedOn', test: 'from' },
  filedTo: { field: 'filedOn', test: 'to' },
} as const;

const judgmentFilters = {
  role: { field: 'role', test: 'any' },
  caseType: { field: 'caseType', test: 'any' },
  decidedFrom: { field: 'decidedOn', test: 'from' },
  decidedTo: { field: 'decidedOn', test: 'to' },
} as const;

/** Resolvers of the courts sector. */
export const resolvers: Resolvers = {
  Subject: { courts: section() },
  Query: {
    courtJudgmentDebtors: listing(judgmentDebtorEntries, debtorFilters),
    courtEnforcementCases: listing(enforcementCases, caseFilters),
    courtJudgments: listing(judgments, judgmentFilters),
    courtChanges: changes([judgmentDebtorEntries, enforcementCases, spendingLimits, judgments]),
  },
  CourtSection: {
    coverage: coverage(),
    judgmentDebtorEntries: connection(judgmentDebtorEntries, debtorFilters),
    enforcementCases: connection(enforcementCases, caseFilters),
    spendingLimits: connection(spendingLimits),
    judgments: connection(judgments, judgmentFilters),
  },
};
