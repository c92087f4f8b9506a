// The query editor in a real browser, as different callers.
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
    for (const part of ['.query-text', '.answer-text']) {
      await page.locator(`${part} .monaco-editor`).first().waitFor();
    }
    await run(page, playground);
    await leave();
  });
}

editorTest('runs an example', {}, async (page) => {
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText('"云州星河建设科技股份有限公司"').first().waitFor();
  await page.getByText('HTTP 200').waitFor();
});
