// Readers against a real server: one bound for all of them, nobody left waiting, and the same answers
// as a pool gives when the server is not there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { PublicError } from '../errors.ts';
import { waitUntil } from './embedded/test/scratch.ts';
import { grantAccess } from './grant-access.ts';
import { openReaders, type OpenReadersOptions } from './open-readers.ts';
import { readerRole } from './reader-roles.ts';
import { READER_NAMES, type Readers } from './readers.ts';
import { param, runStatement, sql, toStatement } from './statement.ts';
import {
  createAccessDatabase,
  databaseOf,
  insertRow,
  TEST_GRANT,
  withConnection,
} from './test/access-fixture.ts';
import { openTestServer, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let admin: pg.Client;
const opened: Readers[] = [];

before(async () => {
  database = await createAccessDatabase();
  await grantAccess(database.url, TEST_GRANT);
  await withConnection(database.url, (owner) => insertRow(owner, 'rulings', 'a'));
  admin = new pg.Client({ connectionString: (await openTestServer()).adminUrl });
  await admin.connect();
});

after(async () => {
  await Promise.all(opened.map((readers) => readers.close()));
  await admin.end();
  await database.drop();
});

function open(more: Partial<OpenReadersOptions> = {}, url = database.url): Readers {
  const readers = openReaders(url, {
    name: 'test',
    secret: TEST_GRANT.secret,
    onIdleError: () => undefined,
    ...more,
  });
  opened.push(readers);
  return readers;
}

const SLEEP = toStatement(
  sql.raw('select pg_backend_pid() as pid from (select pg_sleep(?::float8)) s', [param('seconds')]),
);

type Answer = readonly { readonly pid: number }[];

const sleep = (
  readers: Readers,
  name: (typeof READER_NAMES)[number],
  seconds: number,
): Promise<Answer> => runStatement<{ pid: number }>(readers.of(name), SLEEP, { seconds });

async function isUnavailable(promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof PublicError, String(error));
    assert.equal(error.extensions['code'], 'SUBGRAPH_UNAVAILABLE');
    return true;
  });
}

/** Sessions of readers, of this database alone. */
async function sessions(): Promise<readonly number[]> {
  const { rows } = await admin.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = $1 and usename = any($2)',
    [
      databaseOf(database.url),
      READER_NAMES.map((reader) => readerRole(databaseOf(database.url), reader)),
    ],
  );
  return rows.map(({ pid }) => pid);
}

const noSessions = (): Promise<void> =>
  waitUntil('no reader is connected', async () => (await sessions()).length === 0);

test('reads as the role of each reader', async () => {
  const readers = open();
  for (const name of READER_NAMES) {
    const { rows } = await readers.of(name).query({ text: 'select current_user as role' });
    assert.deepEqual(rows, [{ role: readerRole(databaseOf(database.url), name) }]);
  }
  await readers.close();
  await noSessions();
});

for (const connectionsMax of [1, 2, 6]) {
  test(`never has more than ${connectionsMax} connections, and answers everybody`, async () => {
    // The server itself counts: one more session than these is refused, and its statement fails.
    await admin.query(
      `alter database ${databaseOf(database.url)} connection limit ${connectionsMax}`,
    );
    const readers = open({ connectionsMax, connectTimeoutMs: 60_000 });
    const pids = new Set<number>();
    const ask = async (name: (typeof READER_NAMES)[number], times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        const [row] = await sleep(readers, name, Math.random() / 500);
        pids.add(row?.pid ?? 0);
      }
    };
    try {
      const asked = READER_NAMES.flatMap((name) => [1, 2, 3, 4, 5, 6, 7].map(() => ask(name, 12)));
      let most = 0;
      const state = { isDone: false };
      const all = Promise.all(asked).finally(() => (state.isDone = true));
      while (!state.isDone) most = Math.max(most, (await sessions()).length);
      await all;
      assert.ok(most <= connectionsMax, `${most} at once`);
      assert.ok(pids.size >= READER_NAMES.length, 'each reader has had a session of its own');
      assert.ok(pids.size < 200, `${pids.size} sessions for 588 statements`);
    } finally {
      await readers.close();
      await admin.query(`alter database ${databaseOf(database.url)} connection limit -1`);
    }
    await noSessions();
  });
}

test('shares connections among readers that are all busy, and does not hand them to and fro', async () => {
  const readers = open({ connectionsMax: 6, connectTimeoutMs: 60_000 });
  const pids = new Set<number | undefined>();
  const names = ['PUBLIC', 'REGISTERED', 'AGENCY', 'GOVERNMENT'] as const;
  const crowd = [...names, ...names, ...names].map(async (name) => {
    for (let time = 0; time < 200; time += 1) {
      const [row] = await sleep(readers, name, 0.005);
      pids.add(row?.pid);
    }
  });
  await Promise.all(crowd);
  assert.ok(pids.size <= 12, `${pids.size} sessions`);
  await readers.close();
  await noSessions();
});

test('lets a reader that comes late have its turn before a crowd of another', async () => {
  const readers = open({ connectionsMax: 1, connectTimeoutMs: 60_000 });
  const order: string[] = [];
  const crowd = Array.from({ length: 20 }, async () => {
    for (let time = 0; time < 30; time += 1) {
      await sleep(readers, 'PUBLIC', 0.005);
      order.push('PUBLIC');
    }
  });
  const late = sleep(readers, 'SUBJECT', 0).then(() => order.push('SUBJECT'));
  await Promise.all([...crowd, late]);
  assert.ok(order.indexOf('SUBJECT') < 300, `its turn was ${order.indexOf('SUBJECT')}`);
  await readers.close();
});

test('lets one reader that is alone have all connections, and no more than it needs', async () => {
  const readers = open({ connectionsMax: 4 });
  const answers = await Promise.all([1, 2, 3, 4].map(() => sleep(readers, 'PUBLIC', 0.2)));
  const pids = new Set(answers.flat().map(({ pid }) => pid));
  assert.equal(pids.size, 4);
  const again = new Set<number | undefined>();
  for (let time = 0; time < 20; time += 1) {
    again.add((await sleep(readers, 'PUBLIC', 0))[0]?.pid);
  }
  assert.equal(again.size, 1, 'one after the other needs one');
  await readers.close();
  await noSessions();
});

test('prepares a statement once a session', async () => {
  const readers = open({ connectionsMax: 1 });
  for (let time = 0; time < 3; time += 1) await sleep(readers, 'AGENCY', 0);
  const { rows } = await readers.of('AGENCY').query<{ name: string; n: number }>({
    text: 'select name, (generic_plans + custom_plans)::int as n from pg_prepared_statements',
  });
  assert.deepEqual(rows, [{ name: SLEEP.name, n: 3 }]);
  await readers.close();
});

test('does not wait longer than its deadline for a connection', async () => {
  const readers = open({ connectionsMax: 1, connectTimeoutMs: 100 });
  const busy = sleep(readers, 'PUBLIC', 1);
  await isUnavailable(sleep(readers, 'PUBLIC', 0));
  await isUnavailable(sleep(readers, 'SPECIAL', 0));
  await busy;
  await readers.close();
});

test('ends a statement at its deadline, and keeps the session', async () => {
  const readers = open({ connectionsMax: 1, statementTimeoutMs: 50 });
  const [first] = await sleep(readers, 'PUBLIC', 0);
  await isUnavailable(sleep(readers, 'PUBLIC', 30));
  await assert.rejects(readers.of('PUBLIC').query({ text: 'select nothing' }), { code: '42703' });
  assert.deepEqual(await sleep(readers, 'PUBLIC', 0), [first]);
  await readers.close();
});

test('replaces sessions that were ended, in use or idle, and tells of the idle ones', async () => {
  const told: Error[] = [];
  const readers = open({ connectionsMax: 2, onIdleError: (error) => told.push(error) });
  const busy = isUnavailable(sleep(readers, 'PUBLIC', 30));
  await waitUntil('it is connected', async () => (await sessions()).length === 1);
  for (const pid of await sessions()) await admin.query('select pg_terminate_backend($1)', [pid]);
  await busy;
  assert.equal(told.length, 0);
  await sleep(readers, 'PUBLIC', 0);
  for (const pid of await sessions()) await admin.query('select pg_terminate_backend($1)', [pid]);
  await waitUntil('it is told', () => Promise.resolve(told.length === 1));
  await sleep(readers, 'PUBLIC', 0);
  await readers.close();
  await noSessions();
});

test('gives up connections that nobody needs', async () => {
  const readers = open({ connectionsMax: 4, idleTimeoutMs: 100 });
  await Promise.all(READER_NAMES.map((name) => sleep(readers, name, 0)));
  await noSessions();
  await sleep(readers, 'PUBLIC', 0);
  await readers.close();
});

test('is a sector that does not answer until the roles are there, without being opened anew', async () => {
  const own = await createAccessDatabase();
  const readers = open({ connectionsMax: 2 }, own.url);
  try {
    await isUnavailable(sleep(readers, 'PUBLIC', 0));
    await grantAccess(own.url, TEST_GRANT);
    await sleep(readers, 'PUBLIC', 0);
  } finally {
    await readers.close();
    await own.drop();
  }
});

test('is a sector that does not answer when the server is not there, for everybody who waits', async () => {
  const url = new URL(database.url);
  url.port = '1';
  const readers = open({ connectionsMax: 2 }, url.href);
  const waiting = READER_NAMES.flatMap((name) => [1, 2, 3].map(() => sleep(readers, name, 0)));
  await Promise.all(waiting.map(isUnavailable));
  await readers.close();
});

test('ends in order: what is under way is answered, what waits and what is new is not', async () => {
  const readers = open({ connectionsMax: 2 });
  const busy = [1, 2].map(() => sleep(readers, 'PUBLIC', 0.3));
  await waitUntil('both are connected', async () => (await sessions()).length === 2);
  const waiting = isUnavailable(sleep(readers, 'PUBLIC', 0));
  const closing = readers.close();
  await isUnavailable(sleep(readers, 'AGENCY', 0));
  await waiting;
  for (const answer of await Promise.all(busy)) assert.equal(answer.length, 1);
  await Promise.all([closing, readers.close()]);
  await noSessions();
});

test('needs neither the login of the URL nor one among its parameters', async () => {
  const url = new URL(database.url);
  url.username = '';
  url.password = '';
  const bare = open({}, url.href);
  assert.equal((await sleep(bare, 'PUBLIC', 0)).length, 1);
  const { username, password } = new URL(database.url);
  url.searchParams.set('user', decodeURIComponent(username));
  url.searchParams.set('password', decodeURIComponent(password));
  const { rows } = await open({}, url.href)
    .of('PUBLIC')
    .query({ text: 'select current_user as role' });
  assert.deepEqual(rows, [{ role: readerRole(databaseOf(database.url), 'PUBLIC') }]);
});

test('refuses at once a URL without a database, and a short secret without repeating it', () => {
  const url = new URL(database.url);
  url.pathname = '/';
  assert.throws(() => open({}, url.href), /names no database/);
  assert.throws(
    () => open({ secret: 'hunter2' }),
    (error: Error) => /fewer than 32/.test(error.message) && !error.message.includes('hunter2'),
  );
});
