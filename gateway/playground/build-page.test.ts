// The built page on disk: several builds at once, what is removed of old ones, and a gateway that serves one.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createLog } from '../../subgraphs/kit/log.ts';
import { buildPage, findPage } from './build-page.ts';
import { serveBuiltFiles } from './built-files.ts';

async function makeDirectory(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'credit-builds-'));
  t.after(() => rm(directory, { recursive: true }));
  return directory;
}

/** Leaves something that was changed so many hours ago. */
async function leave(builds: string, name: string, hours: number): Promise<void> {
  const path = join(builds, name);
  await mkdir(path);
  await writeFile(join(path, 'index.html'), name);
  const time = new Date(Date.now() - hours * 3_600_000);
  await utimes(path, time, time);
}

test('two builds that meet make one page; old ones go, the last two stay', async (t) => {
  const builds = await makeDirectory(t);
  await leave(builds, 'before', 1);
  await leave(builds, 'before-that', 2);
  await leave(builds, 'long-before', 3);
  await leave(builds, '.unfinished-broken-off', 4);
  await leave(builds, '.unfinished-under-way', 0);
  assert.equal(await findPage(builds), null);
  const [one, other] = await Promise.all([buildPage(builds), buildPage(builds)]);
  assert.equal(one, other);
  assert.equal(await findPage(builds), one);
  const left = ['.unfinished-under-way', 'before', 'before-that', basename(one)];
  assert.deepEqual((await readdir(builds)).sort(), left.sort());
  const files = await readdir(one, { recursive: true });
  for (const file of ['index.html', 'index.html.br', 'index.html.gz', 'icon.svg']) {
    assert.ok(files.includes(file), file);
  }

  const { origin, untilBuilt } = await serve(t, builds);
  await untilBuilt();
  const asset = /\/assets\/[^"]+\.js/.exec(await (await fetch(origin)).text())?.[0] ?? '';
  assert.equal((await fetch(origin + asset)).status, 200);
  await rm(join(one, 'assets'), { recursive: true });
  await assert.rejects(async () => (await fetch(origin + asset)).text(), 'the answer breaks off');
  assert.equal((await fetch(origin)).status, 200, 'and the gateway goes on');
});

/** Serves the built page as the gateway does. */
async function serve(t: TestContext, builds: string) {
  const files = serveBuiltFiles(null, createLog('gateway', 'silent'), builds);
  const server = createServer(files.serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const untilBuilt = async (): Promise<void> => {
    while ((await fetch(origin)).status === 503) await new Promise((done) => setTimeout(done, 20));
  };
  return { origin, untilBuilt };
}
