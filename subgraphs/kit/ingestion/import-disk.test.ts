// A disk that is full, on small ones of memory that only root can make: the disk of the refused rows,
// that of standard input, and that of the database.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, beforeEach, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { runImportOf } from '../cli/test/run-import.ts';
import { openPool } from '../database/pool.ts';
import { ImportError } from './import-error.ts';
import { CODE, countsOf, csv, openImportBench, type ImportBench } from './test/import-bench.ts';

const run = promisify(execFile);
const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const skip = canMount ? false : 'only root can make a small disk';

let bench: ImportBench;
let disk: string;
let mounted = false;

before(async () => {
  bench = await openImportBench();
  disk = join(bench.folder, 'disk');
  await mkdir(disk);
  if (!canMount) return;
  // The account of the database server reads its part of it.
  await chmod(bench.folder, 0o755);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0755', 'tmpfs', disk]);
  mounted = true;
});

beforeEach(() => bench.empty());

after(async () => {
  if (mounted) await run('umount', [disk]);
  await bench.close();
});

/** Takes up the small disk but for some bytes; returns the file that does. */
async function fillBut(bytes: number): Promise<string> {
  const file = join(disk, 'filler');
  const handle = await open(file, 'w');
  try {
    for (;;) await handle.write(Buffer.alloc(4_096));
  } catch (error) {
    assert.equal((error as { code?: unknown }).code, 'ENOSPC');
    await handle.truncate((await handle.stat()).size - bytes);
  } finally {
    await handle.close();
  }
  return file;
}

async function nothingIsIn(): Promise<void> {
  assert.deepEqual(await bench.rows('select 1 from penalties'), []);
  assert.deepEqual(await bench.rows('select 1 from batches'), []);
}

const isDisk = (error: unknown): boolean => {
  assert.ok(error instanceof ImportError, String(error));
  assert.equal(error.kind, 'disk');
  assert.match(
    error.message,
    /^The disk is full: make room, then import the file again \(ENOSPC\)/,
  );
  return true;
};

describe('a disk that is full', { skip }, () => {
  test('while it takes refused rows, also in the very end, keeps the file out', async () => {
    const filler = await fillBut(0);
    const rejectsPath = join(disk, 'a.rejects.csv');
    const good = `${CODE},文1,,2024-01-05`;
    const bad = (count: number): string[] =>
      Array.from({ length: count }, () => 'x,文2,,2024-01-05');
    for (const content of [csv(good, ...bad(3_000)), csv(good, ...bad(150))]) {
      await assert.rejects(bench.importText(content, { rejectsPath }), isDisk);
      await nothingIsIn();
    }
    await rm(filler);
    const receipt = await bench.importText(csv(good, ...bad(150)), { rejectsPath });
    assert.deepEqual(countsOf(receipt), [151, 1, 0, 0, 150]);
    await rm(rejectsPath);
  });

  test('while it takes standard input ends the import, and is free again', async () => {
    const filler = await fillBut(65_536);
    const input = Readable.from(
      (function* () {
        for (let piece = 0; piece < 20; piece += 1) yield Buffer.alloc(8_192, 'x');
      })(),
    );
    const { code, err } = await runImportOf(bench, ['-'], { dataDirectory: disk, input });
    assert.equal(code, 1);
    assert.match(err, /^standard-input: The disk is full: make room/);
    await writeFile(join(disk, 'other'), Buffer.alloc(40_000));
    await rm(join(disk, 'other'));
    await rm(filler);
    await nothingIsIn();
  });

  test('under the database keeps the file out, and says whose disk it is', async (t) => {
    if (new URL(bench.url).hostname !== '127.0.0.1') {
      t.skip('the server is on another machine');
      return;
    }
    const [backend] = await bench.rows('select pg_backend_pid() as pid');
    const server = await stat(`/proc/${String(backend?.['pid'])}`);
    const place = join(disk, 'tablespace');
    const name = `small_${process.pid}`;
    await mkdir(place, { mode: 0o700 });
    await chown(place, server.uid, server.gid);
    await bench.rows(`create tablespace ${name} location '${place}'`);
    const url = new URL(bench.url);
    url.searchParams.set('options', `-c temp_tablespaces=${name}`);
    const pool = openPool(url.href, {
      ...{ name: 'small', readOnly: false, onIdleError: () => undefined },
    });
    try {
      const rows = Array.from(
        { length: 20_000 },
        (_, row) => `${CODE},文${row},${'x'.repeat(200)},2024-01-05`,
      );
      await assert.rejects(bench.importText(csv(...rows), { pool }), (error) => {
        assert.ok(error instanceof ImportError);
        assert.equal(error.kind, 'database');
        assert.match(
          error.message,
          /SQLSTATE 53100.*disk of the database is full: make room there/,
        );
        assert.ok(!error.message.includes('xxx'));
        return true;
      });
      await nothingIsIn();
    } finally {
      await pool.end();
      await bench.rows(`drop tablespace ${name}`);
    }
  });
});
