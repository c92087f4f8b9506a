// The environment sector: ratings, penalties, discharge permits, emissions, incidents and points of
// those who prepare impact assessments.
import type { Sector } from '../kit/index.ts';
import { files } from './imports.ts';
import { emissions, incidents, penalties, permits, preparerCycles, ratings } from './records.ts';
import { resolvers } from './resolvers.ts';
import { samples } from './samples.ts';

/** The environment sector as the kit runs it. */
export const sector: Sector = {
  name: 'environment',
  directory: import.meta.dirname,
  tables: [ratings, penalties, permits, emissions, incidents, preparerCycles],
  files,
  resolvers,
  samples,
};
