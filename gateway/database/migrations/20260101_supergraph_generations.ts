// The supergraphs that this gateway has served: which schema stood behind an answer of a given day.
import type { Knex } from 'knex';

/** Creates the table. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('supergraph_generations', (table) => {
    table.text('generation').primary().comment('SHA-256 of the SDL, hexadecimal');
    table.text('sdl').notNullable();
    table.timestamp('first_served_at', { useTz: true }).notNullable();
  });
}

/** Drops it; for development. */
export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('supergraph_generations');
}
