// A subgraph process as production runs it: without the login of the owner, who has migrated before.
import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { queryRows } from '../database/embedded/test/scratch.ts';
import { readerRole } from '../database/reader-roles.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { childEnvironment, PROJECT_DIRECTORY } from './config.ts';

const DEADLINE_MS = 60_000;
const SECRET = randomBytes(32).toString('hex');

let directory: string;
let database: TestDatabase;
let bareUrl: string;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'credit-subgraph-'));
  database = await createTestDatabase('tax');
  const url = new URL(database.url);
  url.username = '';
  url.password = '';
  bareUrl = url.href;
});

after(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

const environment = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv =>
  childEnvironment({
    NODE_ENV: 'production',
    DATA_DIR: directory,
    LOG_FORM: 'json',
    SUBGRAPH_PORT_TAX: '0',
    ENVELOPE_JWKS: join(directory, 'keys.json'),
    DATABASE_READER_SECRET: SECRET,
    ...more,
  });

const words = (script: string, ...more: readonly string[]): string[] => [
  '--import',
  '#typescript',
  `subgraphs/kit/cli/${script}`,
  ...more,
];

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  readonly log: () => string;
}

async function serve(more: Readonly<Record<string, string>>): Promise<Serving> {
  const child = spawn(process.execPath, words('subgraph.ts', 'tax'), {
    cwd: PROJECT_DIRECTORY,
    env: environment(more),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`not ready in time:\n${log}`));
    }, DEADLINE_MS);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const [, address] = /answers on (http:[^"\s]+)/.exec(log) ?? [];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`ended before it was ready:\n${log}`));
    });
  });
  return { child, url, log: () => log };
}

async function stop({ child }: Serving): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return ended;
}

const readiness = async ({ url }: Serving): Promise<number> =>
  (await fetch(new URL('/health/ready', url), { signal: AbortSignal.timeout(DEADLINE_MS) })).status;

test('is ready as soon as the owner has migrated, and reads as a reader', async () => {
  const serving = await serve({ DATABASE_URL_TAX: bareUrl, MIGRATE: 'off' });
  try {
    assert.equal(await readiness(serving), 503);
    await promisify(execFile)(process.execPath, words('main.ts', 'migrate', 'tax'), {
      cwd: PROJECT_DIRECTORY,
      env: environment({ DATABASE_URL_TAX: database.url }),
      timeout: DEADLINE_MS,
    });
    assert.equal(await readiness(serving), 200);
    const name = new URL(database.url).pathname.slice(1);
    const sessions = `select distinct usename as role from pg_stat_activity
      where datname = '${name}' and usename <> current_user`;
    assert.deepEqual(await queryRows(database.url, sessions), [
      { role: readerRole(name, 'PUBLIC') },
    ]);
    assert.ok(!serving.log().includes(SECRET));
  } finally {
    assert.equal(await stop(serving), 0);
  }
});

test('is not ready with another secret than that of the migration', async () => {
  const DATABASE_READER_SECRET = randomBytes(32).toString('hex');
  const serving = await serve({
    DATABASE_URL_TAX: bareUrl,
    MIGRATE: 'off',
    DATABASE_READER_SECRET,
  });
  try {
    assert.equal(await readiness(serving), 503);
  } finally {
    assert.equal(await stop(serving), 0);
  }
});

test('does not start in production without a secret', async () => {
  const starting = serve({ DATABASE_URL_TAX: bareUrl, MIGRATE: 'off', DATABASE_READER_SECRET: '' });
  await assert.rejects(starting, /DATABASE_READER_SECRET: is required in production/);
});

test('says which database cannot be had, and what to do, without a stack', async () => {
  const elsewhere = new URL(database.url);
  elsewhere.pathname = '/no_such_database';
  await assert.rejects(serve({ DATABASE_URL_TAX: elsewhere.href }), ({ message }: Error) => {
    assert.match(message, /The database of tax \(DATABASE_URL_TAX\) cannot be had/);
    assert.match(message, /Create that database, in UTF-8/);
    assert.doesNotMatch(message, /"stack"|at Object/);
    return true;
  });
});
