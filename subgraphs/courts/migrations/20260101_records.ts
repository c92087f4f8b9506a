// The record tables of the courts sector and the register of its batches.
import type { Knex } from 'knex';
import { addMoney, createBatchesTable, createRecordTable } from '../../kit/index.ts';

/** Creates the tables. */
export async function up(knex: Knex): Promise<void> {
  await createBatchesTable(knex);
  await createRecordTable(knex, 'judgment_debtor_entries', (t) => {
    t.text('case_number').notNullable();
    t.date('filed_on').notNullable();
    t.text('basis_document');
    t.text('basis_maker');
    t.text('obligations').notNullable();
    t.text('performance').notNullable();
    t.text('performed_part');
    t.text('unperformed_part');
    t.jsonb('grounds').notNullable();
    t.date('listed_on').notNullable();
    t.date('term_until');
    t.integer('extension_years').notNullable();
    t.date('removed_on');
    t.text('removal_reason');
    t.text('subject_name');
  });
  await createRecordTable(knex, 'enforcement_cases', (t) => {
    t.text('case_number').notNullable();
    t.boolean('is_resumed').notNullable();
    t.date('filed_on').notNullable();
    t.text('basis_document');
    addMoney(t, 'amount');
    addMoney(t, 'unperformed_amount');
    t.text('status').notNullable();
    t.date('closed_on');
    t.text('subject_name');
  });
  await createRecordTable(knex, 'spending_limits', (t) => {
    t.text('order_number').notNullable();
    t.text('case_number').notNullable();
    t.date('issued_on').notNullable();
    t.boolean('binds_representatives');
    t.text('measures');
    t.date('lifted_on');
    t.text('lift_reason');
    t.text('subject_name');
  });
  await createRecordTable(knex, 'judgments', (t) => {
    t.text('case_number').notNullable();
    t.text('document_kind').notNullable();
    t.text('case_type').notNullable();
    t.text('instance').notNullable();
    t.text('cause').notNullable();
    t.text('role').notNullable();
    t.text('outcome').notNullable();
    addMoney(t, 'amount_claimed');
    addMoney(t, 'amount_awarded');
    t.date('effective_on');
    t.text('subject_name');
  });
}

/** Drops the tables; for development only. */
export async function down(knex: Knex): Promise<void> {
  for (const table of [
    'judgments',
    'spending_limits',
    'enforcement_cases',
    'judgment_debtor_entries',
    'batches',
  ]) {
    await knex.schema.dropTable(table);
  }
}
