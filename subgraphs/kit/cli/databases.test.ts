// Where databases are: a server that is named is used, and production never gets one by default. The
// embedded server itself is tested where it is made.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ConfigError } from '../config.ts';
import { createLog } from '../log.ts';
import { readCliConfig, type CliConfig } from './config.ts';
import { openDatabases } from './databases.ts';

const log = createLog('test', 'silent');
let directory: string;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'credit-databases-'));
});

after(() => rm(directory, { recursive: true }));

const configOf = (environment: Readonly<Record<string, string>>): CliConfig =>
  readCliConfig(['registry', 'tax'], { DATA_DIR: join(directory, 'data'), ...environment });

test('gives the addresses that are named, and starts no server for them', async () => {
  const config = configOf({
    DATABASE_URL_TAX: 'postgres://elsewhere/tax',
    DATABASE_URL_GATEWAY: 'postgres://elsewhere/gateway',
  });
  const databases = await openDatabases(config, ['tax', 'gateway'], log);
  assert.equal(databases.url('tax'), 'postgres://elsewhere/tax');
  assert.equal(databases.isEmbedded('tax'), false);
  assert.throws(() => databases.url('registry'), /no database was opened for registry/);
  await databases.stop();
  assert.deepEqual(await readdir(config.dataDirectory), ['.credit-graph']);
});

test('embeds nothing in production, and names every database that is missing', async () => {
  const config = configOf({ NODE_ENV: 'production', DATABASE_URL_TAX: 'postgres://elsewhere/tax' });
  await assert.rejects(openDatabases(config, ['registry', 'tax', 'gateway'], log), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.deepEqual(error.problems, [
      'DATABASE_URL_REGISTRY: is required in production',
      'DATABASE_URL_GATEWAY: is required in production',
    ]);
    return true;
  });
});

test('does not put its data into a folder of somebody else', async () => {
  await writeFile(join(directory, 'letter.txt'), 'dear');
  const config = configOf({ DATA_DIR: directory, DATABASE_URL_TAX: 'postgres://elsewhere/tax' });
  await assert.rejects(openDatabases(config, ['tax'], log), /holds other things/);
  await assert.rejects(openDatabases(config, ['registry'], log), /holds other things/);
});
