// Goal: what is recorded is what was asked, within bounds, and a database that is away costs nothing but
// time. Method: one database; each recording is closed before the tables are read.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildSchema, parse } from 'graphql';
import {
  OTHER_OPERATIONS,
  parseRecordedOperations,
  readRecordedOperations,
  writeRecordedOperations,
} from '../../subgraphs/kit/composition/recorded-operations.ts';
import { openPool, type Pool } from '../../subgraphs/kit/database/pool.ts';
import {
  createTestDatabase,
  type TestDatabase,
} from '../../subgraphs/kit/database/test-database.ts';
import { waitUntil } from '../../subgraphs/kit/database/embedded/test/scratch.ts';
import { createLog, type Logger } from '../../subgraphs/kit/log.ts';
import { openDatabase } from '../database/open-database.ts';
import { openUsage, type Usage, type UsageOptions } from './open-usage.ts';

const silent = createLog('test', 'silent');
const schema = buildSchema(
  `type Query { ${['a', 'b', 'c', 'd', 'e'].map((name) => `${name}(of: String): Int`).join(' ')} }`,
);

let database: TestDatabase;
let pool: Pool;

before(async () => {
  database = await createTestDatabase('usage');
  await (await openDatabase(database.url, silent)).close();
  pool = openPool(database.url, { name: 'test', readOnly: false, onIdleError: () => undefined });
});

after(async () => {
  await pool.end();
  await database.drop();
});

function open(more: Partial<UsageOptions> = {}): Usage {
  const config = { isOn: true, days: 10 };
  return openUsage({
    databaseUrl: database.url,
    config,
    log: silent,
    now: () => new Date('2026-03-01T17:00:00Z'),
    ...more,
  });
}

function ask(usage: Usage, text: string, times = 1, tier: 'AGENCY' | 'ANONYMOUS' = 'AGENCY'): void {
  const document = parse(text);
  for (let time = 0; time < times; time += 1) usage.record({ schema, document, tier });
}

async function rows(): Promise<unknown[][]> {
  const found = await pool.query<unknown[]>({
    text: `select coalesce(nullif(o.operation_text, ''), 'other'), d.used_on, d.tier, d.count
           from recorded_operation_days d join recorded_operations o using (operation_hash)
           order by 1, 2, 3`,
    rowMode: 'array',
  });
  await pool.query('truncate recorded_operations, recorded_operation_days');
  return found.rows;
}

test('counts an operation by legal day and tier, whatever the values in it', async () => {
  const first = open();
  ask(first, '{ a(of: "one") }', 2);
  ask(first, 'query Named { a(of: "two") }');
  ask(first, '{ a(of: "two") }', 1, 'ANONYMOUS');
  await first.close();
  const second = open();
  ask(second, '{ a(of: "three") }');
  await second.close();
  await second.close();
  const text = 'query($v1:String){a(of:$v1)}';
  assert.deepEqual(await rows(), [
    [text, '2026-03-02', 'AGENCY', 4],
    [text, '2026-03-02', 'ANONYMOUS', 1],
  ]);
});

test('counts what is beyond the bounds of a day, or too long, as other', async () => {
  const first = open({ operationsMax: 2 });
  for (const field of ['a', 'b', 'c', 'd']) ask(first, `{ ${field} }`);
  ask(first, `{ ${'a '.repeat(6_000)} }`);
  await first.close();
  // A process that starts anew knows what the day has already.
  const second = open({ operationsMax: 2 });
  ask(second, '{ e }');
  ask(second, '{ a }');
  await second.close();
  assert.deepEqual(await rows(), [
    ['other', '2026-03-02', 'AGENCY', 4],
    ['{a}', '2026-03-02', 'AGENCY', 2],
    ['{b}', '2026-03-02', 'AGENCY', 1],
  ]);
});

test('drops the days that are older than is kept, with operations that have none left', async () => {
  await pool.query(`insert into recorded_operations values ('1', '{a}'), ('2', '{b}')`);
  await pool.query(`insert into recorded_operation_days values
    ('1', '2026-02-19', 'AGENCY', 1), ('2', '2026-02-19', 'AGENCY', 1),
    ('2', '2026-02-20', 'AGENCY', 1)`);
  const usage = open();
  ask(usage, '{ c }');
  await usage.close();
  assert.deepEqual(await rows(), [
    ['{b}', '2026-02-20', 'AGENCY', 1],
    ['{c}', '2026-03-02', 'AGENCY', 1],
  ]);
  assert.equal((await pool.query('select from recorded_operations')).rows.length, 0);
});

test('keeps its counts while the database is away, and says so in the log', async () => {
  await pool.query('alter table recorded_operation_days rename to away');
  let warn: (text: string) => void = () => undefined;
  const warned = new Promise<string>((resolve) => (warn = resolve));
  const log = Object.create(silent, {
    warn: {
      value: (_fields: unknown, text: string) => {
        warn(text);
      },
    },
  }) as Logger;
  const usage = open({ log, pauseMs: 5 });
  ask(usage, '{ a }');
  assert.match(await warned, /could not be written/);
  await pool.query('alter table away rename to recorded_operation_days');
  ask(usage, '{ a }');
  await usage.close();
  assert.deepEqual(await rows(), [['{a}', '2026-03-02', 'AGENCY', 2]]);
});

test('writes what was asked while it was writing, at the end too', async () => {
  const client = await pool.connect();
  await client.query('begin; lock table recorded_operation_days');
  const usage = open({ pauseMs: 5 });
  ask(usage, '{ a }');
  await waitUntil('a write is under way', async () => {
    const { rows: waiting } = await pool.query(`select from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`);
    return waiting.length > 0;
  });
  ask(usage, '{ a }');
  const closed = usage.close();
  await client.query('rollback');
  client.release();
  await closed;
  assert.deepEqual(await rows(), [['{a}', '2026-03-02', 'AGENCY', 2]]);
});

test('records nothing where it is off, and where there is no database', async () => {
  for (const more of [{ config: { isOn: false, days: 1 } }, { databaseUrl: null }]) {
    const usage = open(more);
    ask(usage, '{ a }');
    await usage.close();
  }
  assert.deepEqual(await rows(), []);
});

test('reads back what was recorded, from the database and from JSON Lines alike', async () => {
  await pool.query(`insert into recorded_operations values
    ('1', '{a}'), ('2', '{b}'), ('${OTHER_OPERATIONS}', '')`);
  await pool.query(`insert into recorded_operation_days values
    ('1', '2026-02-19', 'AGENCY', 1), ('1', '2026-02-21', 'AGENCY', 2),
    ('1', '2026-02-20', 'ANONYMOUS', 3), ('2', '2026-02-10', 'AGENCY', 9),
    ('${OTHER_OPERATIONS}', '2026-02-20', 'AGENCY', 5)`);
  const read = await readRecordedOperations(pool, '2026-02-19');
  assert.deepEqual(read, [
    {
      text: '{a}',
      count: 6,
      firstUsedOn: '2026-02-19',
      lastUsedOn: '2026-02-21',
      byTier: { AGENCY: 3, ANONYMOUS: 3 },
    },
  ]);
  assert.deepEqual(parseRecordedOperations(writeRecordedOperations(read), 'used.jsonl'), read);
});

test('names the file and the line that is no recorded operation', () => {
  const good = '{"text":"{a}","count":1,"lastUsedOn":"2026-02-19"}';
  assert.throws(() => parseRecordedOperations(`${good}\n\n{`, 'u.jsonl'), /^Error: u\.jsonl:3: /);
  assert.throws(
    () => parseRecordedOperations('{"text":"","count":-1}', 'u.jsonl'),
    /u\.jsonl:1: text must not be empty; count must not be negative; lastUsedOn /,
  );
});
