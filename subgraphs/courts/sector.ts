// The courts sector: judgment debtors, enforcement cases, spending limits and judgments.
import type { Sector } from '../kit/index.ts';
import { files } from './imports.ts';
import { enforcementCases, judgmentDebtorEntries, judgments, spendingLimits } from './records.ts';
import { resolvers } from './resolvers.ts';
import { samples } from './samples.ts';

/** The courts sector as the kit runs it. */
export const sector: Sector = {
  name: 'courts',
  directory: import.meta.dirname,
  tables: [judgmentDebtorEntries, enforcementCases, spendingLimits, judgments],
  files,
  resolvers,
  samples,
};
