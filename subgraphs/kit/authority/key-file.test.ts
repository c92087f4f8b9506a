import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, importJWK, type CryptoKey, type JSONWebKeySet } from 'jose';
import { ensureKeyFile } from './key-file.ts';

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'credit-graph-keys-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('creates one Ed25519 key, for its owner alone', async (t) => {
  const file = join(await folderOf(t), 'keys', 'key.json');
  const { keys } = JSON.parse(await ensureKeyFile(file)) as JSONWebKeySet;
  const [key] = keys;
  assert.ok(key);
  assert.equal(keys.length, 1);
  assert.equal(key.kid, await calculateJwkThumbprint(key));
  assert.equal(((await importJWK(key, 'EdDSA')) as CryptoKey).type, 'private');
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.equal((await stat(join(file, '..'))).mode & 0o777, 0o700);
});

test('leaves a file that is there as it is', async (t) => {
  const file = join(await folderOf(t), 'key.json');
  await writeFile(file, 'of the operator');
  assert.equal(await ensureKeyFile(file), 'of the operator');
});

test('gives all the same key when many create it at once', async (t) => {
  const folder = await folderOf(t);
  const file = join(folder, 'keys', 'key.json');
  const texts = await Promise.all(Array.from({ length: 20 }, () => ensureKeyFile(file)));
  assert.equal(new Set(texts).size, 1);
  assert.deepEqual(await readdir(join(folder, 'keys')), ['key.json']);
});

test('gives all the same key when several processes create it at once', async (t) => {
  const file = join(await folderOf(t), 'keys', 'key.json');
  const source = new URL('./key-file.ts', import.meta.url).href;
  const script = `import { ensureKeyFile } from '${source}';
    process.stdout.write(await ensureKeyFile(process.argv[1]));`;
  const run = promisify(execFile);
  const words = ['--import', '#typescript', '--input-type=module', '-e', script, file];
  const outcomes = await Promise.all(Array.from({ length: 3 }, () => run(process.execPath, words)));
  assert.equal(new Set(outcomes.map(({ stdout }) => stdout)).size, 1);
});
