// Terms of slips have more room, and names stand in more buckets: all are derived again.
import type { Knex } from 'knex';
import { deriveAllNames } from '../search/derive-all-names.ts';

/** Derives the names of all subjects. */
export async function up(knex: Knex): Promise<void> {
  await deriveAllNames(knex);
}

/** Derives them as the code then does; for development only. */
export async function down(knex: Knex): Promise<void> {
  await deriveAllNames(knex);
}
