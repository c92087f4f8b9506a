// `migrate` as a team calls it, on a database of its own; two at once in processes of their own.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { queryRows } from '../../database/embedded/test/scratch.ts';
import { readerRole } from '../../database/reader-roles.ts';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import {
  openCommandLine,
  type CommandLine,
  type CommandLineRan,
} from '../test/open-command-line.ts';

let directory: string;
let database: TestDatabase;
let commands: CommandLine;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'credit-migrate-'));
  database = await createTestDatabase('tax');
  commands = openCommandLine({
    DATA_DIR: directory,
    DATABASE_URL_TAX: database.url,
    DATABASE_READER_SECRET: SECRET,
  });
});

after(async () => {
  await commands.close();
  await database.drop();
  await rm(directory, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line to its end. */
async function sector(words: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return endedOf(await commands.run(words.split(' '), more));
}

async function launch(words: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return endedOf(await commands.launch(words.split(' '), more));
}

function endedOf({ code, stdout, stderr }: CommandLineRan): Ended {
  return { code, out: stdout, err: stderr };
}
const SECRET = randomBytes(32).toString('hex');

const tables = (): Promise<readonly unknown[]> =>
  queryRows(database.url, `select to_regclass('credit_ratings') is not null as there`);

test('two processes that start at once both end well, and every migration stands once', async () => {
  const waiting = JSON.parse((await sector('migrate tax --status --json')).out) as Status;
  assert.ok(waiting.pending.length > 0);
  const both = await Promise.all([launch('migrate tax --json'), launch('migrate tax --json')]);
  for (const { code, out, err } of both) {
    assert.equal(code, 0, err);
    assert.deepEqual(JSON.parse(out), {
      sector: 'tax',
      applied: waiting.pending,
      pending: [],
      down: null,
    });
  }
  const rows = await queryRows(database.url, 'select name from knex_migrations order by name');
  assert.deepEqual(
    rows.map((row) => (row as { readonly name: string }).name),
    waiting.pending,
  );
});

interface Status {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

test('--down drops nothing in production, nor on a server of one’s own unless it is meant', async () => {
  const production = await sector('migrate tax --down --yes', { NODE_ENV: 'production' });
  assert.deepEqual([production.code, production.out], [2, '']);
  assert.match(production.err, /with NODE_ENV=production it does nothing/);
  const unmeant = await sector('migrate tax --down');
  assert.deepEqual([unmeant.code, unmeant.out], [2, '']);
  assert.match(unmeant.err, /the server in DATABASE_URL_TAX: confirm with --yes/);
  assert.deepEqual(await tables(), [{ there: true }]);
});

test('--down takes back one step, and readers see what the next up makes', async () => {
  const before = JSON.parse((await sector('migrate tax --status --json')).out) as Status;
  for (const name of [...before.applied].reverse()) {
    const { code, out, err } = await sector('migrate tax --down --yes --json');
    assert.equal(code, 0, err);
    assert.equal((JSON.parse(out) as { down: unknown }).down, name);
  }
  assert.deepEqual(await tables(), [{ there: false }]);
  const nothing = await sector('migrate tax --down --yes');
  assert.deepEqual([nothing.code, nothing.out.includes('nothing to take back')], [0, true]);
  const { out } = await sector('migrate tax');
  assert.equal(out, before.applied.map((name) => `applied  ${name}\n`).join(''));
  const reader = readerRole(new URL(database.url).pathname.slice(1), 'PUBLIC');
  assert.deepEqual(
    await queryRows(
      database.url,
      `select has_column_privilege('${reader}', 'credit_ratings', 'grade', 'select') as may`,
    ),
    [{ may: true }],
  );
});

test('a command line that is wrong ends with 2 and says how it goes', async () => {
  const wrong: [string, RegExp][] = [
    ['migrat tax', /unknown command 'migrat'\n\(Did you mean migrate\?\)/],
    ['migrate txa --status', /Did you mean tax\? There are: registry, tax,/],
  ];
  for (const [words, message] of wrong) {
    const { code, out, err } = await sector(words);
    assert.deepEqual([code, out], [2, ''], words);
    assert.match(err, message);
  }
  const help = await launch('migrate --help', { FORCE_COLOR: '', NO_COLOR: '1' });
  assert.equal(help.code, 0);
  assert.match(help.out, /Examples:\n {2}npm run sector -- migrate tax\n/);
  // Colours are for terminals.
  assert.ok(!help.out.includes('\u001b'));
});
