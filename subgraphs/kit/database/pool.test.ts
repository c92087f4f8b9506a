// Pools against a real server: deadlines, sessions that cannot write, values as the graph has them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PublicError } from '../errors.ts';
import { openPool, type Pool, type PoolOptions } from './pool.ts';
import { isUnavailable, param, runStatement, sql, toStatement } from './statement.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
const pools: Pool[] = [];

const open = (more: Partial<PoolOptions> = {}, search = ''): Pool => {
  const pool = openPool(`${database.url}${search}`, {
    name: 'test',
    onIdleError: () => undefined,
    ...more,
  });
  pools.push(pool);
  return pool;
};

before(async () => {
  database = await createTestDatabase('pool');
  await open({ readOnly: false }).query('create table t (a int)');
});

after(async () => {
  await Promise.all(pools.filter((pool) => !pool.ended).map((pool) => pool.end()));
  await database.drop();
});

const SLEEP = toStatement(sql.raw('select pg_sleep(?::float8)', [param('seconds')]));

async function isUnavailableError(promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof PublicError);
    assert.equal(error.extensions['code'], 'SUBGRAPH_UNAVAILABLE');
    assert.doesNotMatch(JSON.stringify(error), /statement|timeout|connect|select/);
    return true;
  });
}

test('lets sessions read only, whatever a statement tries', async () => {
  const pool = open();
  for (const text of [
    'insert into t values (1)',
    'update t set a = 1',
    'delete from t',
    'truncate t',
    'drop table t',
    'create table u ()',
    `create function f() returns int language sql as 'select 1'`,
    'with w as (insert into t values (1) returning a) select * from w',
    'select * from t for update',
  ]) {
    await assert.rejects(pool.query(text), { code: '25006' }, text);
  }
  assert.deepEqual((await pool.query('select * from t')).rows, []);
});

test('stays read-only when the URL brings options of its own', async () => {
  const pool = open({}, '?options=-c%20work_mem%3D5MB%20-c%20default_transaction_read_only%3Doff');
  await assert.rejects(pool.query('insert into t values (1)'), { code: '25006' });
  const { rows } = await pool.query(`select current_setting('work_mem') as work_mem`);
  assert.deepEqual(rows, [{ work_mem: '5MB' }]);
});

test('writes where that is asked for', async () => {
  const pool = open({ readOnly: false });
  await pool.query('insert into t values (1)');
  await pool.query('delete from t');
});

test('ends a statement at its deadline, as a sector that does not answer', async () => {
  const pool = open({ statementTimeoutMs: 50 });
  await isUnavailableError(runStatement(pool, SLEEP, { seconds: 30 }));
  assert.equal((await runStatement(pool, SLEEP, { seconds: 0 })).length, 1);
});

test('gives a statement without a deadline no other one', async () => {
  const pool = open({ statementTimeoutMs: 0 });
  assert.equal((await runStatement(pool, SLEEP, { seconds: 2.2 })).length, 1);
});

test('does not wait longer than its deadline for a connection', async () => {
  const pool = open({ connectionsMax: 1, connectTimeoutMs: 100 });
  const busy = runStatement(pool, SLEEP, { seconds: 1 });
  await isUnavailableError(runStatement(pool, SLEEP, { seconds: 0 }));
  await busy;
  assert.equal((await runStatement(pool, SLEEP, { seconds: 0 })).length, 1);
});

test('is a sector that does not answer when it was ended, or its sessions were', async () => {
  const ended = open();
  await ended.end();
  await isUnavailableError(runStatement(ended, SLEEP, { seconds: 0 }));

  const pool = open({ connectionsMax: 1 });
  const [row] = (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
  const busy = isUnavailableError(runStatement(pool, SLEEP, { seconds: 30 }));
  await open().query('select pg_terminate_backend($1)', [row?.pid]);
  await busy;
  assert.equal((await runStatement(pool, SLEEP, { seconds: 0 })).length, 1);
});

test('is a sector that does not answer when the server, database or login is not there', async () => {
  const url = new URL(database.url);
  const wrong = (change: (url: URL) => void): Pool => {
    const other = new URL(url);
    change(other);
    const pool = openPool(other.href, { name: 'test', onIdleError: () => undefined });
    pools.push(pool);
    return pool;
  };
  for (const pool of [
    wrong((other) => (other.port = '1')),
    wrong((other) => (other.pathname = '/no_such_database')),
    wrong((other) => (other.username = 'no_such_user')),
    wrong((other) => (other.hostname = 'no-such-host.invalid')),
  ]) {
    await isUnavailableError(runStatement(pool, SLEEP, { seconds: 0 }));
  }
});

test('tells a server that cannot answer from a statement or a program that is wrong', async () => {
  const pool = open();
  for (const text of ['select', 'select * from nothing', 'select 1 / 0', `select 'x'::date`]) {
    const error: unknown = await pool.query(text).catch((reason: unknown) => reason);
    assert.equal(isUnavailable(error), false, text);
  }
  assert.equal(isUnavailable(new TypeError('a defect')), false);
  assert.equal(isUnavailable(Object.assign(new Error('x'), { code: 'ERR_INVALID_URL' })), false);
  assert.equal(isUnavailable(Object.assign(new Error('x'), { code: 'EAI_AGAIN' })), true);
  assert.equal(isUnavailable(Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' })), true);
  assert.equal(isUnavailable('no error'), false);
});

test('reads days as they are, instants in UTC, whole numbers exactly', async () => {
  const { rows } = await open().query(`select
    date '2025-04-30' as day, date '0999-01-01' as old,
    timestamptz '2025-04-30 08:00:00.123456+08' as at,
    timestamptz '1850-01-01 00:00:00 Asia/Shanghai' as before_zones,
    9007199254740991::bigint as large, -5::bigint as small, 12.50::numeric as decimal`);
  assert.deepEqual(rows, [
    {
      day: '2025-04-30',
      old: '0999-01-01',
      at: '2025-04-30T00:00:00.123Z',
      before_zones: '1849-12-31T15:54:17.000Z',
      large: 9007199254740991,
      small: -5,
      decimal: 12.5,
    },
  ]);
});

test('refuses a whole number that would lose digits, and goes on', async () => {
  const pool = open({ connectionsMax: 1 });
  for (const text of ['9007199254740992', '-9007199254740993', '9223372036854775807']) {
    await assert.rejects(pool.query(`select ${text}::bigint as n`), /beyond 2\^53/);
  }
  assert.deepEqual((await pool.query('select 1 as one')).rows, [{ one: 1 }]);
});
