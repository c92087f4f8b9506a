// From when to when a rating is in force, and the registered address of an entry in the list of major
// violations.
import type { Knex } from 'knex';

/** Adds the columns, empty in what was imported before. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('credit_ratings', (t) => {
    t.date('valid_from');
    t.date('valid_to');
  });
  await knex.schema.alterTable('major_violations', (t) => {
    t.text('registered_address');
  });
}

/** Drops the columns; for development only. */
export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('major_violations', (t) => {
    t.dropColumn('registered_address');
  });
  await knex.schema.alterTable('credit_ratings', (t) => {
    t.dropColumns('valid_from', 'valid_to');
  });
}
