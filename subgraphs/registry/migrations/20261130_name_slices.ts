// The order of a search falls into slices of ten sizes, terms of slips have more room, and the server
// counts how common terms are down to rarer ones: all names are derived again. A batch enters the index
// of terms by its pending list, which takes a third of the time; the import empties the list when it is
// done.
import type { Knex } from 'knex';
import { deriveAllNames } from '../search/derive-all-names.ts';

const TERMS_COUNTED = { before: 400, since: 1_000 } as const;

/** Derives the names of all subjects. */
export async function up(knex: Knex): Promise<void> {
  await countTerms(knex, TERMS_COUNTED.since);
  await knex.raw('alter index subject_names_terms set (fastupdate = on)');
  await deriveAllNames(knex);
}

/** Derives them as the code then does; for development only. */
export async function down(knex: Knex): Promise<void> {
  await countTerms(knex, TERMS_COUNTED.before);
  await knex.raw('alter index subject_names_terms set (fastupdate = off)');
  await deriveAllNames(knex);
}

async function countTerms(knex: Knex, statistics: number): Promise<void> {
  await knex.raw(`alter table subject_names alter column terms set statistics ${statistics}`);
}
