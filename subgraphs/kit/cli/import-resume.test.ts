// An import whose process ends in the middle of a folder: what is in, what is not, and what the same
// command does the next time.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { CODE, csv, openImportBench, type ImportBench } from '../ingestion/test/import-bench.ts';
import { runImportOf } from './test/run-import.ts';

const FILES = 100;
const DONE = 57;
const ROWS = 5;
/** Of the file under way: enough that its process is met while it reads. */
const LARGE_ROWS = 60_000;
const WAIT_MS = 60_000;

let bench: ImportBench;
let folder: string;

before(async () => {
  bench = await openImportBench();
  folder = join(bench.folder, 'delivery');
  await mkdir(folder);
  for (let file = 1; file <= FILES; file += 1) {
    const rows = Array.from(
      { length: file === DONE + 1 ? LARGE_ROWS : ROWS },
      (_, row) => `${CODE},${file}-${row},${'x'.repeat(100)},2024-01-05`,
    );
    await writeFile(join(folder, `${String(file).padStart(3, '0')}.csv`), csv(...rows));
  }
});

beforeEach(async () => {
  await bench.empty();
  await rm(join(bench.folder, 'rejects'), { recursive: true, force: true });
});

after(() => bench.close());

/** Starts the import of the folder, and ends its process when the file after `DONE` is under way. */
async function importUntil(
  signal: NodeJS.Signals,
): Promise<{ code: number | null; out: string[] }> {
  const script = join(import.meta.dirname, 'test/import-process.ts');
  const words = [script, bench.url, bench.folder, folder];
  const child = spawn(process.execPath, ['--import', '#typescript', ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: WAIT_MS,
    killSignal: 'SIGKILL',
  });
  const out: string[] = [];
  const ended = once(child, 'exit') as Promise<[number | null]>;
  for await (const line of createInterface(child.stdout)) {
    out.push(line);
    if (out.length !== DONE) continue;
    await isStaging();
    child.kill(signal);
  }
  const [code] = await ended;
  return { code, out };
}

const BACKENDS = `select state, query from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

async function isStaging(): Promise<void> {
  await until(async () =>
    (await bench.rows(BACKENDS)).some(
      ({ state, query }) => state === 'active' && String(query).startsWith('copy staged_records'),
    ),
  );
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, 'it did not come to that');
    await sleep(5);
  }
}

async function counts(): Promise<readonly unknown[]> {
  const [row] = await bench.rows(
    `select (select count(*) from batches) as batches, count(*) as records,
       count(*) filter (where penalty_number like '${DONE + 1}-%') as of_next from penalties`,
  );
  return Object.values(row ?? {});
}

/** Nothing of a dead import is left in the database: no transaction, no staging table. */
async function nothingIsLeft(): Promise<void> {
  await until(async () => (await bench.rows(BACKENDS)).every(({ state }) => state === 'idle'));
  await until(
    async () =>
      (await bench.rows(`select 1 from pg_class where relname = 'staged_records'`)).length === 0,
  );
}

test('a killed import keeps the files that are in, and nothing of the one under way; the same command goes on with it', async () => {
  const { code } = await importUntil('SIGKILL');
  assert.equal(code, null);
  await nothingIsLeft();
  assert.deepEqual(await counts(), [DONE, DONE * ROWS, 0]);

  const again = await runImportOf(bench, [folder], { json: true });
  assert.equal(again.code, 0);
  const receipts = again.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { alreadyImported: boolean; inserted: number });
  assert.deepEqual(
    receipts.map((receipt) => receipt.alreadyImported),
    Array.from({ length: FILES }, (_, at) => at < DONE),
  );
  assert.equal(receipts[DONE]?.inserted, LARGE_ROWS);
  assert.deepEqual(await counts(), [FILES, (FILES - 1) * ROWS + LARGE_ROWS, LARGE_ROWS]);
});

test('an import that is interrupted ends in good order, saying what was not tried', async () => {
  const { code, out } = await importUntil('SIGINT');
  assert.equal(code, 130);
  const last = JSON.parse(out.at(-1) ?? '{}') as Record<string, unknown>;
  assert.deepEqual([out.length, last['kind'], last['file']], [DONE + 1, 'stopped', '058.csv']);
  await nothingIsLeft();
  assert.deepEqual(await counts(), [DONE, DONE * ROWS, 0]);
});
