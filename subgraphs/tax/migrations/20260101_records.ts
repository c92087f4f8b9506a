// The record tables of the tax sector and the register of its batches.
import type { Knex } from 'knex';
import { addMoney, createBatchesTable, createRecordTable } from '../../kit/index.ts';

/** Creates the tables. */
export async function up(knex: Knex): Promise<void> {
  await createBatchesTable(knex);
  await createRecordTable(knex, 'credit_ratings', (t) => {
    t.integer('rating_year').notNullable();
    t.text('grade').notNullable();
    t.decimal('score', 5, 2);
    t.text('direct_ground');
    t.text('subject_name');
  });
  await createRecordTable(knex, 'major_violations', (t) => {
    t.text('case_nature').notNullable();
    t.text('facts').notNullable();
    t.text('legal_basis');
    t.text('treatment');
    addMoney(t, 'tax_amount');
    t.date('entered_on').notNullable();
    t.date('removed_on');
    t.text('subject_name');
  });
  await createRecordTable(knex, 'arrears_notices', (t) => {
    t.text('period').notNullable();
    t.text('tax_type').notNullable();
    addMoney(t, 'balance');
    addMoney(t, 'new_arrears');
    t.text('place_of_business');
    t.text('subject_name');
  });
  await createRecordTable(knex, 'penalties', (t) => {
    t.text('decision_number').notNullable();
    t.text('violation_type');
    t.text('facts');
    t.text('legal_basis');
    t.jsonb('kinds').notNullable();
    t.text('content');
    addMoney(t, 'fine');
    addMoney(t, 'confiscated');
    t.text('revoked_certificate');
    t.text('severity').notNullable();
    t.date('valid_until');
    t.text('subject_name');
  });
  await createRecordTable(knex, 'inspections', (t) => {
    t.text('inspection_number').notNullable();
    t.date('period_from');
    t.date('period_to');
    t.text('outcome');
    t.text('facts');
    addMoney(t, 'recovered');
    t.text('penalty_document');
    t.boolean('transferred_to_justice');
  });
}

/** Drops the tables; for development only. */
export async function down(knex: Knex): Promise<void> {
  for (const table of [
    'inspections',
    'penalties',
    'arrears_notices',
    'major_violations',
    'credit_ratings',
    'batches',
  ]) {
    await knex.schema.dropTable(table);
  }
}
