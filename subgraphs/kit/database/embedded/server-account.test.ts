import assert from 'node:assert/strict';
import { chmod, chown, mkdir, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findPackage } from './binaries.ts';
import { startCluster } from './cluster.ts';
import { chooseServerAccount } from './server-account.ts';
import { runInChild } from './test/child.ts';
import { queryRows } from './test/scratch.ts';

const NOBODY = 65_534;
const DAEMON = 1;

describe('the account of a server', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), 'credit-graph-account-'));
    await chmod(folder, 0o755);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('runs below a folder that only its parent can enter', async () => {
    const home = join(folder, 'home');
    await mkdir(home, { mode: 0o700 });
    const directory = join(home, 'project/.data');
    const cluster = await startCluster({ directory, port: 0, settings: { fsync: 'off' } });
    assert.equal((await queryRows(cluster.url('postgres'), 'select 1')).length, 1);
    const { uid } = await stat(join(directory, 'cluster/data'));
    assert.equal(uid === 0, false);
    await cluster.stop();
  });

  if (process.getuid?.() === 0) {
    test('is that of the folder for root, and the whole folder stays its own', async () => {
      const home = join(folder, 'home-of-daemon');
      await mkdir(home, { mode: 0o700 });
      await chown(home, DAEMON, DAEMON);
      const directory = join(home, '.data');
      assert.equal((await chooseServerAccount(directory))?.uid, DAEMON);
      const cluster = await startCluster({ directory, port: 0, settings: { fsync: 'off' } });
      await cluster.stop();
      const parts = ['', '.credit-graph', 'cluster', 'cluster/data', 'cluster/password'];
      for (const part of [...parts, 'cluster/server.log']) {
        assert.equal((await stat(join(directory, part))).uid, DAEMON, part);
      }
    });

    test('owns nothing but its files where root lends one that others share', async () => {
      const directory = join(folder, 'of-root');
      const account = await chooseServerAccount(directory);
      assert.equal(account?.ownsFolder, false);
      const cluster = await startCluster({ directory, port: 0, settings: { fsync: 'off' } });
      await cluster.stop();
      for (const part of [
        '',
        '.credit-graph',
        'cluster',
        'cluster/password',
        'cluster/server.log',
      ]) {
        assert.equal((await stat(join(directory, part))).uid, 0, part);
      }
      assert.equal((await stat(join(directory, 'cluster/data'))).uid, account.uid);
    });
  }
});

/** An ordinary user needs a project that it can read. */
if (process.getuid?.() === 0 && (await isOpen(import.meta.dirname, findPackage()))) {
  describe('an ordinary user', () => {
    let home: string;
    before(async () => {
      home = await mkdtemp(join(await realpath(tmpdir()), 'credit-graph-user-'));
      await chown(home, NOBODY, NOBODY);
    });
    after(() => rm(home, { recursive: true, force: true }));

    test('runs a server as itself, in a private home', async () => {
      const directory = join(home, '.data');
      const child = runInChild(
        `const cluster = await startCluster({ directory, port: 0, settings: { fsync: 'off' } });
         await cluster.ensureDatabase('tax');
         print(cluster.url('tax'));
         const alive = setInterval(() => {}, 1_000);
         await new Promise((resolve) => process.once('SIGTERM', resolve));
         await cluster.stop();
         clearInterval(alive);`,
        { directory, uid: NOBODY },
      );
      const url = await child.next();
      assert.equal((await queryRows(String(url), 'select 1')).length, 1);
      assert.equal((await stat(join(directory, 'cluster/password'))).uid, NOBODY);
      child.process.kill('SIGTERM');
      assert.deepEqual(await child.ended(), { code: 0, signal: null });
    });

    test('is told when the data folder was made by root', async () => {
      const directory = join(home, 'made-by-root');
      await mkdir(directory);
      const settings = { fsync: 'off' };
      await (await startCluster({ directory, port: 0, settings })).stop();
      const child = runInChild(
        `await startCluster({ directory }).catch((error) => print(error.message));`,
        { directory, uid: NOBODY },
      );
      assert.match(String(await child.next()), /This account may not use the data folder/);
    });
  });
}

async function isOpen(...folders: readonly string[]): Promise<boolean> {
  for (const start of folders) {
    for (let folder = start; folder !== '/'; folder = join(folder, '..')) {
      if (((await stat(folder)).mode & 0o005) !== 0o005) return false;
    }
  }
  return true;
}
