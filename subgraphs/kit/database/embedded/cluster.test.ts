import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { PublicError } from '../../errors.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { runInChild } from './test/child.ts';
import { makeScratch, postmasterPid, queryRows, waitUntil, type Scratch } from './test/scratch.ts';

let scratch: Scratch;
before(async () => {
  scratch = await makeScratch();
});
after(() => scratch.remove());

describe('a cluster', () => {
  let sharedFolder: string;
  let shared: Cluster;
  before(async () => {
    sharedFolder = await scratch.usedFolder();
    shared = await startCluster({ directory: sharedFolder, port: 0 });
  });
  after(() => shared.stop());

  test('keeps its data from start to start', async () => {
    const directory = scratch.newFolder();
    const first = await startCluster({ directory, port: 0 });
    assert.equal(first.adopted, false);
    await first.ensureDatabase('tax');
    await queryRows(first.url('tax'), 'create table t as select 42 as n');
    await first.stop();
    assert.equal(await postmasterPid(directory), undefined);
    const second = await startCluster({ directory, port: 0 });
    assert.equal(second.adopted, false);
    assert.deepEqual(await queryRows(second.url('tax'), 'select n from t'), [{ n: 42 }]);
    await second.stop();
    await second.stop();
  });

  test('is durable, in UTF-8 and UTC, sorts by code point and listens on this machine', async () => {
    await shared.ensureDatabase('tax');
    const settings = ['fsync', 'timezone', 'listen_addresses', 'unix_socket_directories'];
    const [row] = await queryRows(
      shared.url('tax'),
      `select ${settings.map((name) => `current_setting('${name}') as ${name}`).join(', ')},
         current_setting('max_connections')::int as connections,
         pg_encoding_to_char(encoding) as encoding, datcollate, datctype,
         (select array_agg(distinct auth_method) from pg_hba_file_rules) as authentication
       from pg_database where datname = 'tax'`,
    );
    assert.deepEqual(row, {
      fsync: 'on',
      timezone: 'UTC',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      connections: 200,
      encoding: 'UTF8',
      datcollate: 'C',
      datctype: 'C',
      authentication: ['scram-sha-256'],
    });
  });

  test('takes settings for one start', async () => {
    const settings = { fsync: 'off', max_connections: 17 };
    const cluster = await startCluster({
      directory: await scratch.usedFolder(),
      port: 0,
      settings,
    });
    assert.deepEqual(
      await queryRows(
        cluster.url('postgres'),
        `select current_setting('fsync') as f, current_setting('max_connections') as m`,
      ),
      [{ f: 'off', m: '17' }],
    );
    await cluster.stop();
  });

  test('lets nobody in without its password, which only its account can read', async () => {
    const url = new URL(shared.url('postgres'));
    assert.equal(url.password.length, 43);
    const { mode } = await stat(join(sharedFolder, 'cluster/password'));
    assert.equal(mode & 0o777, 0o600);
    assert.equal((await stat(join(sharedFolder, 'cluster/data'))).mode & 0o777, 0o700);
    url.password = 'guess';
    await assert.rejects(queryRows(url.href, 'select 1'), { code: '28P01' });
  });

  test('takes another port when its own is in use', async () => {
    const taken = await occupyPort();
    const cluster = await startCluster({ directory: await scratch.usedFolder(), port: taken.port });
    assert.notEqual(cluster.port, taken.port);
    assert.equal((await queryRows(cluster.url('postgres'), 'select 1')).length, 1);
    await cluster.stop();
    await taken.close();
  });

  test('starts beside another one that wants the same port at the same time', async () => {
    const free = await occupyPort();
    await free.close();
    const folders = await Promise.all([scratch.usedFolder(), scratch.usedFolder()]);
    const clusters = await Promise.all(
      folders.map((directory) => startCluster({ directory, port: free.port })),
    );
    assert.deepEqual(
      clusters.map(({ adopted }) => adopted),
      [false, false],
    );
    assert.equal(new Set(clusters.map(({ port }) => port)).size, 2);
    for (const cluster of clusters) await queryRows(cluster.url('postgres'), 'select 1');
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  });

  test('is one server for starts at once on the same new folder, until the last stops', async () => {
    const directory = scratch.newFolder();
    const clusters = await Promise.all([1, 2, 3].map(() => startCluster({ directory, port: 0 })));
    assert.equal(clusters.filter(({ adopted }) => !adopted).length, 1);
    assert.equal(new Set(clusters.map(({ port }) => port)).size, 1);
    const [first, second, third] = clusters;
    assert.ok(first && second && third);
    await Promise.all([first.stop(), third.stop()]);
    assert.equal((await queryRows(second.url('postgres'), 'select 1')).length, 1);
    await second.stop();
    assert.equal(await postmasterPid(directory), undefined);
  });

  test('tells which other processes use it', async () => {
    assert.deepEqual(await shared.others(), []);
    const child = runInChild(
      `const cluster = await startCluster({ directory, port: 0 });
       print(await cluster.others());
       setInterval(() => undefined, 1_000);`,
      { directory: sharedFolder },
    );
    assert.deepEqual(await child.next(), [process.pid]);
    assert.deepEqual(await shared.others(), [child.process.pid]);
    child.process.kill('SIGKILL');
    await waitUntil('the killed one is forgotten', async () => {
      return (await shared.others()).length === 0;
    });
  });

  test('creates a database once, drops it with its sessions, and takes plain names only', async () => {
    await Promise.all([1, 2, 3].map(() => shared.ensureDatabase('courts')));
    const session = queryRows(shared.url('courts'), 'select pg_sleep(60)');
    const outcome = assert.rejects(session, /terminat/);
    await waitUntil('the session is seen', async () => {
      const rows = await queryRows(
        shared.url('postgres'),
        `select 1 from pg_stat_activity where query like '%pg_sleep(60)' and datname = 'courts'`,
      );
      return rows.length > 0;
    });
    await shared.dropDatabase('courts');
    await outcome;
    await shared.dropDatabase('courts');
    await assert.rejects(queryRows(shared.url('courts'), 'select 1'), { code: '3D000' });
    await assert.rejects(shared.ensureDatabase('x"; drop database tax; --'), RangeError);
  });
});

describe('a start that cannot be', () => {
  test('leaves a folder alone that holds other things', async () => {
    const directory = scratch.newFolder();
    await mkdir(directory);
    await writeFile(join(directory, 'thesis.odt'), 'years of work');
    await assert.rejects(startCluster({ directory, port: 0 }), /holds other things \(thesis.odt\)/);
    assert.equal(await readFile(join(directory, 'thesis.odt'), 'utf8'), 'years of work');
  });

  test('says of a path that is no folder what to do', async () => {
    const directory = scratch.newFolder();
    await writeFile(directory, '');
    for (const path of [directory, join(directory, 'below')]) {
      await assert.rejects(startCluster({ directory: path, port: 0 }), (error: PublicError) => {
        assert.equal(error.message, `The data folder ${path} is no folder.`);
        assert.match(String(error.extensions['hint']), /DATA_DIR/);
        return true;
      });
    }
  });

  test('names the version that wrote the data', async () => {
    const directory = await scratch.usedFolder();
    await writeFile(join(directory, 'cluster/data/PG_VERSION'), '17\n');
    await assert.rejects(startCluster({ directory, port: 0 }), /PostgreSQL 17; this is 18/);
  });

  test("ends with what the server's log says", async () => {
    const directory = await scratch.usedFolder();
    const settings = { shared_buffers: 'plenty' };
    await assert.rejects(
      startCluster({ directory, port: 0, settings }),
      /did not start: .*\n.*invalid value for parameter "shared_buffers": "plenty"/,
    );
    assert.equal(await postmasterPid(directory), undefined);
  });
});

async function occupyPort(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
