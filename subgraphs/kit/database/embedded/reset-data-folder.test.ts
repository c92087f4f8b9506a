import assert from 'node:assert/strict';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startCluster } from './cluster.ts';
import { claimDataFolder } from './data-folder.ts';
import { isAlive } from './postmaster.ts';
import { inspectDataFolder, resetDataFolder } from './reset-data-folder.ts';
import { exists, makeScratch, postmasterPid, type Scratch } from './test/scratch.ts';

describe('a reset', () => {
  let scratch: Scratch;
  before(async () => {
    scratch = await makeScratch();
  });
  after(() => scratch.remove());

  test('stops the server and empties the folder, which can be used again', async () => {
    const directory = await scratch.usedFolder();
    const cluster = await startCluster({ directory, port: 0 });
    await writeFile(join(directory, 'rejects.csv'), '');
    const pid = await postmasterPid(directory);
    assert.ok(pid !== undefined);
    assert.deepEqual(await inspectDataFolder(directory), ['cluster', 'rejects.csv']);
    assert.deepEqual(await resetDataFolder(directory), {
      stoppedPid: pid,
      removed: ['cluster', 'rejects.csv'],
    });
    assert.equal(isAlive(pid), false);
    assert.deepEqual(await readdir(directory), []);
    await cluster.stop();
    await claimDataFolder(directory);
    assert.deepEqual(await inspectDataFolder(directory), []);
  });

  test('leaves a folder alone that has no marker', async () => {
    const directory = scratch.newFolder();
    await mkdir(join(directory, 'cluster'), { recursive: true });
    await assert.rejects(resetDataFolder(directory), /is no data folder of this project/);
    assert.deepEqual(await readdir(directory), ['cluster']);
  });

  test('removes a link and not what it leads to', async () => {
    const [directory, elsewhere] = [scratch.newFolder(), scratch.newFolder()];
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'kept'), '');
    await claimDataFolder(directory);
    await symlink(elsewhere, join(directory, 'link'));
    await resetDataFolder(directory);
    assert.deepEqual(await readdir(directory), []);
    assert.equal(await exists(join(elsewhere, 'kept')), true);
  });

  test('has nothing to do in a folder that is empty or missing', async () => {
    const directory = scratch.newFolder();
    assert.equal(await inspectDataFolder(directory), undefined);
    await mkdir(directory);
    assert.equal(await inspectDataFolder(directory), undefined);
    assert.deepEqual(await resetDataFolder(directory), { stoppedPid: undefined, removed: [] });
  });
});
