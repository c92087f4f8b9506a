// The first large batch of an empty registry: its indexes are built at the end, at once. Entering a
// million names one by one into the index of terms takes ten times as long.

import { deferIndexes, type Run } from '../../kit/index.ts';

/** A load of names, before their indexes stand. */
export interface DeferredIndexes {
  /** Whether no name was there before. */
  readonly isEmpty: boolean;
  /** Builds again what was dropped. */
  readonly build: () => Promise<void>;
}

/** A batch of fewer subjects is entered one by one: searches go on meanwhile. */
const SUBJECTS_MIN = 20_000;

/**
 * Drops the indexes of the names if the table is empty and the batch is large. Nothing is searched
 * then; the table is locked until the transaction ends.
 *
 * @param batchId null for all subjects
 */
export async function deferNameIndexes(
  run: Run,
  batchId: string | null,
  subjectsMin = SUBJECTS_MIN,
): Promise<DeferredIndexes> {
  const [row] = await run<{ first: boolean }>(
    `select not exists (select from subject_names)
       and (select count(*) from (select from registrations where $1::text is null or batch_id = $1 limit $2) r) = $2
       as first`,
    [batchId, subjectsMin],
  );
  if (row?.first !== true) return { isEmpty: false, build: () => Promise.resolve() };
  const buildIndexes = await deferIndexes(run, 'subject_names');
  const build = async (): Promise<void> => {
    await run(`set local maintenance_work_mem = '256MB'`, []);
    await buildIndexes();
  };
  return { isEmpty: true, build };
}
