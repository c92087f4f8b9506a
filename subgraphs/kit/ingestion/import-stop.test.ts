import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { ImportError } from './import-error.ts';
import type { ImportOptions, Receipt } from './import-file.ts';
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
  await until(async () => (await bench.rows(open)).length === 0);
}

const WAITING = `select pid from pg_stat_activity
   where datname = current_database() and wait_event_type = 'Lock'`;

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, 'it did not come to that');
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

  test('by the end of its process while it merges leaves nothing, long before the statement ends', async () => {
    const sector: ImportOptions['sector'] = {
      ...PENALTY_SECTOR,
      afterMerge: async (client) => {
        const { connection } = client as unknown as {
          readonly connection: { readonly stream: { readonly destroy: () => void } };
        };
        setTimeout(() => {
          connection.stream.destroy();
        }, 50);
        await client.query('select pg_sleep(600)');
      },
    };
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
});

describe('two imports at once', () => {
  /** Imports the first file and starts the second when the first has merged but not committed. */
  async function overlap(first: string, next: string): Promise<readonly Receipt[]> {
    let second: Promise<Receipt> | undefined;
    const sector = {
      ...PENALTY_SECTOR,
      afterMerge: async (): Promise<void> => {
        second ??= bench.importText(next, { sector: PENALTY_SECTOR }, 'second.csv');
        second.catch(() => undefined);
        await until(async () => (await bench.rows(WAITING)).length > 0);
      },
    };
    const receipts = [await bench.importText(first, { sector })];
    assert.ok(second);
    return [...receipts, await second];
  }

  test('merge one after the other, each on top of what stands', async () => {
    const [first, second] = await overlap(
      csv(`${CODE},文1,first,2024-01-05`),
      csv(`${CODE},文1,second,2024-01-05`, `${CODE},文2,,2024-01-05`),
    );
    assert.ok(first && second);
    assert.deepEqual(countsOf(first), [1, 1, 0, 0, 0]);
    assert.deepEqual(countsOf(second), [2, 1, 1, 0, 0]);
    const current = await bench.rows(
      `select version, facts from penalties where superseded_at is null order by penalty_number`,
    );
    assert.deepEqual(current, [
      { version: 2, facts: 'second' },
      { version: 1, facts: null },
    ]);
  });

  test('of one file keep it once', async () => {
    const content = csv(`${CODE},文1,,2024-01-05`);
    const [first, second] = await overlap(content, content);
    assert.equal(first?.alreadyImported, false);
    assert.equal(second?.alreadyImported, true);
    assert.equal(second.batchId, first.batchId);
    assert.equal((await bench.rows('select 1 from batches')).length, 1);
  });
});
