import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { ImportError } from './import-error.ts';
import type { ImportOptions } from './import-file.ts';
import { CODE, countsOf, csv, openImportBench, type ImportBench } from './test/import-bench.ts';
import { PENALTY_SECTOR } from './test/penalty-sector.ts';

let bench: ImportBench;

before(async () => {
  bench = await openImportBench();
});

beforeEach(() => bench.empty());

after(() => bench.close());

/** A file that arrives in pieces; after `pieces` of them something happens. */
async function* arriving(pieces: number, then: () => Promise<void>): AsyncGenerator<Buffer> {
  const [headings = ''] = csv().split('\n');
  yield Buffer.from(`${headings}\n`);
  for (let piece = 0; piece < pieces * 2; piece++) {
    if (piece === pieces) await then();
    let text = '';
    for (let i = 0; i < 500; i++) text += `${CODE},文${piece}-${i},${'x'.repeat(200)},2024-01-05\n`;
    yield Buffer.from(text);
  }
}

async function killBackends(): Promise<void> {
  const killed = await bench.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
  );
  assert.ok(killed.length > 0, 'nothing was under way');
}

async function nothingIsLeft(): Promise<void> {
  assert.deepEqual(await bench.rows('select 1 from penalties'), []);
  assert.deepEqual(await bench.rows('select 1 from batches'), []);
  const open = `select pid from pg_stat_activity where datname = current_database()
     and pid <> pg_backend_pid() and state <> 'idle'`;
  const deadline = Date.now() + 10_000;
  while ((await bench.rows(open)).length > 0) {
    assert.ok(Date.now() < deadline, 'a transaction stayed open');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function failsAs(
  kind: ImportError['kind'],
  options: Partial<ImportOptions>,
  content: string | Buffer = '',
): Promise<void> {
  return assert.rejects(bench.importText(content, options), (error) => {
    assert.ok(error instanceof ImportError, String(error));
    assert.equal(error.kind, kind, error.message);
    assert.ok(!error.message.includes('xxx'));
    return true;
  });
}

describe('an import that is stopped', () => {
  test('while it reads leaves nothing, and the file can be imported afterwards', async () => {
    const controller = new AbortController();
    const content = arriving(20, () => {
      controller.abort();
      return Promise.resolve();
    });
    await failsAs('stopped', { content, signal: controller.signal });
    await nothingIsLeft();
    const whole = await bench.importText('', { content: arriving(2, () => Promise.resolve()) });
    assert.deepEqual(countsOf(whole), [2_000, 2_000, 0, 0, 0]);
  });

  test('before it begins reads nothing', async () => {
    await failsAs('stopped', { signal: AbortSignal.abort() }, csv(`${CODE},文1,,2024-01-05`));
    await nothingIsLeft();
  });

  test('while it merges leaves nothing', async () => {
    const controller = new AbortController();
    const sector = {
      ...PENALTY_SECTOR,
      afterMerge: async (client: { query: (sql: string) => Promise<unknown> }): Promise<void> => {
        setTimeout(() => {
          controller.abort();
        }, 50);
        await client.query('select pg_sleep(60)');
      },
    };
    const content = csv(`${CODE},文1,,2024-01-05`);
    await failsAs('stopped', { sector, signal: controller.signal }, content);
    await nothingIsLeft();
  });

  test('by the loss of its connection while it reads leaves nothing', async () => {
    await failsAs('database', { content: arriving(20, killBackends) });
    await nothingIsLeft();
  });

  test('by the loss of its connection while it merges leaves nothing', async () => {
    const sector = { ...PENALTY_SECTOR, afterMerge: killBackends };
    await failsAs('database', { sector }, csv(`${CODE},文1,,2024-01-05`));
    await nothingIsLeft();
  });

  test('by a file that breaks off leaves nothing', async () => {
    const content = arriving(20, () => Promise.reject(new Error('xxx')));
    await failsAs('database', { content });
    await nothingIsLeft();
  });

  test('by its deadline leaves nothing', async () => {
    const sector = {
      ...PENALTY_SECTOR,
      afterMerge: async (client: { query: (sql: string) => Promise<unknown> }): Promise<void> => {
        await client.query('select pg_sleep(60)');
      },
    };
    const content = csv(`${CODE},文1,,2024-01-05`);
    await failsAs('database', { sector, limits: { durationMsMax: 300 } }, content);
    await nothingIsLeft();
  });

  test('by another that changes the same records says so and leaves nothing of its own', async () => {
    const other = csv(`${CODE},文1,other,2024-01-05`);
    let once = false;
    const sector = {
      ...PENALTY_SECTOR,
      afterMerge: async (): Promise<void> => {
        if (once) return;
        once = true;
        // The second import waits for the first, which commits when this hook is done.
        second = bench.importText(other, { sector: PENALTY_SECTOR }, 'other.csv');
        second.catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 300));
      },
    };
    let second: Promise<unknown> = Promise.resolve();
    await bench.importText(csv(`${CODE},文1,first,2024-01-05`), { sector });
    await assert.rejects(second, /23505.*import the file again/);
    assert.equal((await bench.rows('select 1 from penalties')).length, 1);
    assert.equal((await bench.rows('select 1 from batches')).length, 1);
  });
});
