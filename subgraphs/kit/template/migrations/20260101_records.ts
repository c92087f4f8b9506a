// The record tables of the sector, the register of its batches and that of their withdrawals.
import type { Knex } from 'knex';
import { createBatchesTable, createRecordTable, createWithdrawalsTable } from '../../index.ts';

/** Creates the tables. */
export async function up(knex: Knex): Promise<void> {
  await createBatchesTable(knex);
  await createWithdrawalsTable(knex);
  await createRecordTable(knex, 'odd_exhibits', (t) => {
    t.integer('year').notNullable();
    t.text('grade').notNullable();
    t.decimal('score', 5, 2);
    t.text('subject_name');
  });
}

/** Drops the tables; for development only. */
export async function down(knex: Knex): Promise<void> {
  for (const table of ['odd_exhibits', 'withdrawals', 'batches']) {
    await knex.schema.dropTable(table);
  }
}
