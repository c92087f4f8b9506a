// The record tables of the sector and the register of its batches.
import type { Knex } from 'knex';
import { createBatchesTable, createRecordTable } from '../../index.ts';

/** Creates the tables. */
export async function up(knex: Knex): Promise<void> {
  await createBatchesTable(knex);
  await createRecordTable(knex, 'odd_exhibits', (t) => {
    t.integer('year').notNullable();
    t.text('grade').notNullable();
    t.decimal('score', 5, 2);
    t.text('subject_name');
  });
}

/** Drops the tables; for development only. */
export async function down(knex: Knex): Promise<void> {
  for (const table of ['odd_exhibits', 'batches']) await knex.schema.dropTable(table);
}
