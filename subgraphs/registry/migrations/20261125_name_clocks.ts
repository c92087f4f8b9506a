// The names of subjects keep the clocks of their registrations for queries and deletion beside that for
// display: what is no longer asked for, or is to be deleted, is not found by its name either.
import type { Knex } from 'knex';

const CLOCKS = ['query_until', 'deletion_until'] as const;

/** Adds the clocks, and has the index that is read in order hold them. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('subject_names', (t) => {
    for (const clock of CLOCKS) t.date(clock);
  });
  await knex.raw(
    `update subject_names n set query_until = r.query_until, deletion_until = r.deletion_until
     from registrations r where r.subject_code = n.subject_code and r.superseded_at is null
       and (r.query_until is not null or r.deletion_until is not null)`,
  );
  await createPlacedIndex(knex, `, ${CLOCKS.join(', ')}`);
}

/** Drops the clocks; for development only. */
export async function down(knex: Knex): Promise<void> {
  await createPlacedIndex(knex, '');
  await knex.schema.alterTable('subject_names', (t) => {
    t.dropColumns(...CLOCKS);
  });
}

async function createPlacedIndex(knex: Knex, more: string): Promise<void> {
  await knex.raw('drop index subject_names_placed');
  await knex.raw(
    `create index subject_names_placed on subject_names (place, subject_code, no)
     include (normalised, region_code, status, category,
              disclosure_class, state, display_from, display_until${more})`,
  );
}
