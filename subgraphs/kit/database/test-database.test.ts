import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { runInChild } from './embedded/test/child.ts';
import { queryRows, waitUntil } from './embedded/test/scratch.ts';
import { readTestDatabaseUrl, testEnvironment } from './test-config.ts';
import { createTestDatabase, openTestServer } from './test-database.ts';

describe('a test database', () => {
  test('is empty, of its own, and gone when dropped', async () => {
    const [first, second] = await Promise.all([
      createTestDatabase('tax'),
      createTestDatabase('tax'),
    ]);
    await queryRows(first.url, 'create table t (n int)');
    const tables = `select relname from pg_class where relname = 't'`;
    assert.equal((await queryRows(first.url, tables)).length, 1);
    assert.equal((await queryRows(second.url, tables)).length, 0);
    assert.match(new URL(first.url).pathname, /^\/tax_\d+_[0-9a-f]{8}$/);
    await Promise.all([first.drop(), second.drop()]);
    await assert.rejects(queryRows(first.url, tables), { code: '3D000' });
  });

  test('has a plain prefix', async () => {
    for (const prefix of ['', 'Tax', '1st', 'a-b', `a${'b'.repeat(30)}`]) {
      await assert.rejects(createTestDatabase(prefix), RangeError, prefix);
    }
  });

  test('lies on the server that TEST_DATABASE_URL names', async () => {
    const { adminUrl } = await openTestServer();
    const script = `
      const { createTestDatabase } = await import(${url('test-database.ts')});
      print((await createTestDatabase('given')).url);`;
    const child = runInChild(script, { environment: testEnvironment(adminUrl) });
    const created = new URL(String(await child.next()));
    assert.equal(created.host, new URL(adminUrl).host);
    assert.deepEqual(await child.ended(), { code: 0, signal: null });
  });

  test('of a test file that is run by hand lies on a server that ends with it', async () => {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'credit-graph-by-hand-'));
    const file = join(folder, 'by-hand.test.mts');
    await writeFile(
      file,
      `import { test } from 'node:test';
       import { createTestDatabase } from ${url('test-database.ts')};
       test('creates a database', async () => {
         process.stdout.write('URL ' + (await createTestDatabase('hand')).url + '\\n');
       });`,
    );
    const environment = { ...process.env };
    delete environment['TEST_DATABASE_URL'];
    delete environment['NODE_TEST_CONTEXT'];
    const child = runInChild(
      `const { execFileSync } = await import('node:child_process');
       const words = [...process.execArgv.slice(0, 2), '--test', ${JSON.stringify(file)}];
       print(execFileSync(process.execPath, words, { encoding: 'utf8' }));`,
      { environment },
    );
    const report = String(await child.next());
    assert.match(report, /creates a database/);
    const created = /URL (\S+)/.exec(report)?.[1];
    assert.ok(created !== undefined);
    await waitUntil('the server is gone', () =>
      queryRows(created, 'select 1').then(
        () => false,
        (error: unknown) => (error as { code?: string }).code === 'ECONNREFUSED',
      ),
    );
    await rm(folder, { recursive: true });
  });
});

describe('TEST_DATABASE_URL', () => {
  test('is refused when it is no address of a database, without repeating it', () => {
    assert.throws(
      () => readTestDatabaseUrl({ TEST_DATABASE_URL: 'mysql://secret' }),
      (error: Error) => /TEST_DATABASE_URL/.test(error.message) && !/secret/.test(error.message),
    );
    assert.equal(readTestDatabaseUrl({ TEST_DATABASE_URL: '' }), undefined);
  });
});

function url(name: string): string {
  return JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href);
}
