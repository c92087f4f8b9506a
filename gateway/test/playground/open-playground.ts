// The page in a real browser, over the whole graph. Whatever a test does, an error on the console, an
// exception or a request to another host fails it.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { buildPage, isPageCurrent } from '../../playground/build-page.ts';
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
}

/** A page of the playground in a browser. */
export interface VisitedPage {
  readonly page: Page;
  /** Closes the page; fails when it has complained, or asked another host. */
  readonly leave: () => Promise<void>;
}

/** The whole graph, its page, and a browser. */
export interface Playground {
  readonly graph: WholeGraph;
  readonly origin: string;
  readonly visit: (visit?: Visit) => Promise<VisitedPage>;
  readonly close: () => Promise<void>;
}

/** What a test says where there is no browser. */
export const NO_CHROMIUM = 'there is no Chromium on this machine: install it, or set CHROMIUM_PATH';

const DESKTOP = { width: 1280, height: 800 };
const READY_ATTEMPTS = 300;
const READY_STEP_MS = 100;
const STEP_TIMEOUT_MS = 12_000;

/** Opens it; null where the machine has no Chromium, for the tests to skip with {@link NO_CHROMIUM}. */
export async function openPlayground(
  environmentVariables: Readonly<Record<string, string>> = {},
): Promise<Playground | null> {
  const executablePath = findChromium();
  if (executablePath === undefined) return null;
  if (!(await isPageCurrent())) await buildPage();
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

/** Finds what axe holds against a page by WCAG 2.2 AA: one line an element, empty for none. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  // Injected through the debugger: the security policy of the page lets no other script in.
  await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    const { axe: run } = globalThis as unknown as { readonly axe: typeof axe };
    const { violations } = await run.run({ runOnly: { type: 'tag', values: tags } });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        (node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`,
      ),
    );
  }, WCAG_TAGS);
}

const WCAG_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function untilServed(origin: string): Promise<void> {
  for (let attempt = 0; (await fetch(origin)).status !== 200; attempt += 1) {
    assert.ok(attempt < READY_ATTEMPTS, 'the page is served');
    await new Promise((resolve) => setTimeout(resolve, READY_STEP_MS));
  }
}

async function openPage(
  browser: Browser,
  origin: string,
  { path = '/', as, language = 'en', theme, ...options }: Visit,
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
  return {
    page,
    async leave() {
      await context.close();
      assert.deepEqual(problems, []);
    },
  };
}
