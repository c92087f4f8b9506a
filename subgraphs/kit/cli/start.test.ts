// `npm start` as a newcomer meets it: from nothing to answers, Ctrl-C, and again.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isPortTaken } from './choose-port.ts';
import { childEnvironment, PROJECT_DIRECTORY } from './config.ts';

const DEADLINE_MS = 150_000;

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly log: () => string;
}

let directory: string;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'credit-start-'));
});

after(() => rm(directory, { recursive: true, maxRetries: 10 }));

async function start(): Promise<Started> {
  const child = spawn(process.execPath, ['--import', '#typescript', 'subgraphs/kit/cli/start.ts'], {
    cwd: PROJECT_DIRECTORY,
    env: childEnvironment({ DATA_DIR: directory, PORT: '0', LOG_FORM: 'json', PLAYGROUND: 'off' }),
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
      const [, address] = /the graph answers on (\S+)/.exec(log) ?? [];
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

/** Starts what cannot start; returns its log when it and its gateway have ended. */
async function failToStart(environment: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, ['--import', '#typescript', 'subgraphs/kit/cli/start.ts'], {
    cwd: PROJECT_DIRECTORY,
    env: childEnvironment({ DATA_DIR: directory, LOG_FORM: 'json', ...environment }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  // The gateway writes there, too: the stream ends when both have.
  const closed = new Promise((resolve) => child.stderr.once('end', resolve));
  assert.equal(await ended(child), 1);
  await closed;
  return log;
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

async function nameOf(url: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ subject(code: \\"91990101MA7K3P2Q8J\\") { name courts { coverage { status } } } }"}',
  });
  const { data } = (await response.json()) as { data: { subject: unknown } };
  return data.subject;
}

async function isClosed(url: string): Promise<boolean> {
  return fetch(new URL('/health/live', url)).then(
    () => false,
    () => true,
  );
}

const SUBJECT = {
  name: '云州星河建设科技股份有限公司',
  courts: { coverage: { status: 'CHECKED' } },
};

test('goes from an empty folder to answers, also with a port of a subgraph taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => {
    // 4005 is where the courts usually answer; where it is taken already, the test is the same.
    other.once('error', () => {
      resolve();
    });
    other.listen(4005, '127.0.0.1', resolve);
  });
  const { child, url, log } = await start();
  assert.deepEqual(await nameOf(url), SUBJECT);
  const exit = ended(child);
  child.kill('SIGINT');
  assert.equal(await exit, 0, log());
  assert.ok(await isClosed(url), 'the gateway has ended with it');
  other.close();
});

test('starts again over what it kept, without reading the files again', async () => {
  const { child, url, log } = await start();
  assert.deepEqual(await nameOf(url), SUBJECT);
  assert.doesNotMatch(log(), /sample files were imported|brought up to date/);
  // Killed outright, it leaves a database server behind, and no gateway.
  const exit = ended(child);
  child.kill('SIGKILL');
  await exit;
  for (let attempt = 0; !(await isClosed(url)); attempt += 1) {
    assert.ok(attempt < 100, 'the gateway ends with its parent');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});

test('adopts what a killed start has left behind, stands a second start, and stops it', async () => {
  const { child, url, log } = await start();
  assert.deepEqual(await nameOf(url), SUBJECT);
  assert.match(log(), /"adopted":true/);
  assert.doesNotMatch(log(), /in use by process/);
  const { port } = new URL(url);
  const second = await failToStart({ PORT: port });
  assert.match(
    second,
    new RegExp(`Port ${port} is taken: a graph answers at http://127.0.0.1:${port}`),
  );
  const [, free] = /kill \d+.*PORT=(\d+) npm start.*DATA_DIR=/.exec(second) ?? [];
  assert.ok(free !== undefined, second);
  assert.equal(await isPortTaken('127.0.0.1', Number(free)), false);
  assert.doesNotMatch(second, /stack|EADDRINUSE/);
  assert.deepEqual(await nameOf(url), SUBJECT);
  const exit = ended(child);
  child.kill('SIGTERM');
  assert.equal(await exit, 0, log());
});

test('says of a port that another program has what to do', async () => {
  const other = createServer((socket) => socket.end('nothing that anybody knows'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const log = await failToStart({ PORT: String(port) });
  assert.match(log, new RegExp(`Port ${port} is taken by another program`));
  if (process.platform === 'linux') assert.match(log, new RegExp(`process ${process.pid}\\b`));
  assert.match(log, /PORT=\d+ npm start/);
  assert.doesNotMatch(log, /stack/);
  other.close();
});

test('ends, and leaves no gateway that waits, where a variable is wrong', async () => {
  assert.match(await failToStart({ SAMPLES: 'perhaps' }), /SAMPLES/);
});
