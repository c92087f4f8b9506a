// Sign-in by OpenID Connect in a browser, at a real provider: there and back again with the query that
// was open, renewal, the end of a token, and what of it all stays on the device.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { buildPage, findPage } from '../../playground/build-page.ts';
import { createPage } from '../../playground/page.ts';
import { en } from '../../playground/page/texts/en.ts';
import { startGateway, type Gateway } from '../../server.ts';
import { CHROMIUM_FLAGS, findChromium } from '../find-chromium.ts';
import { testConfig } from '../graph-under-test.ts';
import { answerOf, write } from './pages/edit-query.ts';
import { NO_CHROMIUM, untilServed } from './open-playground.ts';
import {
  AUDIENCE,
  CLIENT_ID,
  READER,
  SCOPE,
  startProvider,
  type SignInProvider,
} from './start-provider.ts';

const STEP_TIMEOUT_MS = 20_000;
const QUERY = '{ me { tier organisation } }';
const ME = /"tier": "AGENCY",\s+"organisation": "agency-of-the-provider"/;

const executablePath = findChromium();
let provider: SignInProvider;
let browser: Browser;
let directory: string;

before(async () => {
  if (executablePath === undefined) return;
  if ((await findPage()) === null) await buildPage();
  directory = await mkdtemp(join(tmpdir(), 'credit-open-id-'));
  [provider, browser] = await Promise.all([
    startProvider(),
    chromium.launch({ executablePath, args: CHROMIUM_FLAGS }),
  ]);
  const issuer = {
    issuer: provider.issuer,
    audience: AUDIENCE,
    keys: { url: `${provider.issuer}/jwks` },
    algorithms: ['ES256'],
  };
  await writeFile(join(directory, 'issuers.json'), JSON.stringify({ issuers: [issuer] }));
});

after(async () => {
  if (executablePath === undefined) return;
  await browser.close();
  provider.stop();
  await rm(directory, { recursive: true });
});

interface Visit {
  readonly page: Page;
  readonly origin: string;
  /** What the page complained of so far, and who else it asked. */
  readonly problems: string[];
}

/** Runs a test with a gateway of one mode and a new browser profile, where there is a browser. */
function signInTest(
  name: string,
  mode: 'on' | 'signed-in',
  run: (visit: Visit, t: TestContext) => Promise<void>,
): void {
  test(name, async (t) => {
    if (executablePath === undefined) {
      t.skip(NO_CHROMIUM);
      return;
    }
    const gateway = await openGateway(mode);
    t.after(() => gateway.stop());
    const origin = new URL('/', gateway.url).origin;
    await provider.register(origin);
    Object.assign(provider, { tokenSeconds: 600, refuses: false });
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    t.after(() => context.close());
    context.setDefaultTimeout(STEP_TIMEOUT_MS);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      const isOfProvider = message.location().url.startsWith(provider.issuer);
      if (message.type() === 'error' && !isOfProvider) problems.push(message.text());
    });
    page.on('request', (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      const isKnown = asked === origin || asked === provider.issuer;
      if (protocol !== 'data:' && !isKnown) problems.push(`asked ${request.url()}`);
    });
    await run({ page, origin, problems }, t);
  });
}

async function openGateway(mode: 'on' | 'signed-in'): Promise<Gateway> {
  const config = testConfig({
    TOKEN_ISSUERS_FILE: join(directory, 'issuers.json'),
    PLAYGROUND: mode,
    PLAYGROUND_OIDC_ISSUER: provider.issuer,
    PLAYGROUND_OIDC_CLIENT_ID: CLIENT_ID,
    PLAYGROUND_OIDC_SCOPE: SCOPE,
  });
  const gateway = await startGateway(config, {
    log: createLog('gateway', 'silent'),
    page: createPage,
  });
  // A page that opens before would have something to complain of.
  try {
    await untilServed(new URL('/', gateway.url));
    await untilServed(new URL('/schema.graphql', gateway.url));
  } catch (error) {
    await gateway.stop();
    throw error;
  }
  return gateway;
}

/** The request for a token itself, not the one by which the browser asks whether it may be sent. */
function isTokenRequest(url: string, method: string): boolean {
  return method === 'POST' && url === `${provider.issuer}/token`;
}

const inquiryOf = (page: Page): ReturnType<Page['getByRole']> =>
  page.getByRole('region', { name: en.session.inquiry });

async function untilEditor(page: Page): Promise<void> {
  await page.locator('.answer-text .monaco-editor').first().waitFor();
}

/** Goes to the provider and back again. */
async function signIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.session.openId }).click();
  await page.waitForURL(`${provider.issuer}/interaction/*`);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.waitForURL((url) => url.origin !== provider.issuer && url.pathname !== '/signed-in');
}

async function runsAsReader(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText('HTTP 200').waitFor();
  assert.match(await answerOf(page), ME);
}

/** All that the device keeps of the page, as one text. */
function keptOnDevice(page: Page): Promise<string> {
  return page.evaluate(
    `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])`,
  );
}

signInTest(
  'comes back from the provider to the query that was open, and keeps no token',
  'on',
  async ({ page, origin, problems }, t) => {
    const policy = (await fetch(origin)).headers.get('content-security-policy') ?? '';
    assert.match(policy, new RegExp(`connect-src 'self' ${provider.issuer};`));
    await page.goto(origin);
    await untilEditor(page);
    const started = Date.now();
    await page.reload();
    await page.locator('.query-text textarea').first().waitFor();
    t.diagnostic(`from navigation to an editor to type in: ${Date.now() - started} ms`);
    await untilEditor(page);
    await write(page, QUERY);
    await inquiryOf(page).getByRole('button', { name: en.session.signIn }).click();
    await signIn(page);
    assert.equal(page.url(), `${origin}/`, 'without a code in the address');
    await inquiryOf(page).getByText('agency-of-the-provider').waitFor();
    await inquiryOf(page).getByText(READER).first().waitFor({ state: 'attached' });
    await untilEditor(page);
    await runsAsReader(page);
    const kept = await keptOnDevice(page);
    assert.match(kept, /organisation/, 'the query is kept');
    assert.doesNotMatch(kept, /eyJ|access_token|refresh_token|code_verifier|oidc\./);

    await page.getByRole('button', { name: en.session.signOut }).click();
    await page.getByText('Not run yet').waitFor();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('.answer-text').getByText('"ANONYMOUS"').waitFor();
    assert.deepEqual(problems, []);
  },
);

signInTest(
  'renews a token by the refresh token, and tells its end where the provider refuses',
  'on',
  async ({ page, origin, problems }) => {
    await page.goto(origin);
    await untilEditor(page);
    await write(page, QUERY);
    await inquiryOf(page).getByRole('button', { name: en.session.signIn }).click();
    // Shorter than the margin: it is renewed at once, by itself.
    provider.tokenSeconds = 30;
    const renewed = page.waitForRequest((sent) =>
      (sent.postData() ?? '').includes('grant_type=refresh_token'),
    );
    await signIn(page);
    await renewed;
    provider.tokenSeconds = 600;
    await inquiryOf(page)
      .getByText(/^Token: (9|10) min$/)
      .waitFor();
    await untilEditor(page);
    await runsAsReader(page);
    // By hand, to a token that ends before long.
    provider.tokenSeconds = 4;
    const [asked] = await Promise.all([
      page.waitForRequest((sent) => isTokenRequest(sent.url(), sent.method())),
      page.getByRole('button', { name: en.session.renew }).click(),
    ]);
    assert.match(asked.postData() ?? '', /^grant_type=refresh_token&|&grant_type=refresh_token/);
    await page.getByText(en.session.soonHint).waitFor({ state: 'attached' });
    provider.refuses = true;
    await page.getByText(en.session.expired, { exact: true }).waitFor();
    await page.getByText(en.session.failed).waitFor();
    await page.locator('.query-text').getByText('organisation').waitFor();
    // Back at the provider, who knows the reader still.
    provider.refuses = false;
    provider.tokenSeconds = 600;
    await page.getByRole('button', { name: en.session.renew }).click();
    await inquiryOf(page)
      .getByText(/^Token: (9|10) min$/)
      .waitFor();
    await runsAsReader(page);
    assert.doesNotMatch(await keptOnDevice(page), /eyJ|refresh_token/);
    const refusals = problems.filter((problem) => !/net::ERR|Failed to load/.test(problem));
    assert.deepEqual(refusals, []);
  },
);

signInTest(
  'opens the pages that are for the signed-in alone, where the reader was',
  'signed-in',
  async ({ page, origin, problems }) => {
    await page.goto(`${origin}/access/apply?sector=tax`);
    await page.getByText(en.session.gateLead).waitFor();
    await signIn(page);
    assert.equal(page.url(), `${origin}/access/apply?sector=tax`);
    await inquiryOf(page).getByText('agency-of-the-provider').waitFor();
    assert.equal(await page.getByText(en.session.gateLead).count(), 0);
    await page.getByRole('button', { name: en.session.signOut }).click();
    await page.getByText(en.session.gateLead).waitFor();
    assert.equal(await page.getByRole('navigation').count(), 0);
    assert.doesNotMatch(await keptOnDevice(page), /eyJ|oidc\./);
    // No sector runs here: the page is told so, and the browser repeats the status.
    const others = problems.filter((problem) => !problem.startsWith('Failed to load resource'));
    assert.deepEqual(others, []);
  },
);

signInTest(
  'says what is wrong with a way back that nobody began',
  'signed-in',
  async ({ page, origin }) => {
    const before = provider.asked.length;
    await page.goto(`${origin}/signed-in?code=abc&state=forged`);
    await page.getByText(en.session.failed).waitFor();
    assert.equal(new URL(page.url()).search, '');
    assert.equal(await page.getByRole('navigation').count(), 0);
    assert.deepEqual(provider.asked.slice(before), [], 'no code was redeemed');
  },
);
