// What every record table has besides its own columns. Migrations call this, so it never changes
// its meaning once released: a new shape is a new function.
import type { Knex } from 'knex';

/**
 * Creates a record table: history, provenance, class and clocks, then the sector's own columns.
 *
 * The subject's code leads the primary key and every unique index, so that the same schema
 * distributes by it. Listings over all subjects read a plain (not unique) index by date.
 */
export async function createRecordTable(
  knex: Knex,
  table: string,
  build: (table: Knex.CreateTableBuilder) => void,
): Promise<void> {
  await knex.schema.createTable(table, (t) => {
    t.text('subject_code').notNullable();
    t.text('record_id').notNullable();
    t.integer('version').notNullable();
    t.timestamp('recorded_at').notNullable();
    t.timestamp('superseded_at');
    t.text('batch_id').notNullable();
    t.text('content_hash').notNullable();
    t.text('disclosure_class').notNullable();
    t.text('state').notNullable();
    t.text('state_reason');
    t.text('dispute').notNullable();
    t.text('publisher').notNullable();
    t.text('publisher_code');
    t.text('document_number');
    t.date('decided_on');
    t.date('published_on');
    t.timestamp('retrieved_at').notNullable();
    for (const clock of ['display', 'query', 'deletion']) {
      t.text(`${clock}_start`).notNullable();
      t.date(`${clock}_from`);
      t.date(`${clock}_until`);
    }
    t.date('sort_date').notNullable();
    build(t);
    t.primary(['subject_code', 'record_id', 'version']);
    t.check(
      `disclosure_class in ('PUBLIC','REGISTERED','AGENCY','AUTHORISED','GOVERNMENT','SPECIAL')`,
    );
    t.check(`state in ('EFFECTIVE','REPAIRED','WITHDRAWN')`);
  });
  await knex.schema.alterTable(table, (t) => {
    t.unique(['subject_code', 'record_id'], {
      indexName: `${table}_current`,
      predicate: knex.whereNull('superseded_at'),
      useConstraint: false,
    });
    t.index(['sort_date', 'record_id'], `${table}_newest`, {
      predicate: knex.whereNull('superseded_at'),
    });
    t.index(['recorded_at', 'record_id'], `${table}_changes`);
  });
}

/** Creates the register of imported files; a file is known again by the hash of its bytes. */
export async function createBatchesTable(knex: Knex): Promise<void> {
  await knex.schema.createTable('batches', (t) => {
    t.text('batch_id').primary();
    t.text('file_name').notNullable();
    t.text('file_hash').notNullable();
    t.text('format').notNullable();
    t.bigInteger('bytes').notNullable();
    t.text('state').notNullable();
    t.timestamp('started_at').notNullable();
    t.timestamp('finished_at');
    for (const count of ['read', 'inserted', 'changed', 'unchanged', 'rejected']) {
      t.bigInteger(count).notNullable().defaultTo(0);
    }
    t.index(['file_hash', 'format']);
  });
}

/**
 * Creates the register of withdrawals: which batch was taken back, why, by whom and when. The versions
 * that a withdrawal makes have its id in place of that of a batch; one may be of several batches.
 */
export async function createWithdrawalsTable(knex: Knex): Promise<void> {
  await knex.schema.createTable('withdrawals', (t) => {
    t.text('batch_id').primary();
    t.text('withdrawal_id').notNullable().index();
    t.text('reason').notNullable();
    t.text('withdrawn_by').notNullable();
    t.timestamp('withdrawn_at').notNullable();
  });
}

/** Adds an amount of money: integer minor units and its ISO 4217 currency. */
export function addMoney(table: Knex.CreateTableBuilder, name: string): void {
  table.bigInteger(`${name}_minor`);
  table.specificType(`${name}_currency`, 'char(3)');
}
