import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ConfigError } from '../config.ts';
import { readReaderSecret } from './reader-secret.ts';

let dataDirectory: string;

before(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'credit-reader-secret-'));
});

after(() => rm(dataDirectory, { recursive: true }));

test('takes the secret that is configured, and keeps nothing', async () => {
  const config = { dataDirectory, readerSecret: 's'.repeat(40), production: true };
  assert.equal(await readReaderSecret(config), config.readerSecret);
  assert.deepEqual(await readdir(dataDirectory), []);
});

test('draws none in production', async () => {
  const config = { dataDirectory, readerSecret: null, production: true };
  await assert.rejects(readReaderSecret(config), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.deepEqual(error.problems, ['DATABASE_READER_SECRET: is required in production']);
    return true;
  });
  assert.deepEqual(await readdir(dataDirectory), []);
});

test('draws one for all who ask at once, readable by its owner alone', async () => {
  const config = { dataDirectory, readerSecret: null, production: false };
  const secrets = await Promise.all(Array.from({ length: 8 }, () => readReaderSecret(config)));
  assert.equal(new Set(secrets).size, 1);
  assert.match(secrets[0] ?? '', /^[0-9a-f]{64}$/);
  assert.equal(await readReaderSecret(config), secrets[0]);
  assert.deepEqual(await readdir(join(dataDirectory, 'keys')), ['reader-secret']);
  if (process.platform === 'win32') return;
  assert.equal((await stat(join(dataDirectory, 'keys/reader-secret'))).mode & 0o777, 0o600);
});
