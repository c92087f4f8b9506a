// What the command says of a withdrawal, before and after it is done.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CODE, csv, openImportBench, type ImportBench } from '../ingestion/test/import-bench.ts';
import { PENALTY_SECTOR } from '../ingestion/test/penalty-sector.ts';
import { withdrawCommand } from './withdraw.ts';

let bench: ImportBench;

before(async () => {
  bench = await openImportBench();
});

after(() => bench.close());

/** Imports rows `number,facts` as one file; returns the batch. */
async function importRows(...rows: readonly string[]): Promise<string> {
  const receipt = await bench.importText(csv(...rows.map((row) => `${CODE},${row},2024-01-05`)));
  return receipt.batchId;
}

async function told(batchId: string, more: { dryRun?: boolean; json?: boolean }): Promise<string> {
  let text = '';
  const code = await withdrawCommand({
    sector: PENALTY_SECTOR,
    databaseUrl: bench.url,
    batchId,
    reason: 'figures of another office',
    by: 'clerk',
    later: 'refuse',
    ...more,
    write: {
      out: (written) => {
        text += written;
      },
      err: (written) => {
        assert.fail(written);
      },
    },
  });
  assert.equal(code, 0);
  return text;
}

test('says of a repair that it is taken back, in the trial and in the receipt', async () => {
  await importRows('文1,before', '文2,before', '文3,before');
  const batch = await importRows('文1,repaired', '文2,repaired', '文3,after');
  const trial = await told(batch, { dryRun: true });
  assert.match(trial, /^A trial: nothing is written\.\n/);
  assert.match(trial, /\n +3 records say again what they said before\n/);
  assert.match(trial, /\n +2 records of these were repaired or withdrawn, and stand again:\n/);
  assert.match(trial, /displayed and used as far as the clocks allow, from then on\n/);
  const data = JSON.parse(await told(batch, { dryRun: true, json: true })) as object;
  assert.equal('reopened' in data && data.reopened, 2);
  assert.match(await told(batch, {}), /2 records of these were .*\n.* from now on\n/);
});

test('says nothing of repairs where none is taken back', async () => {
  await importRows('文5,before');
  assert.doesNotMatch(await told(await importRows('文5,after'), {}), /repaired|clocks/);
});
