import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { claimDataFolder } from '../database/embedded/data-folder.ts';

async function reset(
  directory: string,
  ...words: readonly string[]
): Promise<{ readonly code: unknown; readonly said: string }> {
  const child = spawn(
    process.execPath,
    ['--import', '#typescript', join(import.meta.dirname, 'reset.ts'), ...words],
    {
      cwd: join(import.meta.dirname, '../../..'),
      env: { ...process.env, DATA_DIR: directory },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as unknown[];
  return { code, said };
}

describe('npm run reset', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), 'credit-graph-reset-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('removes nothing without a terminal and without --yes', async () => {
    const directory = join(folder, 'asked');
    await claimDataFolder(directory);
    await writeFile(join(directory, 'something'), '');
    const { code, said } = await reset(directory);
    assert.equal(code, 1);
    assert.match(said, /npm run reset -- --yes/);
    assert.ok((await readdir(directory)).includes('something'));
  });

  test('with --yes empties the folder and says what it removed', async () => {
    const directory = join(folder, 'confirmed');
    await claimDataFolder(directory);
    await writeFile(join(directory, 'something'), '');
    assert.deepEqual(await reset(directory, '--yes'), {
      code: 0,
      said: `Removed from ${directory}: something.\n`,
    });
    assert.deepEqual(await readdir(directory), []);
    assert.deepEqual(await reset(directory, '--yes'), {
      code: 0,
      said: `There is nothing in ${directory}.\n`,
    });
  });

  test("refuses another's folder, and a word that it does not know", async () => {
    const directory = join(folder, 'other');
    await mkdir(directory);
    await writeFile(join(directory, 'thesis.odt'), '');
    const { code, said } = await reset(directory, '--yes');
    assert.equal(code, 1);
    assert.match(said, /no data folder of this project.*\nNothing was removed/);
    assert.equal((await reset(directory, '--force')).code, 1);
    assert.deepEqual(await readdir(directory), ['thesis.odt']);
  });
});
