import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, realpath } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startCluster } from './cluster.ts';
import { isAlive } from './postmaster.ts';
import { runInChild } from './test/child.ts';
import { exists, postmasterPid, queryRows, waitUntil } from './test/scratch.ts';
import { startThrowAwayCluster } from './throw-away-cluster.ts';

/** Folders of throw-away clusters that a process has made. */
async function foldersOf(pid: number | undefined): Promise<readonly string[]> {
  const parent = await realpath(tmpdir());
  const names = await readdir(parent);
  return names
    .filter((name) => name.startsWith('credit-graph-test-') && name.includes(`-${String(pid)}-`))
    .map((name) => join(parent, name));
}

async function serverOf(folder: string): Promise<number> {
  const pid = await postmasterPid(folder);
  assert.ok(pid !== undefined && isAlive(pid));
  return pid;
}

async function waitUntilGone(folder: string, serverPid: number | undefined): Promise<void> {
  await waitUntil('the folder and its server are gone', async () => {
    return !(await exists(folder)) && (serverPid === undefined || !isAlive(serverPid));
  });
}

describe('a throw-away cluster', () => {
  test('does not force to disk, and is gone when it was stopped', async () => {
    const known = await foldersOf(process.pid);
    const cluster = await startThrowAwayCluster();
    const [folder] = (await foldersOf(process.pid)).filter((name) => !known.includes(name));
    assert.ok(folder !== undefined);
    const serverPid = await serverOf(folder);
    assert.deepEqual(
      await queryRows(cluster.url('postgres'), `select current_setting('fsync') as fsync`),
      [{ fsync: 'off' }],
    );
    await cluster.stop();
    await waitUntilGone(folder, serverPid);
  });

  for (const ending of ['process.kill(process.pid, "SIGKILL")', '0']) {
    test(`is gone after its process ended by ${ending}`, async () => {
      const child = runInChild(`await startThrowAwayCluster(); print(1); await 0; ${ending};`);
      await child.next();
      const [folder] = await foldersOf(child.process.pid);
      assert.ok(folder !== undefined);
      // Undefined where the watchdog has been quicker than this look; -1 would mean every process.
      const serverPid = await postmasterPid(folder);
      await child.ended();
      await waitUntilGone(folder, serverPid);
    });
  }

  test('of a machine that lost its watchdog is cleaned up by the next one', async () => {
    // Other test files sweep at the same time: its process must not be gone too early.
    const owner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const host = hostname().replaceAll(/[^A-Za-z0-9]/g, '_');
    const name = `credit-graph-test-${host}-${String(owner.pid)}-abcdef`;
    const directory = join(await realpath(tmpdir()), name);
    await mkdir(directory, { mode: 0o700 });
    const left = await startCluster({ directory, port: 0, settings: { fsync: 'off' } });
    const serverPid = await serverOf(directory);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const next = await startThrowAwayCluster();
    await waitUntilGone(directory, serverPid);
    await next.stop();
    await left.stop();
  });
});
