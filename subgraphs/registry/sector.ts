// The registry: which subjects exist, what they are called, and how they are found.
import type { Sector } from '../kit/index.ts';
import { files } from './imports.ts';
import { registrations } from './records.ts';
import { resolvers } from './resolvers.ts';
import { samples } from './samples.ts';
import { keepNames } from './search/keep-names.ts';

/** The registry as the kit runs it. */
export const sector: Sector = {
  name: 'registry',
  directory: import.meta.dirname,
  tables: [registrations],
  searchTables: [{ table: 'subject_names', class: 'PUBLIC' }],
  files,
  resolvers,
  samples,
  afterMerge: keepNames,
};
