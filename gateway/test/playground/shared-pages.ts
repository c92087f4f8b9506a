// Pages that one test leaves to the next: to load the page anew for each fact, and the editor with it, is
// most of what the tests would cost. What a test needs it says: who asks, and which address is open.
import type { Page } from 'playwright-core';
import type { Visit, VisitedPage } from './open-playground.ts';

/** Pages that are in use. */
export interface SharedPages {
  /** Runs with a page; one of a run that failed is not used again. */
  readonly use: (visit: Visit, run: (page: Page) => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** An address of the page where nothing is. */
export const NOWHERE = '/access/nowhere/at-all';

/** Keeps pages that `visit` opens. */
export function sharePages(visit: (visit: Visit) => Promise<VisitedPage>): SharedPages {
  const kept = new Map<string, VisitedPage>();
  return {
    async use(wanted, run) {
      const { path = '/', as, isRefused = false, ...look } = wanted;
      // On a narrow screen who asks stands behind a button: there every caller has a page of its own.
      const isNarrow = look.viewport !== undefined;
      const key = JSON.stringify(isNarrow ? { ...look, as } : look);
      const opened =
        kept.get(key) ??
        (await visit({ path: NOWHERE, ...look, ...(isNarrow && as !== undefined ? { as } : {}) }));
      kept.delete(key);
      const { page } = opened;
      try {
        // What the test before has left would be asked for anew by the next caller.
        if (!isThere(page, path)) await goTo(page, NOWHERE);
        if (!isNarrow) await chooseCaller(page, as ?? '');
        await goTo(page, path);
        await run(page);
        opened.check(isRefused);
      } catch (error) {
        await page.context().close();
        throw error;
      }
      kept.set(key, opened);
    },
    async close() {
      for (const { leave } of kept.values()) await leave();
    },
  };
}

async function chooseCaller(page: Page, name: string): Promise<void> {
  const who = page.locator('.inquiry-parts select').first();
  if ((await who.inputValue()) !== name) await who.selectOption(name);
  // What is asked before the sign-in has ended is answered to the caller before, and not shown.
  await page.locator('.inquiry[aria-busy=false]').waitFor();
}

/** Goes to an address within the page, as its links do; the editor stays as it is. */
export async function goTo(page: Page, path: string): Promise<void> {
  if (isThere(page, path)) return;
  // By way of nowhere: what is left at the same address would stay.
  for (const address of [NOWHERE, path]) {
    await page.evaluate(`history.pushState(null, '', ${JSON.stringify(address)})`);
  }
}

/** Whether a page may stay where it is: of all pages only the editor is left as it was. */
function isThere(page: Page, path: string): boolean {
  const { pathname, search, hash } = new URL(page.url());
  return path === '/' && pathname + search + hash === '/';
}
