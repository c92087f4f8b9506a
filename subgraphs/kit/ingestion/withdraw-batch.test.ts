// A batch taken back: what is current then, what history says, and what stands in the way.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { listBatches } from './batch-list.ts';
import { ImportError } from './import-error.ts';
import { importQuery } from './merge.ts';
import { CODE, countsOf, csv, openImportBench, type ImportBench } from './test/import-bench.ts';
import { PENALTY_SECTOR } from './test/penalty-sector.ts';
import { makeResidentNumber } from './test/resident-number.ts';
import { withdrawBatch, type WithdrawalReceipt, type WithdrawOptions } from './withdraw-batch.ts';

let bench: ImportBench;

before(async () => {
  bench = await openImportBench();
});

beforeEach(() => bench.empty());

after(() => bench.close());

function withdraw(
  batchId: string,
  options: Partial<WithdrawOptions> = {},
): Promise<WithdrawalReceipt> {
  return withdrawBatch({
    pool: bench.pool,
    sector: PENALTY_SECTOR,
    batchId,
    reason: 'published by mistake',
    by: 'clerk',
    ...options,
  });
}

/** Imports rows `number,facts` as one file; returns the batch. */
async function importRows(...rows: readonly string[]): Promise<string> {
  const receipt = await bench.importText(csv(...rows.map((row) => `${CODE},${row},2024-01-05`)));
  return receipt.batchId;
}

/** What is current: number, facts, state, reason. */
async function current(): Promise<readonly unknown[]> {
  const rows = await bench.rows(
    `select penalty_number, facts, state, state_reason from penalties
     where superseded_at is null order by penalty_number`,
  );
  return rows.map((row) => Object.values(row));
}

async function everything(): Promise<unknown> {
  return {
    penalties: await bench.rows('select * from penalties order by record_id, version'),
    batches: await bench.rows('select * from batches order by batch_id'),
    withdrawals: await bench.rows('select * from withdrawals order by batch_id'),
  };
}

const isInput =
  (pattern: RegExp) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof ImportError, String(error));
    assert.equal(error.kind, 'input');
    assert.match(error.message, pattern);
    return true;
  };

const stands = (number: string, facts: string): readonly unknown[] => [
  number,
  facts,
  'EFFECTIVE',
  null,
];
const closed = (number: string, facts: string, reason = 'published by mistake') => [
  number,
  facts,
  'WITHDRAWN',
  reason,
];

describe('the withdrawal of a batch', () => {
  test('closes what it inserted, restores what it changed, and keeps the history of both', async () => {
    await importRows('文1,before', '文2,same');
    const second = await importRows('文1,after', '文2,same', '文3,new');
    const receipt = await withdraw(second);
    const { restored, closed: closedCount, kept, batchIds } = receipt;
    assert.deepEqual([restored, closedCount, kept, batchIds], [1, 1, 0, [second]]);
    assert.deepEqual(await current(), [
      stands('文1', 'before'),
      stands('文2', 'same'),
      closed('文3', 'new'),
    ]);
    const history = await bench.rows(
      `select penalty_number as number, version, facts, state, batch_id = '${receipt.withdrawalId}' as taken,
         coalesce(superseded_at = lead(recorded_at) over (partition by record_id order by version),
           superseded_at is null) as joined
       from penalties order by penalty_number, version`,
    );
    assert.deepEqual(
      history.map((row) => Object.values(row)),
      [
        ['文1', 1, 'before', 'EFFECTIVE', false, true],
        ['文1', 2, 'after', 'EFFECTIVE', false, true],
        ['文1', 3, 'before', 'EFFECTIVE', true, true],
        ['文2', 1, 'same', 'EFFECTIVE', false, true],
        ['文3', 1, 'new', 'EFFECTIVE', false, true],
        ['文3', 2, 'new', 'WITHDRAWN', true, true],
      ],
    );
  });

  test('counts what it had repaired and opens again, in a trial as well', async () => {
    await importRows('文1,before', '文2,before', '文3,repaired');
    const second = await importRows('文1,repaired', '文2,after', '文3,after', '文4,repaired');
    const dry = await withdraw(second, { dryRun: true });
    const real = await withdraw(second);
    for (const { restored, reopened, closed: closedCount } of [dry, real]) {
      assert.deepEqual([restored, reopened, closedCount], [3, 1, 1]);
    }
    const states = (await current()).map((row) => (row as readonly unknown[])[2]);
    assert.deepEqual(states, ['EFFECTIVE', 'EFFECTIVE', 'REPAIRED', 'WITHDRAWN']);
  });

  test('is entered with its reason, by whom and when, and shown in the list of batches', async () => {
    const first = await importRows('文1,one');
    const second = await importRows('文2,two');
    await withdraw(second, { reason: '  wrong month ', by: 'clerk A' });
    const client = await bench.pool.connect();
    try {
      const batches = await listBatches(importQuery(client, 10_000), 10);
      assert.deepEqual(
        batches.map(({ batchId, inserted, withdrawal }) => [batchId, inserted, withdrawal?.reason]),
        [
          [second, 1, 'wrong month'],
          [first, 1, undefined],
        ],
      );
      assert.equal(batches[0]?.withdrawal?.by, 'clerk A');
      assert.match(batches[0].withdrawal.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    } finally {
      client.release();
    }
  });

  test('keeps its file out until somebody insists, and lets a corrected one in', async () => {
    const content = csv(`${CODE},文1,one,2024-01-05`);
    const { batchId } = await bench.importText(content);
    await withdraw(batchId);
    const known = await bench.importText(content);
    assert.deepEqual([known.alreadyImported, known.wasWithdrawn], [true, true]);
    assert.deepEqual(await current(), [closed('文1', 'one')]);
    const again = await bench.importText(content, { again: true });
    assert.deepEqual(countsOf(again), [1, 0, 1, 0, 0]);
    assert.deepEqual(await current(), [stands('文1', 'one')]);
    const { wasWithdrawn, batchId: standing } = await bench.importText(content);
    assert.deepEqual([wasWithdrawn, standing], [false, again.batchId]);
    await withdraw(again.batchId);
    await importRows('文1,corrected');
    assert.deepEqual(await current(), [stands('文1', 'corrected')]);
  });

  test('for trial gives the receipt and changes nothing', async () => {
    await importRows('文1,before');
    const second = await importRows('文1,after', '文3,new');
    const before = await everything();
    const dry = await withdraw(second, { dryRun: true });
    assert.deepEqual(await everything(), before);
    const real = await withdraw(second);
    const counts = ({ restored, closed: c, kept }: WithdrawalReceipt) => [restored, c, kept];
    assert.deepEqual([counts(dry), dry.dryRun], [counts(real), true]);
  });

  test('names the batches whose rows changed nothing, since their files may state what is closed', async () => {
    const first = await importRows('文1,one');
    const second = await importRows('文1,one', '文2,two');
    const { toImportAgain } = await withdraw(first);
    assert.deepEqual(
      toImportAgain.map(({ batchId }) => batchId),
      [second],
    );
    assert.deepEqual(await current(), [closed('文1', 'one'), stands('文2', 'two')]);
  });

  test('runs the hook of the sector on the records that it changes, and falls with it', async () => {
    const batchId = await importRows('文1,one');
    const before = await everything();
    const fails = { ...PENALTY_SECTOR, afterMerge: () => Promise.reject(new Error('secret')) };
    await assert.rejects(withdraw(batchId, { sector: fails }), /The withdrawal failed: Error at/);
    assert.deepEqual(await everything(), before);
    let found: readonly unknown[] = [];
    const sector: WithdrawOptions['sector'] = {
      ...PENALTY_SECTOR,
      afterMerge: async (client, id) => {
        const { rows } = await client.query<object>(
          'select state from penalties where batch_id = $1 and superseded_at is null',
          [id],
        );
        found = rows;
      },
    };
    await withdraw(batchId, { sector });
    assert.deepEqual(found, [{ state: 'WITHDRAWN' }]);
  });
});

describe('batches that changed the same records later', () => {
  test('are named, and nothing is withdrawn', async () => {
    const first = await importRows('文1,one', '文2,two');
    const second = await importRows('文1,other');
    const before = await everything();
    await assert.rejects(
      withdraw(first),
      isInput(new RegExp(`Later batches changed[^]*${second} .* penalties\\.csv: 1 records`)),
    );
    assert.deepEqual(await everything(), before);
  });

  test('keep their word where that is asked for', async () => {
    const first = await importRows('文1,one', '文2,two');
    const second = await importRows('文1,other');
    const { restored, closed: c, kept } = await withdraw(first, { later: 'keep' });
    assert.deepEqual([restored, c, kept], [0, 1, 1]);
    assert.deepEqual(await current(), [stands('文1', 'other'), closed('文2', 'two')]);
    // What the first batch said must not come back with the withdrawal of the second.
    await withdraw(second, { reason: 'wrong, too' });
    assert.deepEqual(await current(), [closed('文1', 'other', 'wrong, too'), closed('文2', 'two')]);
  });

  test('are withdrawn with it where that is asked for, and those after them, each record once', async () => {
    const base = await importRows('文1,base');
    const first = await importRows('文1,one', '文2,one');
    const second = await importRows('文2,two', '文3,two');
    const third = await importRows('文3,three', '文4,three');
    const { batchIds } = await withdraw(first, { later: 'withdraw' });
    assert.deepEqual(batchIds, [first, second, third]);
    assert.deepEqual(await current(), [
      stands('文1', 'base'),
      closed('文2', 'two'),
      closed('文3', 'three'),
      closed('文4', 'three'),
    ]);
    await withdraw(base);
    assert.deepEqual((await current())[0], closed('文1', 'base'));
  });

  test('that were withdrawn before do not stand in the way, in any order', async () => {
    const ids: string[] = [];
    for (const [at, facts] of ['one', 'two', 'three', 'two'].entries()) {
      const content = csv(`${CODE},文1,${facts},2024-01-05`) + '\n'.repeat(at);
      ids.push((await bench.importText(content)).batchId);
    }
    const [first = '', second = '', third = '', fourth = ''] = ids;
    await withdraw(fourth);
    assert.deepEqual(await current(), [stands('文1', 'three')]);
    await withdraw(second, { later: 'keep' });
    assert.deepEqual(await current(), [stands('文1', 'three')]);
    await withdraw(third);
    assert.deepEqual(await current(), [stands('文1', 'one')]);
    await withdraw(first);
    assert.deepEqual(await current(), [closed('文1', 'one')]);
  });
});

describe('a withdrawal that cannot be done', () => {
  test('says why', async () => {
    const batchId = await importRows('文1,one');
    const before = await everything();
    await assert.rejects(withdraw('nothing'), isInput(/no such batch/));
    await assert.rejects(withdraw(`'; drop table batches`), isInput(/no such batch/));
    await assert.rejects(withdraw(batchId, { reason: ' ' }), isInput(/reason is empty/));
    await assert.rejects(withdraw(batchId, { reason: 'x'.repeat(501) }), isInput(/over 500/));
    await assert.rejects(withdraw(batchId, { reason: 'a\nb' }), isInput(/one line/));
    const number = makeResidentNumber();
    await assert.rejects(withdraw(batchId, { reason: `of ${number}` }), (error) => {
      assert.ok(error instanceof ImportError && !error.message.includes(number));
      return isInput(/resident identity number/)(error);
    });
    const gone = { ...PENALTY_SECTOR, files: [] };
    await assert.rejects(withdraw(batchId, { sector: gone }), isInput(/no longer has/));
    await assert.rejects(withdraw(batchId, { signal: AbortSignal.abort() }), /was stopped/);
    assert.deepEqual(await everything(), before);
    await withdraw(batchId);
    await assert.rejects(
      withdraw(batchId),
      isInput(/was withdrawn at \d{4}-.*Z already: published by mistake/),
    );
  });
});
