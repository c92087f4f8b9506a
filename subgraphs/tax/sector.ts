// The tax sector: ratings, major violations, arrears, penalties and inspections.
import type { Sector } from '../kit/index.ts';
import { files } from './imports.ts';
import {
  arrearsNotices,
  creditRatings,
  inspections,
  majorViolations,
  penalties,
} from './records.ts';
import { resolvers } from './resolvers.ts';
import { samples } from './samples.ts';

/** The tax sector as the kit runs it. */
export const sector: Sector = {
  name: 'tax',
  directory: import.meta.dirname,
  tables: [creditRatings, majorViolations, arrearsNotices, penalties, inspections],
  files,
  resolvers,
  samples,
};
