import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withFileLock } from './file-lock.ts';

async function lockPath(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'credit-lock-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'lock');
}

const owner = (processId: number): string =>
  JSON.stringify({
    token: 'another',
    host: hostname(),
    processId,
    purpose: 'publish courts',
    since: '2026-01-01T00:00:00.000Z',
  });

test('lets one in at a time, and leaves nothing behind', async (t) => {
  const path = await lockPath(t);
  let inside = 0;
  let most = 0;
  const enter = (): Promise<void> =>
    withFileLock(path, { purpose: 'test', deadlineMs: 30_000 }, async (lock) => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(20);
      await lock.assertHeld();
      inside -= 1;
    });
  await Promise.all(Array.from({ length: 8 }, enter));
  assert.equal(most, 1);
  assert.deepEqual(await readdir(join(path, '..')), []);
});

test('lets go when the work fails', async (t) => {
  const path = await lockPath(t);
  const options = { purpose: 'test', deadlineMs: 1_000 };
  await assert.rejects(
    withFileLock(path, options, () => Promise.reject(new Error('no'))),
    /no/,
  );
  assert.equal(await withFileLock(path, options, () => Promise.resolve(1)), 1);
});

test('says who holds it when the wait is over', async (t) => {
  const path = await lockPath(t);
  await writeFile(path, owner(process.pid));
  const waited: string[] = [];
  const options = {
    purpose: 'publish tax',
    deadlineMs: 300,
    onWait: ({ purpose }: { readonly purpose: string }) => waited.push(purpose),
  };
  await assert.rejects(
    withFileLock(path, options, () => Promise.resolve()),
    new RegExp(`"publish courts" of process ${process.pid}`),
  );
  assert.deepEqual(waited, ['publish courts']);
});

test('takes away what a process that died has left, and what nobody touched for long', async (t) => {
  const path = await lockPath(t);
  const options = { purpose: 'test', deadlineMs: 1_000 };
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  await writeFile(path, owner(pid));
  assert.equal(await withFileLock(path, options, () => Promise.resolve('dead')), 'dead');
  await writeFile(path, owner(process.pid));
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(path, longAgo, longAgo);
  assert.equal(await withFileLock(path, options, () => Promise.resolve('old')), 'old');
});

test('writes nothing once it was lost', async (t) => {
  const path = await lockPath(t);
  const options = { purpose: 'test', deadlineMs: 1_000 };
  await assert.rejects(
    withFileLock(path, options, async (lock) => {
      await writeFile(path, owner(process.pid));
      await lock.assertHeld();
    }),
    /was lost to another process/,
  );
});
