// The register of batches that were taken back.
import type { Knex } from 'knex';
import { createWithdrawalsTable } from '../../kit/index.ts';

/** Creates the table. */
export async function up(knex: Knex): Promise<void> {
  await createWithdrawalsTable(knex);
}

/** Drops the table; for development only. */
export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('withdrawals');
}
