// Who has been let in beyond its tier, and how that came about: consents, special applications with
// their reviews, grants, and the history of every move. `access_openings` holds what is open now and
// is all that a decision reads: a row goes in the transaction that withdraws or revokes it.
import type { Knex } from 'knex';

const WORDS = {
  purpose: 'closed list of purposes',
  until: 'last day, inclusive, by the calendar of China; expiry is a condition of reading',
  organisation: 'as credentials name it',
  by: 'principal, as its issuer names it',
};

/** Creates the tables. */
export async function up(knex: Knex): Promise<void> {
  await createConsents(knex);
  await createApplications(knex);
  await createReviews(knex);
  await createGrants(knex);
  await createOpenings(knex);
  await createMoves(knex);
}

/** Drops them; for development. */
export async function down(knex: Knex): Promise<void> {
  for (const table of ['moves', 'openings', 'grants', 'reviews', 'applications', 'consents']) {
    await knex.schema.dropTable(`access_${table}`);
  }
  await knex.raw('drop function access_moves_stand()');
}

async function createConsents(knex: Knex): Promise<void> {
  await knex.schema.createTable('access_consents', (table) => {
    table.text('subject_code').notNullable();
    table.text('id').notNullable();
    table.text('organisation').notNullable().comment(WORDS.organisation);
    table.specificType('sectors', 'text[]').notNullable().comment('sorted');
    table.text('purpose').notNullable().comment(WORDS.purpose);
    table.date('until').notNullable().comment(WORDS.until);
    table.timestamp('given_at', { useTz: true }).notNullable();
    table.text('given_by').notNullable().comment(WORDS.by);
    table.timestamp('withdrawn_at', { useTz: true });
    table.text('withdrawn_by').comment(WORDS.by);
    table.primary(['subject_code', 'id']);
    table.index(['id']);
    table.index(['subject_code', 'given_at', 'id']);
    table.index(['organisation', 'given_at', 'id']);
  });
  await knex.raw(`create unique index access_consents_once on access_consents
    (subject_code, organisation, purpose, until, sectors) where withdrawn_at is null`);
}

async function createApplications(knex: Knex): Promise<void> {
  await knex.schema.createTable('access_applications', (table) => {
    table.text('subject_code').notNullable();
    table.text('id').notNullable();
    table.text('sector').notNullable();
    table.specificType('fields', 'text[]').notNullable().comment('as applied for, sorted');
    table.date('until').notNullable().comment('as applied for');
    table.specificType('standing_fields', 'text[]').notNullable().comment('after narrowing');
    table.date('standing_until').notNullable().comment('after narrowing');
    table.text('purpose').notNullable().comment(WORDS.purpose);
    table.text('legal_basis').notNullable();
    table.text('case_reference').notNullable();
    table.text('organisation').notNullable().comment(WORDS.organisation);
    table.text('applicant').notNullable().comment(WORDS.by);
    table.timestamp('applied_at', { useTz: true }).notNullable();
    table.text('state').notNullable();
    table.integer('version').notNullable().comment('counts the moves');
    table.text('digest').notNullable().comment('SHA-256 of what is applied for, hexadecimal');
    table.primary(['subject_code', 'id']);
    table.index(['id']);
    table.index(['organisation', 'applied_at', 'id']);
    table.check(
      `state in ('PENDING', 'AWAITING_SECOND', 'APPROVED', 'REFUSED', 'WITHDRAWN')`,
      [],
      'access_applications_state',
    );
  });
  await knex.raw(`create unique index access_applications_once on access_applications
    (subject_code, organisation, digest) where state in ('PENDING', 'AWAITING_SECOND')`);
  await knex.raw(`create index access_applications_open on access_applications
    (sector, applied_at, id) where state in ('PENDING', 'AWAITING_SECOND')`);
  await knex.raw(`create index access_applications_own_open on access_applications
    (organisation, standing_until) where state in ('PENDING', 'AWAITING_SECOND')`);
}

async function createReviews(knex: Knex): Promise<void> {
  await knex.schema.createTable('access_reviews', (table) => {
    table.text('subject_code').notNullable();
    table.text('application_id').notNullable();
    table.integer('place').notNullable().comment('1 for the first reviewer, 2 for the second');
    table.text('reviewer').notNullable().comment(WORDS.by);
    table.text('organisation').notNullable().comment(WORDS.organisation);
    table.text('decision').notNullable();
    table.specificType('fields', 'text[]').notNullable().comment('let stand; empty for a refusal');
    table.date('until').comment('let stand; null for a refusal');
    table.text('reason').notNullable();
    table.timestamp('reviewed_at', { useTz: true }).notNullable();
    table.primary(['subject_code', 'application_id', 'place']);
    // Whatever the code does, nobody reviews an application twice.
    table.unique(['subject_code', 'application_id', 'reviewer']);
    table.check('place in (1, 2)', [], 'access_reviews_place');
    table
      .foreign(['subject_code', 'application_id'])
      .references(['subject_code', 'id'])
      .inTable('access_applications');
  });
}

async function createGrants(knex: Knex): Promise<void> {
  await knex.schema.createTable('access_grants', (table) => {
    table.text('subject_code').notNullable();
    table.text('id').notNullable();
    table.text('application_id').notNullable();
    table.text('sector').notNullable();
    table.specificType('fields', 'text[]').notNullable().comment('opened by it, sorted');
    table.text('organisation').notNullable().comment(WORDS.organisation);
    table.text('purpose').notNullable().comment(WORDS.purpose);
    table.date('until').notNullable().comment(WORDS.until);
    table.timestamp('granted_at', { useTz: true }).notNullable();
    table.timestamp('revoked_at', { useTz: true });
    table.text('revoked_by').comment(WORDS.by);
    table.text('revocation_reason');
    table.primary(['subject_code', 'id']);
    table.index(['id']);
    table.index(['subject_code', 'granted_at', 'id']);
    table.index(['organisation', 'granted_at', 'id']);
    table.index(['sector', 'granted_at', 'id']);
    table.unique(['subject_code', 'application_id']);
    table
      .foreign(['subject_code', 'application_id'])
      .references(['subject_code', 'id'])
      .inTable('access_applications');
  });
}

async function createOpenings(knex: Knex): Promise<void> {
  await knex.schema.createTable('access_openings', (table) => {
    table.text('subject_code').notNullable();
    table.text('organisation').notNullable().comment(WORDS.organisation);
    table.text('purpose').notNullable().comment(WORDS.purpose);
    table.text('sector').notNullable();
    table.text('kind').notNullable();
    table.text('item_id').notNullable().comment('the consent or the grant');
    table.date('until').notNullable().comment(WORDS.until);
    table.specificType('fields', 'text[]').notNullable().comment('of a grant; empty for a consent');
    table.primary(['subject_code', 'organisation', 'purpose', 'sector', 'kind', 'item_id']);
    table.index(['organisation', 'purpose', 'kind', 'sector', 'until'], 'access_openings_held');
    table.check(`kind in ('CONSENT', 'GRANT')`, [], 'access_openings_kind');
  });
}

async function createMoves(knex: Knex): Promise<void> {
  await knex.schema.createTable('access_moves', (table) => {
    table.text('subject_code').notNullable();
    table.text('item_id').notNullable().comment('the application, grant or consent');
    table.integer('version').notNullable().comment('counts the moves of the item, from 1');
    table.text('kind').notNullable();
    table.text('from_state').comment('null where the item begins');
    table.text('to_state').notNullable();
    table.text('organisation').notNullable().comment(WORDS.organisation);
    table.text('moved_by').notNullable().comment(WORDS.by);
    table.timestamp('moved_at', { useTz: true }).notNullable();
    table.text('reason');
    table.primary(['subject_code', 'item_id', 'version']);
  });
  // History is added to and never changed, whoever holds a connection of the gateway.
  await knex.raw(`create function access_moves_stand() returns trigger language plpgsql as $$
    begin raise exception 'moves stand: they are neither changed nor deleted'; end $$`);
  await knex.raw(`create trigger access_moves_stand before update or delete or truncate
    on access_moves for each statement execute function access_moves_stand()`);
}
