// Granting: once, whole, again where somebody changed something, and by an owner without the rights
// of a superuser.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { grantAccess } from './grant-access.ts';
import { openReaders } from './open-readers.ts';
import { readerRole } from './reader-roles.ts';
import { READER_NAMES } from './readers.ts';
import {
  createAccessDatabase,
  createAccessTables,
  databaseOf,
  insertRow,
  readerUrl,
  rulings,
  TEST_GRANT,
  withConnection,
} from './test/access-fixture.ts';
import { dropDatabase } from './embedded/databases.ts';
import { createTestDatabase, openTestServer, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let owner: pg.Client;

before(async () => {
  database = await createAccessDatabase();
  assert.equal(await grantAccess(database.url, TEST_GRANT), true);
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});

after(async () => {
  await owner.end();
  await database.drop();
});

const roleOf = (url: string): string => readerRole(databaseOf(url), 'AGENCY');
/** Really drops a database, which a test server may put off. */
const drop = async (url: string): Promise<void> =>
  dropDatabase((await openTestServer()).adminUrl, databaseOf(url));
const login = (url: string): Promise<void> => withConnection(url, () => Promise.resolve());

test('changes nothing where nothing has changed, and mends what somebody changed', async () => {
  assert.equal(await grantAccess(database.url, TEST_GRANT), false);
  const role = roleOf(database.url);
  for (const change of [
    'alter table rulings disable row level security',
    `grant select on batches to ${role}`,
    `grant select (batch_id) on rulings to ${role}`,
    'grant select on rulings to public',
    `revoke select (number) on rulings from ${role}`,
    'drop policy public on rulings',
    'create policy more on rulings using (true)',
    'alter policy public on rulings using (true)',
    'create table forgotten (a int); grant select on forgotten to public',
    'create view seen as select * from rulings; grant select on seen to public',
    `grant create on schema public to ${role}`,
    `grant temporary on database ${databaseOf(database.url)} to public`,
    'create function leak() returns int security definer return 1',
    `alter role ${role} in database ${databaseOf(database.url)} reset all`,
  ]) {
    await owner.query(change);
    assert.equal(await grantAccess(database.url, TEST_GRANT), true, change);
    assert.equal(await grantAccess(database.url, TEST_GRANT), false, change);
  }
  await withConnection(readerUrl(database.url, 'AGENCY'), async (client) => {
    for (const text of ['select * from forgotten', 'select * from seen', 'select leak()']) {
      await assert.rejects(client.query(text), { code: '42501' }, text);
    }
  });
});

test('follows labels that have changed, both ways', async () => {
  const own = await createAccessDatabase();
  const classes = new Map(TEST_GRANT.classes);
  const reads = (): Promise<unknown> =>
    withConnection(readerUrl(own.url, 'PUBLIC'), (client) =>
      client.query('select number from rulings'),
    );
  try {
    await grantAccess(own.url, TEST_GRANT);
    await reads();
    classes.set('Ruling.number', 'GOVERNMENT');
    assert.equal(await grantAccess(own.url, { ...TEST_GRANT, classes }), true);
    await assert.rejects(reads(), { code: '42501' });
    assert.equal(await grantAccess(own.url, TEST_GRANT), true);
    await reads();
  } finally {
    await own.drop();
  }
});

test('refuses a column that stands for fields of different classes', async () => {
  const table = {
    ...rulings,
    columns: { ...rulings.columns, duty: rulings.columns['number'] ?? assert.fail() },
  };
  await assert.rejects(
    grantAccess(database.url, { ...TEST_GRANT, tables: [table] }),
    /rulings\.number stands for fields of different classes/,
  );
});

test('grants all or nothing', async () => {
  const own = await createAccessDatabase();
  try {
    const searchTables = [{ table: 'no_such_table', class: 'PUBLIC' }] as const;
    await assert.rejects(grantAccess(own.url, { ...TEST_GRANT, searchTables }), { code: '42P01' });
    await assert.rejects(login(readerUrl(own.url, 'PUBLIC')), { code: '28P01' });
    assert.equal(await grantAccess(own.url, TEST_GRANT), true);
    await login(readerUrl(own.url, 'PUBLIC'));
  } finally {
    await own.drop();
  }
});

test('is done once by several processes that start at once', async () => {
  const own = await createAccessDatabase();
  try {
    const done = await Promise.all([1, 2, 3, 4].map(() => grantAccess(own.url, TEST_GRANT)));
    assert.deepEqual(done.filter(Boolean), [true]);
  } finally {
    await own.drop();
  }
});

test('refuses a role of a reader’s name that was made by somebody else', async () => {
  const own = await createAccessDatabase();
  const role = roleOf(own.url);
  await owner.query(`create role ${role} login password 'theirs'`);
  try {
    await assert.rejects(grantAccess(own.url, TEST_GRANT), /was not made for reading/);
    await drop(own.url);
    const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [role]);
    assert.equal(rowCount, 1, 'and it is not dropped with the database');
  } finally {
    await drop(own.url);
    await owner.query(`drop role ${role}`);
  }
});

test('refuses a reader that can do more than a reader may', async () => {
  const role = roleOf(database.url);
  for (const [give, take] of [
    [`alter role ${role} bypassrls`, `alter role ${role} nobypassrls`],
    [`alter role ${role} superuser`, `alter role ${role} nosuperuser`],
    [`grant pg_read_all_data to ${role}`, `revoke pg_read_all_data from ${role}`],
  ] as const) {
    await owner.query(give);
    await assert.rejects(grantAccess(database.url, TEST_GRANT), /can do more than a reader may/);
    await owner.query(take);
  }
  assert.equal(await grantAccess(database.url, TEST_GRANT), false);
});

test('gives new passwords for a new secret, and takes no short one', async () => {
  const own = await createAccessDatabase();
  const secret = randomBytes(32).toString('hex');
  try {
    await grantAccess(own.url, TEST_GRANT);
    await login(readerUrl(own.url, 'SUBJECT'));
    assert.equal(await grantAccess(own.url, { ...TEST_GRANT, secret }), true);
    await login(readerUrl(own.url, 'SUBJECT', secret));
    await assert.rejects(login(readerUrl(own.url, 'SUBJECT')), { code: '28P01' });
    await assert.rejects(
      grantAccess(own.url, { ...TEST_GRANT, secret: 'x'.repeat(31) }),
      (error: Error) => /fewer than 32/.test(error.message) && !error.message.includes('xxx'),
    );
  } finally {
    await own.drop();
  }
});

test('is done by an owner that is no superuser, who still reads and writes everything', async () => {
  const { adminUrl } = await openTestServer();
  const own = await createTestDatabase('access');
  const name = `${databaseOf(own.url)}_owner`;
  const url = new URL(own.url);
  url.username = name;
  url.password = 'its-own';
  try {
    await withConnection(adminUrl, async (admin) => {
      await admin.query(`create role ${name} login createrole password 'its-own'`);
      await admin.query(`alter database ${databaseOf(own.url)} owner to ${name}`);
    });
    await createAccessTables(url.href);
    assert.equal(await grantAccess(url.href, TEST_GRANT), true);
    assert.equal(await grantAccess(url.href, TEST_GRANT), false);
    const secret = randomBytes(32).toString('hex');
    assert.equal(await grantAccess(url.href, { ...TEST_GRANT, secret }), true);
    await withConnection(url.href, async (client) => {
      await insertRow(client, 'rulings', 'a', { disclosure_class: 'SPECIAL', state: 'WITHDRAWN' });
      await insertRow(client, 'rulings', 'b');
      assert.equal((await client.query('select * from rulings')).rowCount, 2);
    });
    const readers = openReaders(url.href, { name: 'test', secret, onIdleError: () => undefined });
    for (const reader of READER_NAMES) {
      const { rows } = await readers.of(reader).query({ text: 'select record_id from rulings' });
      assert.deepEqual(rows, [{ record_id: 'b' }], reader);
    }
    await readers.close();
  } finally {
    await drop(own.url);
    await withConnection(adminUrl, (admin) => admin.query(`drop role if exists ${name}`));
  }
});

test('leaves no role behind when a database is dropped', async () => {
  const own = await createAccessDatabase();
  await grantAccess(own.url, TEST_GRANT);
  const roles = READER_NAMES.map((reader) => readerRole(databaseOf(own.url), reader));
  const count = async (): Promise<number | null> =>
    (await owner.query('select from pg_roles where rolname = any($1)', [roles])).rowCount;
  assert.equal(await count(), READER_NAMES.length);
  await drop(own.url);
  assert.equal(await count(), 0);
});
