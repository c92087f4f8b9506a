// What the tests of pages share: a page that is opened for one fact and closed again, and the states
// of the page that every one of them is looked at in.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { findBarriers, NO_CHROMIUM, type Playground, type Visit } from '../open-playground.ts';

/** Tests one fact with a page; skipped, saying so, where there is no browser. */
export type PageTest = (
  name: string,
  visit: Visit,
  run: (page: Page, playground: Playground) => Promise<void>,
) => void;

/** Makes the test of pages over one playground. */
export function pageTest(playground: Playground | null): PageTest {
  return (name, visit, run) => {
    test(name, async (t: TestContext) => {
      if (playground === null) {
        t.skip(NO_CHROMIUM);
        return;
      }
      const { page, leave } = await playground.visit(visit);
      await run(page, playground);
      await leave();
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
    ['in light', { theme: 'light' }],
    ['in dark, in Chinese, at 360 px', { theme: 'dark', language: 'zh', viewport: NARROW }],
  ];
  for (const [look, visit] of looks) {
    browserTest(`${name} has no barrier ${look}`, { path, ...who, ...visit }, async (shown) => {
      await isThere(shown, visit.language ?? 'en');
      assert.deepEqual(await findBarriers(shown), []);
      const tooWide = await shown.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      assert.equal(tooWide, 0, 'nothing reaches beyond the screen');
    });
  }
}

const NARROW = { width: 360, height: 740 };
