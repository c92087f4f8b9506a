// Names have terms for the meeting of two words and for longer beginnings: all are derived again.
import type { Knex } from 'knex';
import type { Run } from '../search/first-load.ts';
import { deriveNames } from '../search/keep-names.ts';

/** Derives the names of all subjects. */
export async function up(knex: Knex): Promise<void> {
  await deriveAll(knex);
}

/** Derives them as the code then does; for development only. */
export async function down(knex: Knex): Promise<void> {
  await deriveAll(knex);
}

async function deriveAll(knex: Knex): Promise<void> {
  const run: Run = async <Row extends object>(text: string, values: unknown[]) => {
    const bound = Array.from(text.matchAll(/\$([0-9]+)/g), ([, at]) => values[Number(at) - 1]);
    const answer = await knex.raw<{ rows: Row[] }>(
      text.replaceAll(/\$[0-9]+/g, '?'),
      bound as never,
    );
    return answer.rows;
  };
  await run('truncate subject_names', []);
  await deriveNames(run, null);
}
