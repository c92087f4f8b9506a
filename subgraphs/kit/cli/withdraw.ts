// `npm run sector -- withdraw <sector> <batch>` and `batches <sector>`: what came in, and what is taken
// back of it. Answers go to standard output, everything else to standard error.
import { COMMAND_CONNECT_TIMEOUT_MS, openPool, type Pool } from '../database/pool.ts';
import { listBatches, type ListedBatch } from '../ingestion/batch-list.ts';
import { ImportError } from '../ingestion/import-error.ts';
import type { ImportableSector } from '../ingestion/import-file.ts';
import { importQuery } from '../ingestion/merge.ts';
import {
  withdrawBatch,
  type LaterBatches,
  type WithdrawalReceipt,
} from '../ingestion/withdraw-batch.ts';
import { IMPORT_EXIT, PROCESS_OUTPUT, type ImportOutput } from './import.ts';
import { listenForInterrupt } from './interrupt.ts';

/** What both commands are given. */
export interface BatchRequest {
  readonly sector: ImportableSector;
  /** Database of the sector, as its owner. */
  readonly databaseUrl: string;
  /** Writes JSON. */
  readonly json?: boolean | undefined;
  readonly write?: ImportOutput | undefined;
}

/** What the command line asks to withdraw. */
export interface WithdrawRequest extends BatchRequest {
  readonly batchId: string;
  readonly reason: string;
  readonly by: string;
  readonly later: LaterBatches;
  readonly dryRun?: boolean | undefined;
}

const LIST_TIMEOUT_MS = 30_000;

/** Withdraws a batch; returns an exit code. */
export async function withdrawCommand(request: WithdrawRequest): Promise<number> {
  const output = request.write ?? PROCESS_OUTPUT;
  const { sector, batchId, reason, by, later, dryRun = false } = request;
  const interrupt = listenForInterrupt(() => {
    output.err('\nStopping; nothing will be changed.\n');
  });
  try {
    return await withPool(request, async (pool) => {
      const { signal } = interrupt;
      const options = { pool, sector, batchId, reason, by, later, dryRun, signal };
      const receipt = await withdrawBatch(options);
      output.out(request.json ? `${JSON.stringify(receipt)}\n` : receiptText(sector.name, receipt));
      return IMPORT_EXIT.done;
    });
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    output.err(`${error.message}\n`);
    if (request.json) {
      output.out(`${JSON.stringify({ kind: error.kind, error: error.message })}\n`);
    }
    return error.kind === 'stopped' ? IMPORT_EXIT.stopped : IMPORT_EXIT.failed;
  } finally {
    interrupt.stop();
  }
}

/** Lists the batches of a sector, newest first; returns an exit code. */
export async function batchesCommand(
  request: BatchRequest & { readonly limit: number },
): Promise<number> {
  const output = request.write ?? PROCESS_OUTPUT;
  const batches = await withPool(request, async (pool) => {
    const client = await pool.connect();
    try {
      return await listBatches(importQuery(client, LIST_TIMEOUT_MS), request.limit);
    } finally {
      client.release();
    }
  });
  if (request.json) {
    for (const batch of batches) output.out(`${JSON.stringify(batch)}\n`);
  } else if (batches.length === 0) output.out('No batch has come in yet.\n');
  else output.out(batches.map(batchText).join(''));
  return IMPORT_EXIT.done;
}

async function withPool<T>(request: BatchRequest, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = openPool(request.databaseUrl, {
    name: `${request.sector.name}-batches`,
    connectionsMax: 2,
    connectTimeoutMs: COMMAND_CONNECT_TIMEOUT_MS,
    readOnly: false,
    // The work that used the connection fails with the reason.
    onIdleError: () => undefined,
  });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

function receiptText(sector: string, receipt: WithdrawalReceipt): string {
  const { batchIds, restored, reopened, closed, kept, toImportAgain, dryRun } = receipt;
  const lines = [
    ...(dryRun ? ['A trial: nothing is written.'] : []),
    `withdrawn: ${batchIds.join(', ')}`,
    counted(restored, 'says again what it said before', 'say again what they said before'),
    ...(reopened > 0 ? reopenedLines(reopened, dryRun) : []),
    counted(
      closed,
      'is closed: no other batch stated it',
      'are closed: no other batch stated them',
    ),
    counted(
      kept,
      'keeps what it says: another batch does',
      'keep what they say: another batch does',
    ),
  ];
  if (toImportAgain.length > 0) {
    lines.push(
      'Later files had rows that changed nothing. Where they state a closed record, it comes back when',
      `they are imported again: npm run sector -- import ${sector} --again <file>`,
      ...toImportAgain.map((batch) => `  ${batch.finishedAt}  ${batch.fileName}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** A repair is a right of the subject: whoever takes one back is to know it. */
function reopenedLines(records: number, dryRun: boolean): readonly string[] {
  return [
    counted(
      records,
      'of these was repaired or withdrawn, and stands again:',
      'of these were repaired or withdrawn, and stand again:',
    ),
    `              displayed and used as far as the clocks allow, from ${dryRun ? 'then' : 'now'} on`,
  ];
}

function counted(records: number, ofOne: string, ofSeveral: string): string {
  const words = records === 1 ? `record ${ofOne}` : `records ${ofSeveral}`;
  return `  ${records.toLocaleString('en-GB').padStart(11)} ${words}`;
}

function batchText(batch: ListedBatch): string {
  const { read, inserted, changed, unchanged, rejected, withdrawal } = batch;
  const counts = Object.entries({ read, inserted, changed, unchanged, rejected }).map(
    ([name, count]) => `${count.toLocaleString('en-GB')} ${name}`,
  );
  const lines = [
    `${batch.batchId}  ${batch.finishedAt}  ${batch.fileName} (${batch.format})`,
    `  ${counts.join(', ')}`,
  ];
  if (withdrawal) {
    lines.push(`  withdrawn ${withdrawal.at} by ${withdrawal.by}: ${withdrawal.reason}`);
  }
  return `${lines.join('\n')}\n`;
}
