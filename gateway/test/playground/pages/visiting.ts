// What the tests of pages share: the frame of a test, and the states of the page that every one of them
// is looked at in.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { assertNoBarriers } from '../find-barriers.ts';
import { NO_CHROMIUM, type Playground, type Visit } from '../open-playground.ts';
import type { SharedPages } from '../shared-pages.ts';

/** Tests one fact with a page; skipped, saying so, where there is no browser. */
export type PageTest = (
  name: string,
  visit: Visit,
  run: (page: Page, playground: Playground) => Promise<void>,
) => void;

/** Makes the test of pages over one playground, each in a page that the test before has left. */
export function pageTest(playground: Playground | null, pages: SharedPages | null): PageTest {
  return (name, visit, run) => {
    test(name, async (t: TestContext) => {
      if (playground === null || pages === null) {
        t.skip(NO_CHROMIUM);
        return;
      }
      await pages.use(visit, (page) => run(page, playground));
    });
  };
}

/** Looks at a page as everybody meets it; each is checked by axe, and for what does not fit. */
export function testLooks(
  browserTest: PageTest,
  page: { readonly name: string; readonly path: string; readonly as?: string },
  isThere: (page: Page, language: 'en' | 'zh') => Promise<void>,
): void {
  const { name, path, as } = page;
  const who = as === undefined ? {} : { as };
  const looks: readonly (readonly [string, Visit])[] = [
    ['in light', {}],
    ['in dark, in Chinese, at 360 px', CHINESE_NARROW],
  ];
  for (const [look, visit] of looks) {
    browserTest(`${name} has no barrier ${look}`, { path, ...who, ...visit }, async (shown) => {
      await isThere(shown, visit.language ?? 'en');
      await assertNoBarriers(shown);
      await assertFits(shown);
    });
  }
}

/** Fails when something reaches beyond the screen. */
export async function assertFits(page: Page): Promise<void> {
  const tooWide = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  assert.equal(tooWide, 0, 'nothing reaches beyond the screen');
}

/** Waits until an expression holds in the page, whose security policy lets nobody else evaluate one. */
export async function untilHolds(page: Page, expression: string): Promise<void> {
  for (let attempt = 0; attempt < HOLDS_ATTEMPTS; attempt += 1) {
    if (await page.evaluate<boolean>(expression)) return;
    await page.waitForTimeout(HOLDS_STEP_MS);
  }
  assert.fail(`${expression} holds`);
}

const HOLDS_ATTEMPTS = 1_500;
const HOLDS_STEP_MS = 20;

/** The page on a telephone in China. */
export const CHINESE_NARROW: Visit = {
  theme: 'dark',
  language: 'zh',
  viewport: { width: 360, height: 740 },
};
