import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { runInChild } from './embedded/test/child.ts';
import { THROW_AWAY_SETTING } from './embedded/throw-away-cluster.ts';
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

  test('has the migrations of a folder, made once for all that ask for them', async () => {
    const folder = join(import.meta.dirname, '../../tax/migrations');
    const copies = await Promise.all([1, 2, 3].map(() => createTestDatabase('tax', folder)));
    const tables = `select count(*)::int as n from credit_ratings`;
    await queryRows(copies[0]?.url ?? '', 'drop table credit_ratings');
    await assert.rejects(queryRows(copies[0]?.url ?? '', tables), { code: '42P01' });
    for (const { url } of copies.slice(1))
      assert.deepEqual(await queryRows(url, tables), [{ n: 0 }]);
    const { adminUrl } = await openTestServer();
    const made = `select datname from pg_database where datname like 'template\\_%'`;
    const templates = await queryRows(adminUrl, made);
    const child = runInChild(
      `const { createTestDatabase } = await import(${url('test-database.ts')});
       print((await createTestDatabase('tax', ${JSON.stringify(folder)})).url);`,
      { environment: testEnvironment(adminUrl) },
    );
    assert.deepEqual(await queryRows(String(await child.next()), tables), [{ n: 0 }]);
    assert.deepEqual(await child.ended(), { code: 0, signal: null });
    assert.deepEqual(await queryRows(adminUrl, made), templates);
    await Promise.all(copies.map((copy) => copy.drop()));
  });

  test('has the migrations of a folder as they stand now', async () => {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'credit-graph-migrations-'));
    for (const table of ['first', 'second']) {
      await writeFile(
        join(folder, '1_made.ts'),
        `export const up = (knex) => knex.raw('create table ${table} (n int)');
         export const down = () => undefined;`,
      );
      const child = runInChild(
        `const { createTestDatabase } = await import(${url('test-database.ts')});
         print((await createTestDatabase('folder', ${JSON.stringify(folder)})).url);`,
        { environment: testEnvironment((await openTestServer()).adminUrl) },
      );
      const rows = `select count(*)::int as n from ${table}`;
      assert.deepEqual(await queryRows(String(await child.next()), rows), [{ n: 0 }]);
      assert.deepEqual(await child.ended(), { code: 0, signal: null });
    }
    await rm(folder, { recursive: true });
  });

  test('leaves nothing behind on a server that is not thrown away', async () => {
    const admin = new URL((await openTestServer()).adminUrl);
    admin.searchParams.set('options', `-c ${THROW_AWAY_SETTING}=off`);
    const folder = join(import.meta.dirname, '../../tax/migrations');
    const child = runInChild(
      `const { createTestDatabase } = await import(${url('test-database.ts')});
       const own = await createTestDatabase('given', ${JSON.stringify(folder)});
       print(own.url);
       await own.drop();
       print('dropped');`,
      { environment: testEnvironment(admin.href) },
    );
    const name = new URL(String(await child.next())).pathname.slice(1);
    assert.equal(await child.next(), 'dropped');
    const left = `select datname from pg_database where datname like '%${name}'`;
    assert.deepEqual(await queryRows(admin.href, left), []);
    assert.deepEqual(await child.ended(), { code: 0, signal: null });
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
