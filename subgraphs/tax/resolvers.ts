// Fields of the tax section to the records behind them.
import { changes, connection, coverage, listing, section, type Resolvers } from '../kit/index.ts';
import {
  arrearsNotices,
  creditRatings,
  inspections,
  majorViolations,
  penalties,
} from './records.ts';

const decided = {
  decidedFrom: { field: 'decidedOn', test: 'from' },
  decidedTo: { field: 'decidedOn', test: 'to' },
} as const;
const byTaxType = { taxType: { field: 'taxType', test: 'any' } } as const;

/** Resolvers of the tax sector. */
export const resolvers: Resolvers = {
  Subject: { tax: section() },
  Query: {
    taxMajorViolations: listing(majorViolations, {
      caseNature: { field: 'caseNature', test: 'any' },
      enteredFrom: { field: 'enteredOn', test: 'from' },
      enteredTo: { field: 'enteredOn', test: 'to' },
    }),
    taxArrearsNotices: listing(arrearsNotices, byTaxType),
    taxPenalties: listing(penalties, decided),
    taxChanges: changes([creditRatings, majorViolations, arrearsNotices, penalties, inspections]),
  },
  TaxSection: {
    coverage: coverage(),
    creditRatings: connection(creditRatings, {
      yearFrom: { field: 'ratingYear', test: 'from' },
      yearTo: { field: 'ratingYear', test: 'to' },
    }),
    majorViolations: connection(majorViolations),
    arrearsNotices: connection(arrearsNotices, byTaxType),
    penalties: connection(penalties, decided),
    inspections: connection(inspections),
  },
};
