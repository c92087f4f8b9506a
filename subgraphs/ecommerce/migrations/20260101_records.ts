// The record tables of the e-commerce sector and the register of its batches.
import type { Knex } from 'knex';
import { addMoney, createBatchesTable, createRecordTable } from '../../kit/index.ts';

/** Creates the tables. */
export async function up(knex: Knex): Promise<void> {
  await createBatchesTable(knex);
  await createOperators(knex);
  await createStores(knex);
  await createPlatformRatings(knex);
  await createViolations(knex);
  await createBans(knex);
  await createComplaintOutcomes(knex);
}

async function createOperators(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'operators', (t) => {
    t.text('operator_type').notNullable();
    t.text('platform').notNullable();
    t.text('platform_code');
    t.text('licence_number').notNullable();
    t.text('licence_name').notNullable();
    t.jsonb('licences').notNullable();
    t.text('licence_page');
    t.boolean('licence_shown');
    t.text('verification').notNullable();
    t.date('verified_on').notNullable();
    t.date('reverify_by');
    t.date('closure_announced_on');
    t.date('closed_on');
    t.text('business_address');
    t.text('service_telephone');
    t.text('subject_name');
  });
}

async function createStores(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'stores', (t) => {
    t.text('site_type').notNullable();
    t.text('store_name').notNullable();
    t.text('url').notNullable();
    t.text('platform');
    t.text('platform_code');
    t.text('trade_mode').notNullable();
    t.text('icp_number');
    t.boolean('licence_shown');
    t.text('verification').notNullable();
    t.date('verified_on').notNullable();
    t.text('store_state').notNullable();
    t.date('opened_on');
    t.date('closed_on');
    t.text('service_telephone');
    t.text('subject_name');
  });
  await addListingIndex(knex, 'stores', 'platform');
  await addListingIndex(knex, 'stores', 'site_type');
}

async function createPlatformRatings(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'platform_ratings', (t) => {
    t.text('platform').notNullable();
    t.text('store_name').notNullable();
    t.text('period').notNullable();
    t.decimal('score', 9, 3).notNullable();
    t.decimal('scale', 9, 3).notNullable();
    t.decimal('goods_score', 9, 3);
    t.decimal('service_score', 9, 3);
    t.decimal('delivery_score', 9, 3);
    t.integer('review_count');
    t.integer('transaction_count');
    addMoney(t, 'transaction_value');
  });
}

async function createViolations(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'violations', (t) => {
    t.text('decision_number').notNullable();
    t.text('violation').notNullable();
    t.text('platform');
    t.text('store_name');
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
  await addListingIndex(knex, 'violations', 'violation');
}

async function createBans(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'bans', (t) => {
    t.text('decision_number').notNullable();
    t.text('scope').notNullable();
    t.text('scope_detail');
    t.date('banned_from').notNullable();
    t.date('banned_until').notNullable();
    t.text('basis').notNullable();
    t.date('lifted_on');
    t.text('subject_name');
  });
}

async function createComplaintOutcomes(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'complaint_outcomes', (t) => {
    t.text('case_number').notNullable();
    t.text('channel').notNullable();
    t.text('matter').notNullable();
    t.text('outcome').notNullable();
    t.text('platform');
    t.date('accepted_on');
    t.date('determined_on').notNullable();
    addMoney(t, 'refund');
    t.text('subject_name');
  });
}

/** Indexes what a listing narrows by together with its order, over records that stand. */
async function addListingIndex(knex: Knex, table: string, column: string): Promise<void> {
  await knex.schema.alterTable(table, (t) => {
    t.index([column, 'sort_date', 'record_id'], `${table}_by_${column}`, {
      predicate: knex.whereNull('superseded_at'),
    });
  });
}

/** Drops the tables; for development only. */
export async function down(knex: Knex): Promise<void> {
  for (const table of [
    'complaint_outcomes',
    'bans',
    'violations',
    'platform_ratings',
    'stores',
    'operators',
    'batches',
  ]) {
    await knex.schema.dropTable(table);
  }
}
