// Barriers that axe finds in a page, by WCAG 2.2 AA and the good practice beside it.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Elements that are named of one barrier. */
const NAMED_MAX = 3;

/** Fails when axe holds anything against a page, or the part of it that a selector names. */
export async function assertNoBarriers(page: Page, what = '', part = 'html'): Promise<void> {
  // Injected through the debugger: the security policy of the page lets no other script in.
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe.source);
  const found = await page.evaluate(
    async ({ context, values, namedMax }) => {
      const { axe: run } = globalThis as unknown as { readonly axe: typeof axe };
      const { violations } = await run.run(context, {
        runOnly: { type: 'tag', values },
        // What holds is not described element by element.
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes
          .slice(0, namedMax)
          .map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
      );
    },
    { context: part, values: TAGS, namedMax: NAMED_MAX },
  );
  assert.deepEqual(found, [], what);
}
