// The construction sector: qualifications, projects with the chain of their stages, and conduct.
import type { Sector } from '../kit/index.ts';
import { files } from './imports.ts';
import { refreshProjectSearch } from './refresh-search.ts';
import { tables } from './records.ts';
import { resolvers } from './resolvers.ts';
import { samples } from './samples.ts';

/** The construction sector as the kit runs it. */
export const sector: Sector = {
  name: 'construction',
  directory: import.meta.dirname,
  tables,
  searchTables: [{ table: 'project_search', class: 'PUBLIC' }],
  files,
  resolvers,
  samples,
  afterMerge: refreshProjectSearch,
};
