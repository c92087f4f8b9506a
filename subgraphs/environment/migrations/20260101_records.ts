// The record tables of the environment sector and the register of its batches.
import type { Knex } from 'knex';
import { addMoney, createBatchesTable, createRecordTable } from '../../kit/index.ts';

/** Creates the tables. */
export async function up(knex: Knex): Promise<void> {
  await createBatchesTable(knex);
  await createRatings(knex);
  await createPenalties(knex);
  await createPermits(knex);
  await createEmissions(knex);
  await createIncidents(knex);
  await createPreparerCycles(knex);
}

async function createRatings(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'ratings', (t) => {
    t.integer('rating_year').notNullable();
    t.text('region_code').notNullable();
    t.text('city_code').notNullable();
    t.text('level').notNullable();
    t.decimal('score', 5, 2);
    t.jsonb('indicators');
    t.jsonb('veto_grounds').notNullable();
    t.date('valid_until');
    t.text('subject_name');
  });
  await addListingIndex(knex, 'ratings', 'level');
  await addListingIndex(knex, 'ratings', 'city_code');
}

async function createPenalties(knex: Knex): Promise<void> {
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
    t.date('completed_on');
    t.text('subject_name');
  });
}

async function createPermits(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'permits', (t) => {
    t.text('certificate_number').notNullable();
    t.text('tier').notNullable();
    t.text('status').notNullable();
    t.text('site_name').notNullable();
    t.text('site_address');
    t.text('region_code').notNullable();
    t.text('city_code').notNullable();
    t.text('industry');
    t.date('valid_from').notNullable();
    t.date('valid_until');
    t.text('issuer').notNullable();
    t.jsonb('outlets').notNullable();
    t.jsonb('standards').notNullable();
    t.jsonb('monitoring_duties').notNullable();
    t.boolean('confidentiality_claim').notNullable();
    t.jsonb('processes');
    t.text('subject_name');
  });
  await addListingIndex(knex, 'permits', 'region_code');
  await addListingIndex(knex, 'permits', 'city_code');
  await addListingIndex(knex, 'permits', 'tier');
}

async function createEmissions(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'emissions', (t) => {
    t.text('certificate_number').notNullable();
    t.text('period').notNullable();
    t.integer('year').notNullable();
    t.text('medium').notNullable();
    t.text('pollutant').notNullable();
    t.decimal('tonnes', 18, 6).notNullable();
    t.decimal('permitted_tonnes', 18, 6);
    t.decimal('mean_concentration', 18, 6);
    t.text('concentration_unit');
    t.integer('exceedances');
    t.text('subject_name');
  });
}

async function createIncidents(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'incidents', (t) => {
    t.text('incident_number').notNullable();
    t.text('level').notNullable();
    t.date('occurred_on').notNullable();
    t.text('region_code');
    t.text('facts').notNullable();
    t.text('rating_effect').notNullable();
    t.date('resolved_on');
    t.text('subject_name');
  });
}

async function createPreparerCycles(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'preparer_cycles', (t) => {
    t.date('cycle_from').notNullable();
    t.date('cycle_to').notNullable();
    t.integer('points').notNullable();
    t.text('standing').notNullable();
    t.jsonb('entries').notNullable();
    t.date('blacklisted_on');
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
    'preparer_cycles',
    'incidents',
    'emissions',
    'permits',
    'penalties',
    'ratings',
    'batches',
  ]) {
    await knex.schema.dropTable(table);
  }
}
