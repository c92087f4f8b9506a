// The sector as the kit runs it: its parts by name.
import type { Sector } from '../index.ts';
import { files } from './imports.ts';
import { oddExhibits } from './records.ts';
import { resolvers } from './resolvers.ts';
import { samples } from './samples.ts';

/** The sector specimen. */
export const sector: Sector = {
  name: 'specimen',
  directory: import.meta.dirname,
  tables: [oddExhibits],
  files,
  resolvers,
  samples,
};
