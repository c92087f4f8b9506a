// The operations that are asked, normalised, and how often on each legal day by callers of each tier.
// There is nothing of any caller or subject in them.
import type { Knex } from 'knex';

/** Creates the tables. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('recorded_operations', (table) => {
    table
      .text('operation_hash')
      .primary()
      .comment('SHA-256 of the text, hexadecimal; "other" counts what is beyond the bounds');
    table.text('operation_text').notNullable();
  });
  await knex.schema.createTable('recorded_operation_days', (table) => {
    table.text('operation_hash').notNullable();
    table.date('used_on').notNullable();
    table.text('tier').notNullable();
    table.bigInteger('count').notNullable();
    table.primary(['operation_hash', 'used_on', 'tier']);
    table.index(['used_on']);
    table.check('count > 0');
    table.check(`tier in ('ANONYMOUS', 'REGISTERED', 'AGENCY', 'GOVERNMENT')`);
  });
}

/** Drops them; for development. */
export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('recorded_operation_days');
  await knex.schema.dropTable('recorded_operations');
}
