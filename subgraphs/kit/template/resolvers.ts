// Fields of the sector's section to the records behind them.
import { changes, connection, coverage, listing, section, type Resolvers } from '../index.ts';
import { oddExhibits } from './records.ts';

const byGrade = { grade: { field: 'grade', test: 'any' } } as const;

/** Resolvers of the sector. */
export const resolvers: Resolvers = {
  Subject: { specimen: section() },
  Query: {
    specimenOddExhibits: listing(oddExhibits, {
      ...byGrade,
      decidedFrom: { field: 'decidedOn', test: 'from' },
      decidedTo: { field: 'decidedOn', test: 'to' },
    }),
    specimenChanges: changes([oddExhibits]),
  },
  SpecimenSection: {
    coverage: coverage(),
    oddExhibits: connection(oddExhibits, byGrade),
  },
};
