// The e-commerce sector: operators and stores, platform ratings, violations, bans, and outcomes of
// complaints.
import type { Sector } from '../kit/index.ts';
import { files } from './imports.ts';
import {
  bans,
  complaintOutcomes,
  operators,
  platformRatings,
  stores,
  violations,
} from './records.ts';
import { resolvers } from './resolvers.ts';
import { samples } from './samples.ts';

/** The e-commerce sector as the kit runs it. */
export const sector: Sector = {
  name: 'ecommerce',
  directory: import.meta.dirname,
  tables: [operators, stores, platformRatings, violations, bans, complaintOutcomes],
  files,
  resolvers,
  samples,
};
