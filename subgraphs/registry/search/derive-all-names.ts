// Derives the names of all subjects anew, for a migration that follows a change of how they are derived.
import type { Knex } from 'knex';
import type { Run } from '../../kit/index.ts';
import { deriveNames } from './keep-names.ts';

/** Empties the names, and derives those of every registration as the code now does. */
export async function deriveAllNames(knex: Knex): Promise<void> {
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
