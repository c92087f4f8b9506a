import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isAlive } from '../database/embedded/postmaster.ts';
import { queryRows, waitUntil } from '../database/embedded/test/scratch.ts';

const PASSING = `test('passes', () => {}); describe('suite', () => { test('#2 passes', () => {}); });`;
const FAILING = `test('fails', () => { throw new Error('as it should'); });`;
const SKIPPED = `test('skipped', { skip: true }, () => {});`;
/** Tells its server and its pid, then waits for longer than any test here does. */
const WAITING = `test('waits', async () => {
  await new Promise((resolve) => process.stdout.write(
    'AT ' + process.pid + ' ' + process.env.TEST_DATABASE_URL + ' \\n', resolve));
  await new Promise((resolve) => setTimeout(resolve, 100_000));
});`;

/** A server that is not there: these tests do not use it, and none needs to be started. */
const NO_SERVER = 'postgres://nobody@127.0.0.1:1/none';

describe('npm test', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), 'credit-graph-runs-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function write(name: string, body: string): Promise<string> {
    const file = join(folder, `${name}.test.mts`);
    await writeFile(file, `import { after, describe, test } from 'node:test';\n${body}\n`);
    return file;
  }

  function start(url: string | undefined, files: readonly string[]): ChildProcess {
    const environment = { ...process.env };
    delete environment['TEST_DATABASE_URL'];
    // This test is run by node:test itself, which would take the inner run for a part of its own.
    delete environment['NODE_TEST_CONTEXT'];
    return spawn(
      process.execPath,
      ['--import', '#typescript', join(import.meta.dirname, 'test.ts'), ...files],
      {
        cwd: join(import.meta.dirname, '../../..'),
        env: { ...environment, ...(url !== undefined && { TEST_DATABASE_URL: url }) },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      },
    );
  }

  async function run(...files: readonly string[]): Promise<unknown> {
    const child = start(NO_SERVER, files);
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as unknown[];
    return [code, said.trimEnd().split('\n').at(-1)];
  }

  /** Starts a run that waits in its test; it has a server of its own. */
  async function startWaiting(): Promise<{ child: ChildProcess; url: string; testPid: number }> {
    const child = start(undefined, [await write('waiting', WAITING)]);
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await waitUntil('the test runs', () => Promise.resolve(/AT \d+ \S+ /.test(said)));
    const [, pid, url] = /AT (\d+) (\S+) /.exec(said) ?? [];
    assert.equal((await queryRows(url ?? '', 'select 1')).length, 1);
    return { child, url: url ?? '', testPid: Number(pid) };
  }

  const refuses = (url: string): Promise<boolean> =>
    queryRows(url, 'select 1').then(
      () => false,
      (error: unknown) => (error as { code?: string }).code === 'ECONNREFUSED',
    );

  test('says last how many tests passed and failed, and fails when one did', async () => {
    const [passing, failing] = [await write('pass', PASSING), await write('fail', FAILING)];
    assert.deepEqual(await run(passing), [0, '2 passed, 0 failed']);
    assert.deepEqual(await run(passing, failing), [1, '2 passed, 1 failed']);
  });

  test('fails when no test ran, in all or in one file', async () => {
    const empty = await write('empty', '');
    const exits = await write('exits', `process.exit(0); ${PASSING}`);
    assert.deepEqual(await run(empty), [1, '0 passed, 1 failed']);
    // The process that ends takes the files of its group along, and all of them count.
    assert.deepEqual(await run(await write('pass', PASSING), exits), [1, '0 passed, 2 failed']);
    assert.deepEqual(await run(await write('skip', SKIPPED)), [1, '0 passed, 0 failed']);
    assert.deepEqual(await run('no/such/file.test.ts'), [1, '0 passed, 0 failed']);
  });

  test('counts a file that cannot be loaded as failed', async () => {
    const crash = await write('crash', `throw new Error('at import');`);
    assert.deepEqual(await run(crash), [1, '0 passed, 1 failed']);
    const passing = await write('pass', PASSING);
    assert.deepEqual(await run(crash, passing), [1, '2 passed, 1 failed']);
  });

  test('counts a hook that failed, and a process that failed after its tests', async () => {
    const hook = await write('hook', `after(() => { throw new Error('late'); });\n${PASSING}`);
    assert.deepEqual(await run(hook), [1, '2 passed, 1 failed']);
    const late = await write('late', `process.exitCode = 3;\n${PASSING}`);
    assert.deepEqual(await run(late), [1, '2 passed, 1 failed']);
  });

  test('fails for an error that nobody catches, during a test or after it', async () => {
    const lost = `test('lost', () => { void Promise.reject(new Error('nobody catches')); });`;
    assert.deepEqual(await run(await write('lost', lost)), [1, '1 passed, 1 failed']);
    const late = `test('waits', async () => {
      setTimeout(() => { throw new Error('nobody catches'); }, 10);
      await new Promise((resolve) => setTimeout(resolve, 100));
    });`;
    assert.deepEqual(await run(await write('late', late)), [1, '1 passed, 1 failed']);
  });

  test('ends its tests and its server on Ctrl-C', async () => {
    const { child, url, testPid } = await startWaiting();
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    process.kill(-(child.pid ?? 0), 'SIGINT');
    const [code] = (await once(child, 'close')) as unknown[];
    assert.equal(code, 130);
    assert.match(said, /(^|\n)\d+ passed, \d+ failed\n$/);
    assert.equal(await refuses(url), true);
    await waitUntil('the test is gone', () => Promise.resolve(!isAlive(testPid)));
  });

  test('ends its server when it is killed', async () => {
    const { child, url, testPid } = await startWaiting();
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await waitUntil('the server is gone', () => refuses(url));
    await waitUntil('the test is gone', () => Promise.resolve(!isAlive(testPid)));
  });
});
