// The query editor in a real browser, as different callers.
import assert from 'node:assert/strict';
import { after, test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { NO_CHROMIUM, openPlayground, type Playground, type Visit } from './open-playground.ts';

const playground = await openPlayground();
after(() => playground?.close());

/** Runs a test with the editor ready to type in, where there is a browser. */
function editorTest(
  name: string,
  visit: Visit,
  run: (page: Page, playground: Playground) => Promise<void>,
): void {
  test(name, async (t: TestContext) => {
    if (playground === null) {
      t.skip(NO_CHROMIUM);
      return;
    }
    const { page, leave } = await playground.visit(visit);
    await page.locator('.graphiql-query-editor .monaco-editor').first().waitFor();
    await page.locator('.result-window .monaco-editor').first().waitFor();
    await run(page, playground);
    await leave();
  });
}

editorTest('runs an example', {}, async (page) => {
  await page.getByRole('tab', { name: 'Report' }).waitFor();
  await page.getByRole('button', { name: /Execute query/i }).click();
  await page.getByText('"云州星河建设科技股份有限公司"').first().waitFor();
  assert.equal(await page.getByRole('tab').count(), 5, 'a tab for each example');
});
