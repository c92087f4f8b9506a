// The page in a real browser, over the whole graph. Whatever a test does, an error on the console, an
// exception or a request to another host fails it.
import assert from 'node:assert/strict';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { buildPage, findPage } from '../../playground/build-page.ts';
import { CHROMIUM_FLAGS, findChromium } from '../find-chromium.ts';
import { openWholeGraph, type WholeGraph } from '../open-whole-graph.ts';

/** How a page is opened. */
export interface Visit extends BrowserContextOptions {
  /** Path, with query and fragment. Default: the editor. */
  readonly path?: string;
  /** A ready caller that is signed in from the start. Default: nobody. */
  readonly as?: string;
  readonly language?: 'en' | 'zh';
  readonly theme?: 'light' | 'dark';
  /** Whether it is refused something, which the browser itself writes on its console. Default: false. */
  readonly isRefused?: boolean;
  /** Whether requests of it fail, which the browser and React write there. Default: false. */
  readonly isCutOff?: boolean;
  /** Run in the page before anything of its own. */
  readonly script?: string;
}

/** A page of the playground in a browser. */
export interface VisitedPage {
  readonly page: Page;
  /** Fails when the page has complained, or asked another host, since it was checked last. */
  readonly check: (isRefused?: boolean) => void;
  /** Closes the page, and checks it. */
  readonly leave: () => Promise<void>;
}

/** The whole graph, its page, and a browser. */
export interface Playground {
  readonly graph: WholeGraph;
  readonly origin: string;
  /** Opens a page in a browser profile of its own. */
  readonly visit: (visit?: Visit) => Promise<VisitedPage>;
  readonly close: () => Promise<void>;
}

/** What a test says where there is no browser. */
export const NO_CHROMIUM = 'there is no Chromium on this machine: install it, or set CHROMIUM_PATH';

const DESKTOP = { width: 1280, height: 800 };
const READY_ATTEMPTS = 300;
const READY_STEP_MS = 100;
const STEP_TIMEOUT_MS = 30_000;

/** Opens it; null where the machine has no Chromium, for the tests to skip with {@link NO_CHROMIUM}. */
export async function openPlayground(
  environmentVariables: Readonly<Record<string, string>> = {},
): Promise<Playground | null> {
  const executablePath = findChromium();
  if (executablePath === undefined) return null;
  if ((await findPage()) === null) await buildPage();
  const graph = await openWholeGraph(environmentVariables);
  const origin = new URL('/', graph.url).origin;
  await untilServed(origin);
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  return {
    graph,
    origin,
    visit: (visit = {}) => openPage(browser, origin, visit),
    async close() {
      await browser.close();
      await graph.close();
    },
  };
}

/** Waits until an address is answered with 200: the gateway listens before the page and the graph are there. */
export async function untilServed(address: string | URL): Promise<void> {
  for (let attempt = 0; (await fetch(address)).status !== 200; attempt += 1) {
    assert.ok(attempt < READY_ATTEMPTS, `${String(address)} is served`);
    await new Promise((resolve) => setTimeout(resolve, READY_STEP_MS));
  }
}

const REFUSAL = /^Failed to load resource: the server responded with a status of 40[013]/;
const CUT_OFF =
  /^Failed to load resource: net::ERR_|dynamically imported module|a part of the page could not be loaded/;

async function openPage(
  browser: Browser,
  origin: string,
  {
    path = '/',
    as,
    language = 'en',
    theme,
    isRefused = false,
    isCutOff = false,
    script,
    ...options
  }: Visit,
): Promise<VisitedPage> {
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    ...(theme ? { colorScheme: theme } : {}),
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  if (as !== undefined) {
    // As text: the types of tests know no window. Once a tab, so that signing out stays so.
    const name = JSON.stringify(as);
    await context.addInitScript(`if (!sessionStorage.getItem('visited')) {
      sessionStorage.setItem('visited', 'yes');
      sessionStorage.setItem('credit-graph:ready-principal', ${name});
    }`);
  }
  if (script !== undefined) await context.addInitScript(script);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    const isOurs = url.startsWith(`${origin}/`) || url.startsWith('data:');
    if (!isOurs && !url.startsWith(`blob:${origin}/`)) problems.push(`asked ${url}`);
  });
  await page.goto(origin + path);
  const check: VisitedPage['check'] = (mayBeRefused = isRefused) => {
    const found = problems
      .splice(0)
      .filter((problem) => !(mayBeRefused && REFUSAL.test(problem)))
      .filter((problem) => !(isCutOff && CUT_OFF.test(problem)));
    assert.deepEqual(found, []);
  };
  return {
    page,
    check,
    async leave() {
      await context.close();
      check();
    },
  };
}
