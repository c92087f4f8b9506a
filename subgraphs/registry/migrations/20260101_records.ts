// The registrations, the names by which they are searched, and the register of batches.
import type { Knex } from 'knex';
import { createBatchesTable, createRecordTable } from '../../kit/index.ts';

/** Creates the tables. */
export async function up(knex: Knex): Promise<void> {
  await createBatchesTable(knex);
  await createRecordTable(knex, 'registrations', (t) => {
    t.text('name').notNullable();
    t.text('name_english');
    t.jsonb('former_names').notNullable();
    t.text('category').notNullable();
    t.text('region_code').notNullable();
    t.text('region_name');
    t.text('status').notNullable();
    t.date('established_on').notNullable();
    t.date('ended_on');
    t.text('registrar').notNullable();
    t.text('address');
    t.text('industry_code');
    t.text('industry_name');
    t.jsonb('identifiers').notNullable();
  });
  await knex.schema.alterTable('registrations', (t) => {
    // The names of a batch are derived subject by subject.
    t.index(['batch_id', 'subject_code'], 'registrations_of_batch', {
      predicate: knex.whereNull('superseded_at'),
    });
  });
  await createSubjectNames(knex);
}

/**
 * The names of PUBLIC registrations, in a table of their own: row security would keep the index from
 * being used, so that no row may be in it that the public may not see, which the table itself checks.
 */
async function createSubjectNames(knex: Knex): Promise<void> {
  await knex.schema.createTable('subject_names', (t) => {
    t.specificType('subject_code', 'text collate "C"').notNullable();
    t.specificType('no', 'smallint').notNullable();
    t.text('kind').notNullable();
    t.text('name').notNullable();
    t.specificType('normalised', 'text collate "C"').notNullable();
    t.integer('place').notNullable();
    t.text('status').notNullable();
    t.text('category').notNullable();
    t.specificType('region_code', 'text collate "C"').notNullable();
    t.text('disclosure_class').notNullable();
    t.text('state').notNullable();
    t.date('display_from');
    t.date('display_until');
    t.specificType('terms', 'integer[]').notNullable();
    t.primary(['subject_code', 'no']);
    t.check(`disclosure_class = 'PUBLIC' and state = 'EFFECTIVE'`);
    t.check(`kind in ('CURRENT','ENGLISH','FORMER','FORMER_ENGLISH')`);
  });
  // The pending list of a GIN index is read whole by every search, and emptied by an unlucky writer.
  await knex.raw(
    `create index subject_names_terms on subject_names using gin (terms) with (fastupdate = off)`,
  );
  // A search chooses terms by how common they are, of which the server keeps a list: of 4,000.
  await knex.raw(`alter table subject_names alter column terms set statistics 400`);
  // Read in order until a page is full, without a look at the table.
  await knex.raw(
    `create index subject_names_placed on subject_names (place, subject_code, no)
     include (normalised, region_code, status, category,
              disclosure_class, state, display_from, display_until)`,
  );
  await knex.schema.alterTable('subject_names', (t) => {
    t.index(['status', 'category', 'region_code', 'subject_code'], 'subject_names_listed', {
      predicate: knex.whereRaw(`kind = 'CURRENT'`) as never,
    });
  });
}

/** Drops the tables; for development only. */
export async function down(knex: Knex): Promise<void> {
  for (const table of ['subject_names', 'registrations', 'batches']) {
    await knex.schema.dropTable(table);
  }
}
