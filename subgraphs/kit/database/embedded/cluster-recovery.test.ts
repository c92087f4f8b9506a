import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startCluster } from './cluster.ts';
import { isAlive } from './postmaster.ts';
import { chooseServerAccount } from './server-account.ts';
import { runInChild } from './test/child.ts';
import {
  exists,
  makeScratch,
  postmasterPid,
  queryRows,
  waitUntil,
  type Scratch,
} from './test/scratch.ts';

let scratch: Scratch;
before(async () => {
  scratch = await makeScratch();
});
after(() => scratch.remove());

describe('a cluster whose last end was not in order', () => {
  test('is adopted when its parent was killed, with its port and data', async () => {
    const directory = await scratch.usedFolder();
    const child = runInChild(
      `const cluster = await startCluster({ directory, port: 0 });
       await cluster.ensureDatabase('kept');
       print(cluster.port);
       setInterval(() => {}, 1000);`,
      { directory },
    );
    const port = await child.next();
    child.process.kill('SIGKILL');
    await child.ended();
    const cluster = await startCluster({ directory, port: 0 });
    assert.equal(cluster.adopted, true);
    assert.equal(cluster.port, port);
    assert.equal((await queryRows(cluster.url('kept'), 'select 1')).length, 1);
    await cluster.stop();
    assert.equal(await postmasterPid(directory), undefined);
  });

  test('recovers what was committed when the server itself was killed', async () => {
    const directory = await scratch.usedFolder();
    const first = await startCluster({ directory, port: 0 });
    await queryRows(first.url('postgres'), 'create table t as select 7 as n');
    const pid = await postmasterPid(directory);
    assert.ok(pid);
    process.kill(pid, 'SIGKILL');
    await waitUntil('the server is gone', () => Promise.resolve(!isAlive(pid)));
    await first.stop();
    const second = await startCluster({ directory, port: 0 });
    assert.equal(second.adopted, false);
    assert.deepEqual(await queryRows(second.url('postgres'), 'select n from t'), [{ n: 7 }]);
    await second.stop();
  });

  test('starts over a pid file whose pid is now of another program', async () => {
    const directory = await scratch.usedFolder();
    const account = await chooseServerAccount(directory);
    // Of the server's own account: that is when the server by itself refuses to start.
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      cwd: '/',
      stdio: 'ignore',
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    await once(other, 'spawn');
    const file = join(directory, 'cluster/data/postmaster.pid');
    const lines = [other.pid, '/somewhere', 1_700_000_000, 54_321, '', '127.0.0.1', '  1  2', ''];
    await writeFile(file, lines.join('\n'), { mode: 0o600 });
    if (account) await chown(file, account.uid, account.gid);
    const cluster = await startCluster({ directory, port: 0 });
    assert.equal(cluster.adopted, false);
    assert.notEqual(await postmasterPid(directory), other.pid);
    assert.equal(other.exitCode, null);
    await cluster.stop();
    other.kill('SIGKILL');
  });

  test('is refused under a new path while its server runs', async () => {
    const directory = await scratch.usedFolder();
    const cluster = await startCluster({ directory, port: 0 });
    const moved = scratch.newFolder();
    await rename(directory, moved);
    await assert.rejects(startCluster({ directory: moved, port: 0 }), /from another path/);
    await rename(moved, directory);
    await cluster.stop();
    assert.equal(await postmasterPid(directory), undefined);
  });

  test('is made anew when the first start was killed half-way', async () => {
    const directory = scratch.newFolder();
    await mkdir(directory);
    await writeFile(join(directory, '.credit-graph'), '');
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    const draft = join(directory, `.new-${String(gone.pid)}-abcdef`);
    await mkdir(join(draft, 'data'), { recursive: true });
    const cluster = await startCluster({ directory, port: 0 });
    assert.equal(await exists(draft), false);
    await cluster.stop();
  });
});

describe('a server', () => {
  test('outlives Ctrl-C on the terminal until its parent has stopped it in order', async () => {
    const directory = await scratch.usedFolder();
    const child = runInChild(
      `const cluster = await startCluster({ directory, port: 0 });
       process.on('SIGINT', async () => {
         await new Promise((resolve) => setTimeout(resolve, 300));
         const again = await startCluster({ directory, port: 0 });
         print(again.adopted);
         await again.stop();
         await cluster.stop();
         print('stopped');
         clearInterval(alive);
       });
       const alive = setInterval(() => {}, 1000);
       print(cluster.url('postgres'));`,
      { directory, detached: true },
    );
    await child.next();
    assert.ok(child.process.pid);
    // As a terminal does: to every process of the group.
    process.kill(-child.process.pid, 'SIGINT');
    assert.equal(await child.next(), true);
    assert.equal(await child.next(), 'stopped');
    assert.deepEqual(await child.ended(), { code: 0, signal: null });
    const log = await readFile(join(directory, 'cluster/server.log'), 'utf8');
    assert.equal(log.split('received fast shutdown request').length - 1, 2);
    assert.match(log.trimEnd().split('\n').at(-1) ?? '', /database system is shut down$/);
  });

  test('does not keep a process alive that has nothing else to do', async () => {
    const directory = await scratch.usedFolder();
    const child = runInChild(`print((await startCluster({ directory, port: 0 })).port);`, {
      directory,
    });
    await child.next();
    assert.deepEqual(await child.ended(), { code: 0, signal: null });
    const cluster = await startCluster({ directory, port: 0 });
    assert.equal(cluster.adopted, true);
    await cluster.stop();
  });
});
