// The records of withdrawn batches, set-based: which they are, who else stated them, and the version
// that each gets now. Called within the transaction of one withdrawal.
import type { RecordTable } from '../database/record-table.ts';
import type { ImportQuery } from './merge.ts';
import { stagedColumnsOf } from './staged-row.ts';
import { quoteName } from './staging.ts';

/** What became of the records of withdrawn batches. */
export interface WithdrawnCounts {
  readonly restored: number;
  /** Of those restored, the ones that were repaired or withdrawn, and stand again. */
  readonly reopened: number;
  readonly closed: number;
  readonly kept: number;
}

const TOUCHED = 'withdrawn_records';
/** Stands in place of the hash of the content, so that a file that states the record again is news. */
const CLOSED_HASH = 'withdrawn';
/** The versions that count: those a file stated, of a batch that stands. */
const STANDS = (alias: string): string =>
  `not exists (select 1 from withdrawals w
     where w.batch_id = ${alias}.batch_id or w.withdrawal_id = ${alias}.batch_id)`;
const SAME = 'r.subject_code = t.subject_code and r.record_id = t.record_id';

/** Collects the records that batches stated, each with the last of its versions that they did. */
export async function touchedRecords(
  query: ImportQuery,
  table: RecordTable,
  batchIds: readonly string[],
): Promise<void> {
  await query(`drop table if exists ${TOUCHED}`);
  await query(
    `create temporary table ${TOUCHED} (subject_code text not null, record_id text not null,
       last_stated integer not null) on commit drop`,
  );
  await query(
    `insert into ${TOUCHED} select subject_code, record_id, max(version)
     from ${quoteName(table.table)} where batch_id = any($1) group by subject_code, record_id`,
    [batchIds],
  );
  await query(`analyze ${TOUCHED}`);
}

/** Finds the other batches that stand and changed the collected records later. */
export async function isStatedBy(
  query: ImportQuery,
  table: RecordTable,
  batchIds: readonly string[],
): Promise<readonly { readonly batchId: string; readonly records: number }[]> {
  const { rows } = await query(
    `select r.batch_id, count(distinct (r.subject_code, r.record_id)) as records
     from ${TOUCHED} t join ${quoteName(table.table)} r on ${SAME} and r.version > t.last_stated
     where not r.batch_id = any($1) and ${STANDS('r')}
     group by r.batch_id order by min(r.recorded_at)`,
    [batchIds],
  );
  return rows.map((row) => ({ batchId: String(row['batch_id']), records: Number(row['records']) }));
}

/**
 * Gives each collected record the version that it has without the withdrawn batches: what the last
 * batch that stands says, or what it said last, closed.
 */
export async function supersedeWithdrawn(
  query: ImportQuery,
  table: RecordTable,
  withdrawal: { readonly withdrawalId: string; readonly reason: string; readonly at: string },
): Promise<WithdrawnCounts> {
  const target = quoteName(table.table);
  const { withdrawalId, reason, at } = withdrawal;
  await query(
    `create temporary table withdrawn_news on commit drop as
     select t.subject_code, t.record_id, now.version, s.version as restored,
       now.state <> 'EFFECTIVE' and s.state = 'EFFECTIVE' as reopened
     from ${TOUCHED} t
     join ${target} now on now.subject_code = t.subject_code and now.record_id = t.record_id
       and now.superseded_at is null
     left join lateral (
       select r.version, r.content_hash, r.state from ${target} r
       where ${SAME} and ${STANDS('r')} order by r.version desc limit 1) s on true
     where now.content_hash is distinct from coalesce(s.content_hash, '${CLOSED_HASH}')`,
  );
  await query('analyze withdrawn_news');
  await query(
    `update ${target} r set superseded_at = $1::timestamptz from withdrawn_news t
     where ${SAME} and r.version = t.version`,
    [at],
  );
  const values = stagedColumnsOf(table).map((name) => ({
    name: quoteName(name),
    is: CLOSED[name],
  }));
  const names = values.map(({ name }) => name).join(', ');
  const insert = (version: string, taken: string, condition: string): string =>
    `insert into ${target} (version, recorded_at, batch_id, ${names})
     select t.version + 1, $1::timestamptz, $2::text, ${taken}
     from withdrawn_news t join ${target} r on ${SAME} and r.version = ${version}
     where ${condition} order by t.subject_code, t.record_id`;
  const restored = await query(
    insert(
      't.restored',
      values.map(({ name }) => `r.${name}`).join(', '),
      't.restored is not null',
    ),
    [at, withdrawalId],
  );
  const closed = await query(
    insert(
      't.version',
      values.map(({ name, is }) => is ?? `r.${name}`).join(', '),
      't.restored is null',
    ),
    [at, withdrawalId, reason],
  );
  const [all] = (
    await query(
      `select count(*) as records, (select count(*) from withdrawn_news where reopened) as reopened
       from ${TOUCHED}`,
    )
  ).rows;
  const kept = Number(all?.['records']) - restored.count - closed.count;
  const reopened = Number(all?.['reopened']);
  return { restored: restored.count, reopened, closed: closed.count, kept };
}

/** Columns of a closed version that differ from the one before. */
const CLOSED: Readonly<Record<string, string>> = {
  content_hash: `'${CLOSED_HASH}'`,
  state: `'WITHDRAWN'`,
  state_reason: '$3::text',
};
