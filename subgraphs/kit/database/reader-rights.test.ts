// What the database itself lets a reader through, on a real server: rows of every class and phase,
// columns of every label, and whatever else a reader could try.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { DISCLOSURE_CLASSES, type DisclosureClass } from '../authority/disclosure-class.ts';
import { maySeeField, maySeeRow, type Authority } from '../authority/policy.ts';
import { readerOf, type ReaderName } from '../authority/viewer.ts';
import { grantAccess } from './grant-access.ts';
import { openReaders } from './open-readers.ts';
import { readerRole } from './reader-roles.ts';
import { READER_NAMES, type Readers } from './readers.ts';
import type { RecordTable } from './record-table.ts';
import {
  createAccessDatabase,
  databaseOf,
  entries,
  insertRandomRows,
  insertRow,
  readerUrl,
  RULING_CLASSES,
  rulings,
  TEST_DAY,
  TEST_GRANT,
  withConnection,
} from './test/access-fixture.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { holdLegalDay } from './test-legal-day.ts';

let database: TestDatabase;
let owner: pg.Client;
let readers: Readers;

before(async () => {
  database = await createAccessDatabase();
  await grantAccess(database.url, TEST_GRANT);
  await holdLegalDay(database.url, TEST_DAY);
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  readers = openReaders(database.url, {
    name: 'test',
    secret: TEST_GRANT.secret,
    onIdleError: () => undefined,
  });
});

after(async () => {
  await readers.close();
  await owner.end();
  await database.drop();
});

async function read<Row extends pg.QueryResultRow>(
  reader: ReaderName,
  text: string,
): Promise<Row[]> {
  return (await readers.of(reader).query<Row>({ text })).rows;
}

const upTo = (highest: DisclosureClass): readonly DisclosureClass[] =>
  DISCLOSURE_CLASSES.slice(0, DISCLOSURE_CLASSES.indexOf(highest) + 1);

/** The widest authority of each reader. */
function authoritiesOf({ type }: RecordTable): readonly Authority[] {
  const classes = upTo('GOVERNMENT');
  const [nothing, facts] = [new Set<string>(), new Set([`${type}.facts`])];
  return [
    ...classes.map((highest) => ({
      classes: upTo(highest),
      closedRecords: false,
      specialFields: nothing,
    })),
    { classes, closedRecords: false, specialFields: facts },
    { classes, closedRecords: true, specialFields: nothing },
  ];
}

describe('a row', () => {
  for (const table of [rulings, entries]) {
    test(`of ${table.table} is seen by each reader as the policy says`, async () => {
      const rows = await insertRandomRows(owner, table, 600);
      const phases = new Set(rows.map((row) => `${row.class} ${row.phase}`));
      assert.equal(phases.size, 24, 'there are rows of every class in every phase');
      const authorities = authoritiesOf(table);
      assert.deepEqual(authorities.map(readerOf), READER_NAMES);
      for (const authority of authorities) {
        const seen = await read<{ record_id: string }>(
          readerOf(authority),
          `select record_id from ${table.table} order by record_id`,
        );
        const expected = rows.filter((row) =>
          maySeeRow(authority, {
            ...row,
            type: table.type,
            ...(table.classOutsideDisplay && { classOutsideDisplay: table.classOutsideDisplay }),
          }),
        );
        assert.deepEqual(
          seen.map((row) => row.record_id),
          expected.map((row) => row.id),
          readerOf(authority),
        );
      }
    });
  }

  test('leaves the public on the day after the last one of its display', async () => {
    await owner.query('truncate rulings');
    await insertRow(owner, 'rulings', 'a', { display_until: TEST_DAY });
    const count = async (): Promise<number> =>
      (await read('PUBLIC', 'select record_id from rulings')).length;
    assert.equal(await count(), 1);
    await holdLegalDay(database.url, '2026-03-03');
    assert.equal(await count(), 0);
    await holdLegalDay(database.url, TEST_DAY);
    assert.equal(await count(), 1);
  });

  test('is displayed until midnight in China, when nobody holds the clock', async () => {
    await holdLegalDay(database.url, null);
    const [day] = (
      await owner.query<{ legal: string; china: string }>(
        `select legal_day()::text as legal, (now() at time zone 'Asia/Shanghai')::date::text as china`,
      )
    ).rows;
    assert.equal(day?.legal, day?.china);
    await holdLegalDay(database.url, TEST_DAY);
  });
});

describe('a column', () => {
  test('is read by the readers whose authority sees its field, and by no other', async () => {
    for (const authority of authoritiesOf(rulings)) {
      const reader = readerOf(authority);
      for (const [field, value] of Object.entries(RULING_CLASSES)) {
        const column = field === 'amount' ? 'amount_minor, amount_currency' : field;
        const reading = read(reader, `select ${column} from rulings`);
        if (maySeeField(authority, `Ruling.${field}`, value)) await reading;
        else await assert.rejects(reading, { code: '42501' }, `${reader} ${field}`);
      }
    }
  });

  test('without a label is read by nobody', async () => {
    for (const reader of READER_NAMES) {
      await assert.rejects(read(reader, 'select unlabelled from rulings'), { code: '42501' });
    }
  });

  test('that the reader may not read orders, narrows, counts and groups nothing either', async () => {
    for (const text of [
      'select record_id from rulings where duty is null',
      'select record_id from rulings order by duty',
      'select count(duty) from rulings',
      'select count(*) from rulings group by duty',
      'select r.record_id from rulings r join entries e on e.number = r.duty',
    ]) {
      await assert.rejects(read('AGENCY', text), { code: '42501' }, text);
    }
  });

  test('of a search table is read by the readers of its class and above', async () => {
    for (const reader of READER_NAMES) {
      await read(reader, 'select name from ruling_names');
      const reading = read(reader, 'select name from ruling_parties');
      if (reader === 'PUBLIC' || reader === 'REGISTERED') {
        await assert.rejects(reading, { code: '42501' });
      } else await reading;
    }
  });
});

/** SQLSTATE of what a role may not do. */
const REFUSED = { code: '42501' };

const ATTEMPTS: readonly (readonly [what: string, text: string])[] = [
  ['insert', `insert into rulings (subject_code) values ('x')`],
  ['update', `update rulings set state = 'EFFECTIVE'`],
  ['delete', 'delete from rulings'],
  ['truncate', 'truncate rulings'],
  ['lock a table', 'do $$ begin lock table rulings; end $$'],
  ['lock rows', 'select record_id from rulings for update'],
  ['write a file', `copy (select 1) to '/tmp/credit-graph-reader'`],
  ['run a program', `copy (select 1) to program 'true'`],
  ['read a file', `select pg_read_file('PG_VERSION')`],
  ['create a table', 'create table mine (a int)'],
  ['create a temporary table', 'create temporary table rulings (a int)'],
  ['create a schema', 'create schema mine'],
  ['create a function', `create function day() returns date return date '2000-01-01'`],
  ['replace the day', `create or replace function legal_day() returns date return '2000-01-01'`],
  ['shadow the day', `create function pg_temp.legal_day() returns date return '2000-01-01'`],
  ['drop the day', 'drop function legal_day()'],
  ['drop a policy', 'drop policy public on rulings'],
  ['add a policy', 'create policy mine on rulings using (true)'],
  ['disable row security', 'alter table rulings disable row level security'],
  ['bypass row security', 'alter role current_user bypassrls'],
  ['become a superuser', 'alter role current_user superuser'],
  ['have more connections', 'alter role current_user connection limit -1'],
  ['be the owner', 'set role postgres'],
  ['be the owner of the session', 'set session authorization postgres'],
  ['be another reader', 'set role %OTHER%'],
  ['read passwords', 'select rolpassword from pg_authid'],
  ['read the batches', 'select * from batches'],
  ['read the turnstile', 'select * from migration_turnstile'],
  ['read what was granted', 'select * from access_definition'],
  ['read all columns', 'select * from rulings'],
  ['read a row as a whole', 'select r from rulings r'],
  ['read the batch of a record', 'select batch_id from rulings'],
  ['read the hash of a record', 'select content_hash from rulings'],
  ['read statistics of rows', 'select stavalues1 from pg_statistic'],
  ['drop an extension', 'drop extension plpgsql'],
  ['grant', 'grant select on rulings to public'],
  [
    'end sessions',
    'select pg_terminate_backend(pid) from pg_stat_activity where usename = %OWNER%',
  ],
  ['write a large object', `select lo_from_bytea(0, 'x')`],
];

describe('a reader', () => {
  for (const reader of READER_NAMES) {
    test(`${reader} can do nothing but read what it is granted`, async () => {
      const other = readerRole(
        databaseOf(database.url),
        reader === 'SPECIAL' ? 'SUBJECT' : 'SPECIAL',
      );
      await withConnection(readerUrl(database.url, reader), async (client) => {
        // Reading only is a default of the session, which the session itself can lift.
        await client.query('set default_transaction_read_only = off');
        for (const [what, text] of ATTEMPTS) {
          const statement = text
            .replace('%OTHER%', other)
            .replace('%OWNER%', pg.escapeLiteral(owner.user ?? ''));
          await assert.rejects(client.query(statement), REFUSED, what);
        }
        // Without row security a statement fails, instead of showing what the policies hide.
        await client.query('set row_security = off');
        await assert.rejects(client.query('select record_id from rulings'), REFUSED);
      });
    });
  }

  test('reads only and within a deadline, whatever the program sets', async () => {
    await withConnection(readerUrl(database.url, 'SUBJECT'), async (client) => {
      const setting = async (name: string): Promise<unknown> =>
        (await client.query<Record<string, unknown>>(`show ${name}`)).rows[0]?.[name];
      assert.equal(await setting('transaction_read_only'), 'on');
      assert.equal(await setting('statement_timeout'), '10s');
      assert.equal(await setting('search_path'), 'public');
    });
  });

  test('finds nothing of records in the statistics of the server', async () => {
    await insertRandomRows(owner, rulings, 100);
    await owner.query('analyze rulings');
    const text = `select * from pg_stats where tablename = 'rulings'`;
    assert.notEqual((await owner.query(text)).rowCount, 0);
    for (const reader of READER_NAMES) assert.deepEqual(await read(reader, text), []);
  });

  test('cannot enter another database, one with readers or one without', async () => {
    const others = await Promise.all([createAccessDatabase(), createTestDatabase('gateway')]);
    try {
      await grantAccess(others[0].url, TEST_GRANT);
      for (const other of others) {
        const url = new URL(readerUrl(database.url, 'SPECIAL'));
        url.pathname = `/${databaseOf(other.url)}`;
        await assert.rejects(
          withConnection(url.href, () => Promise.resolve()),
          REFUSED,
        );
      }
    } finally {
      await Promise.all(others.map((other) => other.drop()));
    }
  });

  test('has a password of its own, of which the server keeps a verifier', async () => {
    const url = new URL(readerUrl(database.url, 'SPECIAL'));
    url.password = new URL(readerUrl(database.url, 'PUBLIC')).password;
    await assert.rejects(
      withConnection(url.href, () => Promise.resolve()),
      { code: '28P01' },
    );
    const { rows } = await owner.query<{ rolpassword: string }>(
      'select rolpassword from pg_authid where rolname = $1',
      [url.username],
    );
    assert.match(rows[0]?.rolpassword ?? '', /^SCRAM-SHA-256\$4096:/);
  });
});
