// The construction sector: qualifications, projects with the chain of their stages, and conduct.
import type { Sector } from '../kit/index.ts';
import { files } from './imports.ts';
import { refreshProjectSearch } from './refresh-search.ts';
import {
  badConduct,
  blacklist,
  completions,
  contracts,
  drawingReviews,
  goodConduct,
  licences,
  participations,
  projects,
  qualifications,
  tenders,
  wageArrears,
} from './records.ts';
import { resolvers } from './resolvers.ts';
import { samples } from './samples.ts';

/** The construction sector as the kit runs it. */
export const sector: Sector = {
  name: 'construction',
  directory: import.meta.dirname,
  tables: [
    qualifications,
    projects,
    tenders,
    contracts,
    drawingReviews,
    licences,
    completions,
    participations,
    goodConduct,
    badConduct,
    wageArrears,
    blacklist,
  ],
  files,
  resolvers,
  samples,
  afterMerge: refreshProjectSearch,
};
