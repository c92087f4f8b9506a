// The withdrawal of a batch: what it said is no longer served, and what stood before it is again.
// Nothing is deleted. A record then says what the last batch says that has not been withdrawn; one
// that no other batch stated is closed, with the reason.
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Pool } from '../database/pool.ts';
import type { RecordTable } from '../database/record-table.ts';
import type { Logger } from '../log.ts';
import { readBatch, type ListedBatch } from './batch-list.ts';
import { toImportError, type Undertaking } from './import-failure.ts';
import { ImportError } from './import-error.ts';
import type { ImportableSector } from './import-file.ts';
import { IMPORT_LIMITS } from './import-limits.ts';
import { inImportTransaction } from './import-transaction.ts';
import { databaseTime } from './load-rows.ts';
import type { ImportQuery } from './merge.ts';
import { isStatedBy, supersedeWithdrawn, touchedRecords } from './withdrawn-records.ts';
import { checkedReason, checkedName } from './withdrawal-words.ts';

/** What to do where later batches changed the same records. */
export type LaterBatches = 'refuse' | 'keep' | 'withdraw';

/** What to withdraw, and why. */
export interface WithdrawOptions {
  /** Connections that may write. */
  readonly pool: Pool;
  readonly sector: ImportableSector;
  readonly batchId: string;
  /** Kept with the batch, and on the records that are closed, whose subject may read it. */
  readonly reason: string;
  /** Who withdraws it. */
  readonly by: string;
  /** Default `refuse`. */
  readonly later?: LaterBatches;
  /** Does all of the work and takes it back. Default false. */
  readonly dryRun?: boolean;
  readonly log?: Logger;
  readonly signal?: AbortSignal;
}

/** What a withdrawal did. */
export interface WithdrawalReceipt {
  readonly withdrawalId: string;
  /** The batches withdrawn, oldest first. */
  readonly batchIds: readonly string[];
  /** Records that say again what a batch before said. */
  readonly restored: number;
  /**
   * Of those, the records that the batch had repaired or withdrawn: they are displayed and used again
   * as far as their clocks allow.
   */
  readonly reopened: number;
  /** Records that are closed: no batch that stands stated them. */
  readonly closed: number;
  /** Records that keep what they say: a batch that stands stated it. */
  readonly kept: number;
  /**
   * Later batches of the format with rows that changed nothing. They may have stated records that are
   * closed now; their files have to be imported again for that.
   */
  readonly toImportAgain: readonly ListedBatch[];
  readonly dryRun: boolean;
}

/** Batches that are named in a message at most. */
const SHOWN_BATCHES_MAX = 10;
const WITHDRAWAL: Undertaking = {
  name: 'The withdrawal',
  outcome: 'nothing was changed',
  again: 'withdraw the batch again',
};
const BATCH_ID = /^[\w-]{1,64}$/;

/**
 * Withdraws a batch, whole or not at all.
 *
 * @throws ImportError for a batch that is not there or was withdrawn before, for a reason that may
 *   not be kept, and where later batches changed the same records and nothing says what becomes of them
 */
export async function withdrawBatch(options: WithdrawOptions): Promise<WithdrawalReceipt> {
  try {
    options.signal?.throwIfAborted();
    const words = { reason: checkedReason(options.reason), by: checkedName(options.by) };
    const { pool, signal, dryRun = false } = options;
    const transaction = { pool, signal, dryRun, timeoutMs: IMPORT_LIMITS.durationMsMax };
    const receipt = await inImportTransaction(transaction, (query, client) =>
      withdraw({ ...options, ...words }, query, client),
    );
    options.log?.info({ ...receipt, toImportAgain: undefined }, 'batch withdrawn');
    return receipt;
  } catch (error) {
    const failure = toImportError(error, options.signal, WITHDRAWAL);
    options.log?.error({ kind: failure.kind, reason: failure.message }, 'withdrawal failed');
    throw failure;
  }
}

async function withdraw(
  options: WithdrawOptions,
  query: ImportQuery,
  client: PoolClient,
): Promise<WithdrawalReceipt> {
  const { sector, reason, by, later = 'refuse', dryRun = false } = options;
  // No import changes records meanwhile, and readers of the change feed see one after the other.
  await query('lock table batches in share row exclusive mode');
  const first = await standingBatch(query, options.batchId);
  const table = tableOf(sector, first.format);
  const batches = await withLater(query, table, first, later);
  const batchIds = batches.map(({ batchId }) => batchId);
  const withdrawalId = randomUUID();
  const at = await databaseTime(query);
  await query(
    `insert into withdrawals (batch_id, withdrawal_id, reason, withdrawn_by, withdrawn_at)
     select b, $2, $3, $4, $5::timestamptz from unnest($1::text[]) as b`,
    [batchIds, withdrawalId, reason, by, at],
  );
  await query(`update batches set state = 'WITHDRAWN' where batch_id = any($1)`, [batchIds]);
  const counts = await supersedeWithdrawn(query, table, { withdrawalId, reason, at });
  await sector.afterMerge?.(client, withdrawalId);
  const toImportAgain =
    counts.closed === 0 ? [] : await laterUnchanged(query, first.format, first.finishedAt);
  return { withdrawalId, batchIds, ...counts, toImportAgain, dryRun };
}

async function standingBatch(query: ImportQuery, batchId: string): Promise<ListedBatch> {
  const batch = BATCH_ID.test(batchId) ? await readBatch(query, batchId) : null;
  if (batch === null) {
    throw new ImportError('input', 'There is no such batch; `batches <sector>` lists them.');
  }
  if (batch.withdrawal !== null) {
    const { at, reason } = batch.withdrawal;
    throw new ImportError('input', `The batch was withdrawn at ${at} already: ${reason}`);
  }
  return batch;
}

function tableOf(sector: ImportableSector, format: string): RecordTable {
  const found = sector.files.find(({ name }) => name === format);
  if (found) return found.table;
  throw new ImportError(
    'input',
    `The batch is of the format "${format}", which the sector no longer has: it cannot be told ` +
      'which table it is in.',
  );
}

/** Finds what is to be withdrawn, and leaves the records that it touches in a temporary table. */
async function withLater(
  query: ImportQuery,
  table: RecordTable,
  first: ListedBatch,
  later: LaterBatches,
): Promise<readonly ListedBatch[]> {
  const batches = [first];
  for (;;) {
    const ids = batches.map(({ batchId }) => batchId);
    await touchedRecords(query, table, ids);
    if (later === 'keep') return batches;
    const found = await isStatedBy(query, table, ids);
    if (found.length === 0) return batches.sort((a, b) => (a.finishedAt < b.finishedAt ? -1 : 1));
    if (later === 'refuse') throw await changedLater(query, found);
    for (const { batchId } of found) batches.push(await standingBatch(query, batchId));
  }
}

async function changedLater(
  query: ImportQuery,
  found: readonly { readonly batchId: string; readonly records: number }[],
): Promise<ImportError> {
  const lines: string[] = [];
  for (const { batchId, records } of found.slice(0, SHOWN_BATCHES_MAX)) {
    const { fileName, finishedAt } = await standingBatch(query, batchId);
    lines.push(`  ${batchId}  ${finishedAt}  ${fileName}: ${records} records`);
  }
  if (found.length > SHOWN_BATCHES_MAX)
    lines.push(`  and ${found.length - SHOWN_BATCHES_MAX} more`);
  return new ImportError(
    'input',
    [
      'Later batches changed records of this one:',
      ...lines,
      'Withdraw them first, or choose: --keep-later leaves those records as the later batches say, ' +
        '--also-later withdraws the later batches, too. Nothing was changed.',
    ].join('\n'),
  );
}

async function laterUnchanged(
  query: ImportQuery,
  format: string,
  after: string,
): Promise<readonly ListedBatch[]> {
  const { rows } = await query(
    `select batch_id from batches where format = $1 and state = 'DONE' and unchanged > 0
       and finished_at > $2::timestamptz order by finished_at limit 100`,
    [format, after],
  );
  const found: ListedBatch[] = [];
  for (const row of rows) found.push(await standingBatch(query, String(row['batch_id'])));
  return found;
}
