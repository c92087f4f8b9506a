// Keeps the names that are searched in step with the registrations, inside the transaction of the
// merge: a search sees a batch whole or not at all. Only the subjects of the batch are touched.
import type { Run, Sector } from '../../kit/index.ts';
import type { FormerName } from '../records.ts';
import { deferNameIndexes } from './first-load.ts';
import { nameRowsOf } from './name-rows.ts';

/** Subjects at a time: enough to make round trips cheap, few enough to be let go of soon. */
const SUBJECTS_AT_ONCE = 500;
const SUBJECTS_TO_ANALYZE = 1_000;
const QUERY_TIMEOUT_MS = 60 * 60_000;

interface Registration {
  readonly subject_code: string;
  readonly name: string;
  readonly name_english: string | null;
  readonly former_names: readonly FormerName[];
  readonly status: string;
  readonly category: string;
  readonly region_code: string;
  readonly disclosure_class: string;
  readonly state: string;
  readonly display_from: string | null;
  readonly display_until: string | null;
  readonly query_until: string | null;
  readonly deletion_until: string | null;
}

/** Derives the names of every subject that a batch has changed. */
export const keepNames: NonNullable<Sector['afterMerge']> = async (client, batchId) => {
  const run: Run = async <Row extends object>(text: string, values: unknown[]) => {
    // The deadline of the pool is meant for queries of a request; pg reads this one first.
    const query = { text, values, query_timeout: QUERY_TIMEOUT_MS };
    return (await client.query<Row>(query)).rows;
  };
  await deriveNames(run, batchId);
};

/**
 * Derives the names of the subjects of a batch, or of all where it is null, as after a change of how
 * names are derived. A registration that is not PUBLIC, or no longer stands, leaves no name behind.
 */
export async function deriveNames(run: Run, batchId: string | null): Promise<void> {
  const deferred = await deferNameIndexes(run, batchId);
  const read = async (after: string): Promise<Chunk> => {
    const changed = await run<Registration>(CHANGED, [batchId, after, SUBJECTS_AT_ONCE]);
    const codes = changed.map((row) => row.subject_code);
    return { codes, columns: columnsOfNames(changed.filter(isShown)) };
  };
  const write = async ({ codes, columns }: Chunk): Promise<void> => {
    if (!deferred.isEmpty) await run(DELETE, [codes]);
    if (columns[0]?.length !== 0) await run(INSERT, columns);
  };
  let subjects = 0;
  let chunk = await read('');
  while (chunk.codes.length > 0) {
    subjects += chunk.codes.length;
    // Read first: while the names of the next subjects are derived, the server enters these.
    [chunk] = await Promise.all([read(chunk.codes.at(-1) ?? ''), write(chunk)]);
  }
  await deferred.build();
  // What waits to enter the index of terms would be read whole by every search.
  if (subjects > 0) await run(EMPTY_PENDING_LIST, []);
  // A search chooses its way by how common the terms are; after a large batch that is known at once.
  if (subjects >= SUBJECTS_TO_ANALYZE) await run('analyze subject_names', []);
}

/** Subjects that have changed, and the names of those that are shown, column by column. */
interface Chunk {
  readonly codes: readonly string[];
  readonly columns: unknown[][];
}

function isShown({ disclosure_class, state }: Registration): boolean {
  return disclosure_class === 'PUBLIC' && state === 'EFFECTIVE';
}

/** Parameters: batch, or null for all; last subject code seen; subjects at most. */
const CHANGED = `select subject_code, name, name_english, former_names, status, category, region_code,
    disclosure_class, state, display_from, display_until, query_until, deletion_until
  from registrations
  where ($1::text is null or batch_id = $1) and superseded_at is null and subject_code > $2
  order by subject_code limit $3`;

/** Of an index that is built later, there is none. */
const EMPTY_PENDING_LIST = `select gin_clean_pending_list(i.terms)
  from to_regclass('subject_names_terms') as i(terms) where i.terms is not null`;

const DELETE = 'delete from subject_names where subject_code = any($1)';

/** Name of the column and its type, in the order of {@link columnsOfNames}. */
const COLUMNS = [
  ...[
    ['subject_code', 'text'],
    ['no', 'smallint'],
    ['kind', 'text'],
    ['name', 'text'],
  ],
  ...[
    ['normalised', 'text'],
    ['place', 'integer'],
    ['status', 'text'],
    ['category', 'text'],
  ],
  ...[
    ['region_code', 'text'],
    ['disclosure_class', 'text'],
    ['state', 'text'],
  ],
  ...[
    ['display_from', 'date'],
    ['display_until', 'date'],
    ['query_until', 'date'],
    ['deletion_until', 'date'],
    ['terms', 'text'],
  ],
] as const;

/** Arrays of equal length only make a rectangle: the terms of a row travel as the text of an array. */
const INSERT = `insert into subject_names (${COLUMNS.map(([name]) => name).join(', ')})
  select ${COLUMNS.map(([name]) => (name === 'terms' ? 'terms::integer[]' : name)).join(', ')}
  from unnest(${COLUMNS.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ')})
    as n(${COLUMNS.map(([name]) => name).join(', ')})`;

function columnsOfNames(registrations: readonly Registration[]): unknown[][] {
  const columns: unknown[][] = COLUMNS.map(() => []);
  for (const row of registrations) {
    const names = nameRowsOf({
      code: row.subject_code,
      name: row.name,
      nameEnglish: row.name_english,
      formerNames: row.former_names,
      status: row.status,
      category: row.category,
      regionCode: row.region_code,
    });
    for (const { no, kind, name, normalised, place, terms } of names) {
      const values = [
        ...[row.subject_code, no, kind, name, normalised, place],
        ...[row.status, row.category, row.region_code, row.disclosure_class, row.state],
        ...[row.display_from, row.display_until, row.query_until, row.deletion_until],
        `{${terms.join(',')}}`,
      ];
      for (const [at, value] of values.entries()) columns[at]?.push(value);
    }
  }
  return columns;
}
