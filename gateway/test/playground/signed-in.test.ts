// `PLAYGROUND=signed-in` in a browser: until the graph has accepted a token there is a sign-in, and
// nothing else is shown or asked.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { signDevelopmentToken } from '../../authentication/development/issuer.ts';
import { buildPage, findPage } from '../../playground/build-page.ts';
import { createPage } from '../../playground/page.ts';
import { en } from '../../playground/page/texts/en.ts';
import { CHROMIUM_FLAGS, findChromium } from '../find-chromium.ts';
import { startGateway } from '../../server.ts';
import { testConfig } from '../graph-under-test.ts';
import { NO_CHROMIUM, untilServed } from './open-playground.ts';

test('shows nothing but the sign-in, and asks the graph nothing, before a token is accepted', async (t) => {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    t.skip(NO_CHROMIUM);
    return;
  }
  if ((await findPage()) === null) await buildPage();
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'credit-signed-in-'));
  t.after(() => rm(DATA_DIR, { recursive: true }));
  // Who somebody is the gateway answers by itself: no sector has to run.
  const gateway = await startGateway(testConfig({ DATA_DIR, PLAYGROUND: 'signed-in' }), {
    log: createLog('gateway', 'silent'),
    page: createPage,
  });
  t.after(() => gateway.stop());
  await untilServed(new URL('/', gateway.url));
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  t.after(() => browser.close());
  const page = await browser.newPage({ locale: 'en-GB' });
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    // The page's own files are not asked of the graph, whatever their names.
    if (pathname.startsWith('/assets/')) return;
    if (/graphql|principals|token/.test(pathname)) asked.push(pathname);
  });
  const origin = new URL('/', gateway.url).origin;
  for (const path of ['/', '/subjects/91990101MA7K3P2Q8J', '/access', '/map', '/sectors']) {
    await page.goto(origin + path);
    await page.getByText(en.session.gateLead).waitFor();
    assert.equal(await page.getByRole('navigation').count(), 0, path);
  }
  assert.deepEqual(asked, []);
  const token = page.getByLabel(en.session.token);
  await token.fill('eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbnlib2R5In0.c2ln');
  await page.getByRole('button', { name: en.session.useToken }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0, 'a wrong token opens nothing');
  await token.fill(await signDevelopmentToken(DATA_DIR, 'agency', 600));
  await page.getByRole('button', { name: en.session.useToken }).click();
  await page.getByRole('heading', { name: en.sectors.title }).waitFor();
  assert.ok((await page.getByRole('navigation').count()) > 0);
});
