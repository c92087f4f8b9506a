// The server of the database stops while a file is under way, and is back later.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startThrowAwayCluster } from '../database/embedded/throw-away-cluster.ts';
import { openPool } from '../database/pool.ts';
import { ImportError } from './import-error.ts';
import { importFile, type Receipt } from './import-file.ts';
import { CODE, csv } from './test/import-bench.ts';
import { createPenaltyTables, PENALTY_SECTOR } from './test/penalty-sector.ts';

test('a server that stops half-way keeps nothing of the file, and the message says what to do', async () => {
  const cluster = await startThrowAwayCluster();
  await cluster.ensureDatabase('outage');
  const url = cluster.url('outage');
  await createPenaltyTables(url);
  const pool = openPool(url, { name: 'outage', readOnly: false, onIdleError: () => undefined });
  const importContent = (content: AsyncIterable<Buffer>): Promise<Receipt> =>
    importFile({ pool, sector: PENALTY_SECTOR, path: 'a.csv', content, rejectsPath: null });
  async function* arriving(stop: () => Promise<void>): AsyncGenerator<Buffer> {
    yield Buffer.from(csv());
    for (let piece = 0; piece < 100; piece += 1) {
      if (piece === 50) await stop();
      const rows = Array.from(
        { length: 200 },
        (_, row) => `${CODE},文${piece}-${row},secret,2024-01-05`,
      );
      yield Buffer.from(`${rows.join('\n')}\n`);
    }
  }
  const isLost = (error: unknown): boolean => {
    assert.ok(error instanceof ImportError, String(error));
    assert.equal(error.kind, 'database');
    assert.match(error.message, /nothing of the file was kept/i);
    assert.match(error.message, /then import the file again/);
    assert.ok(!error.message.includes('secret'));
    return true;
  };
  try {
    await assert.rejects(importContent(arriving(() => cluster.stop())), isLost);
    await assert.rejects(importContent(arriving(() => Promise.resolve())), isLost);
  } finally {
    await pool.end();
    await cluster.stop();
  }
});
