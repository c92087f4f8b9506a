// The record tables of the construction sector, the register of its batches, and the table in which
// the names of projects are searched.
import type { Knex } from 'knex';
import { addMoney, createBatchesTable, createRecordTable } from '../../kit/index.ts';

/** Tables whose records belong to a project, beside `projects` itself. */
const STAGES = ['tenders', 'contracts', 'drawing_reviews', 'licences', 'completions'] as const;

/** Creates the tables. */
export async function up(knex: Knex): Promise<void> {
  await createBatchesTable(knex);
  await createProjects(knex);
  await createStages(knex);
  for (const table of ['projects', ...STAGES]) {
    await knex.schema.alterTable(table, (t) => {
      t.index(['subject_code', 'project_number'], `${table}_chain`, {
        predicate: knex.whereNull('superseded_at'),
      });
      // The search table is refreshed after each batch by what the batch touched.
      t.index(['batch_id'], `${table}_batch`);
    });
  }
  await createConduct(knex);
  await createProjectSearch(knex);
}

/** Drops the tables; for development only. */
export async function down(knex: Knex): Promise<void> {
  for (const table of [
    'project_search',
    'blacklist',
    'wage_arrears',
    'bad_conduct',
    'good_conduct',
    'qualifications',
    'participations',
    ...STAGES,
    'projects',
    'batches',
  ]) {
    await knex.schema.dropTable(table);
  }
}

async function createProjects(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'projects', (t) => {
    t.text('project_number').notNullable();
    t.text('name').notNullable();
    t.text('type').notNullable();
    t.text('builder_name').notNullable();
    t.text('region').notNullable();
    t.text('address');
    t.text('approval_number');
    t.text('approval_level');
    t.text('land_plan_number');
    t.text('project_plan_number');
    addMoney(t, 'investment');
    t.decimal('area', 15, 2);
    t.text('property');
    t.text('function');
    t.date('starts_on');
    t.date('ends_on');
    addMoney(t, 'actual_cost');
    t.date('registered_on').notNullable();
  });
  await createRecordTable(knex, 'participations', (t) => {
    t.text('project_number').notNullable();
    t.text('project_name').notNullable();
    t.text('builder_code').notNullable();
    t.text('builder_name').notNullable();
    t.text('role').notNullable();
    t.text('stage').notNullable();
    addMoney(t, 'amount');
    t.date('since').notNullable();
    t.text('subject_name');
  });
}

async function createStages(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'tenders', (t) => {
    t.text('project_number').notNullable();
    t.text('tender_number').notNullable();
    t.text('kind').notNullable();
    t.text('method').notNullable();
    addMoney(t, 'amount');
    t.date('awarded_on').notNullable();
    t.text('scale');
    t.jsonb('parties').notNullable();
    t.jsonb('bids');
  });
  await createRecordTable(knex, 'contracts', (t) => {
    t.text('project_number').notNullable();
    t.text('contract_number').notNullable();
    t.text('kind').notNullable();
    addMoney(t, 'amount');
    t.date('signed_on').notNullable();
    t.text('scale');
    t.jsonb('parties').notNullable();
  });
  await createRecordTable(knex, 'drawing_reviews', (t) => {
    t.text('project_number').notNullable();
    t.text('review_number').notNullable();
    t.date('reviewed_on').notNullable();
    addMoney(t, 'estimate');
    t.text('scale');
    t.boolean('passed_at_first');
    t.integer('mandatory_breaches');
    t.jsonb('parties').notNullable();
  });
  await createRecordTable(knex, 'licences', (t) => {
    t.text('project_number').notNullable();
    t.text('licence_number').notNullable();
    t.date('issued_on').notNullable();
    addMoney(t, 'amount');
    t.decimal('area', 15, 2);
    t.text('scale');
    t.date('starts_on');
    t.date('ends_on');
    t.jsonb('parties').notNullable();
  });
  await createRecordTable(knex, 'completions', (t) => {
    t.text('project_number').notNullable();
    t.text('completion_number').notNullable();
    t.date('completed_on').notNullable();
    addMoney(t, 'actual_cost');
    t.decimal('actual_area', 15, 2);
    t.text('scale');
    t.jsonb('parties').notNullable();
  });
}

async function createConduct(knex: Knex): Promise<void> {
  await createRecordTable(knex, 'qualifications', (t) => {
    t.text('certificate_number').notNullable();
    t.text('name').notNullable();
    t.text('grade').notNullable();
    t.date('valid_from');
    t.date('valid_to');
    t.date('issued_on').notNullable();
    t.text('issuer').notNullable();
    t.text('status').notNullable();
    t.text('subject_name');
  });
  await createRecordTable(knex, 'good_conduct', (t) => {
    t.text('decision_number').notNullable();
    t.text('title').notNullable();
    t.text('level').notNullable();
    t.text('project_name');
    t.text('content');
    t.date('commended_on').notNullable();
    t.text('subject_name');
  });
  await createRecordTable(knex, 'bad_conduct', (t) => {
    t.text('decision_number').notNullable();
    t.text('category').notNullable();
    t.text('behaviour_code');
    t.text('role');
    t.text('project_name');
    t.text('facts').notNullable();
    t.text('legal_basis');
    t.text('penalty');
    addMoney(t, 'fine');
    t.text('severity');
    t.date('determined_on').notNullable();
    t.date('penalty_until');
    t.date('rectified_on');
    t.text('subject_name');
  });
  await createRecordTable(knex, 'wage_arrears', (t) => {
    t.text('decision_number').notNullable();
    t.text('facts').notNullable();
    t.text('legal_basis');
    t.text('project_name');
    addMoney(t, 'amount');
    t.integer('workers');
    t.date('entered_on').notNullable();
    t.date('corrected_on');
    t.date('removed_on');
    t.text('subject_name');
  });
  await createRecordTable(knex, 'blacklist', (t) => {
    t.text('decision_number').notNullable();
    t.text('ground').notNullable();
    t.text('facts').notNullable();
    t.text('legal_basis');
    t.text('measures');
    t.date('entered_on').notNullable();
    t.date('removed_on');
    t.text('subject_name');
  });
}

/**
 * One row for each standing PUBLIC project: what it is found by. It holds nothing that is not public
 * and needs no row security, which would turn its GIN index off.
 */
async function createProjectSearch(knex: Knex): Promise<void> {
  await knex.schema.createTable('project_search', (t) => {
    t.text('subject_code').notNullable();
    t.text('record_id').notNullable();
    t.date('sort_date').notNullable();
    t.text('project_number').notNullable();
    t.text('name').notNullable();
    t.text('builder_name').notNullable();
    t.specificType('terms', 'text[] collate "C"').notNullable();
    t.primary(['subject_code', 'record_id']);
    t.index(['sort_date', 'record_id'], 'project_search_newest');
    t.index(['project_number'], 'project_search_number');
  });
  await knex.raw('create index project_search_terms on project_search using gin (terms)');
}
