// The schema in the editor: what is completed and documented, and for whom.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { CODE } from '../../graph-under-test.ts';
import { openPanel, panelOf, write } from './edit-query.ts';
import type { PageTest } from './visiting.ts';

/** Tests what the editor tells of the schema. */
export function testSchema(editorTest: PageTest): void {
  editorTest('completes what its caller may use, and nothing else', {}, async (page) => {
    const incomplete = panelOf(page).getByText('The text is not a whole query yet.');
    await write(page, '{ me { ti');
    await incomplete.waitFor();
    await page.keyboard.press('ControlOrMeta+Space');
    const row = page.locator('.suggest-widget .monaco-list-row').first();
    const label = row.locator('.label-name');
    await label.getByText('tier').waitFor();
    const [outer, inner] = [await row.boundingBox(), await label.boundingBox()];
    assert.ok(outer && inner && inner.height > 0 && inner.width > 0);
    // A style of the page that reaches into Monaco moves the label out of its row, unseen.
    assert.ok(inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height);
    await page.keyboard.press('Escape');
    assert.doesNotMatch(await untilOffered(page, 'coverage'), /inspections/);
    await page.getByLabel('Asking as').selectOption('government-tax');
    await page.getByText('office-tax').waitFor();
    await untilOffered(page, 'inspections');
    await write(page, '{ me { tier } }');
  });

  editorTest('documents what its caller may use, and more only on request', {}, async (page) => {
    await openPanel(page, 'Schema');
    const panel = panelOf(page);
    const search = panel.getByRole('combobox');
    const hit = panel.getByText('inspections', { exact: true });
    await search.fill('inspections');
    await panel
      .getByText(/No results|Nothing|not found/i)
      .or(hit)
      .first()
      .waitFor();
    assert.equal(await hit.count(), 0);
    await page.keyboard.press('Escape');
    await page.getByLabel('Show locked fields').check();
    await search.fill('');
    await search.fill('inspections');
    await hit.first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Show locked fields').uncheck();
    await page.getByLabel('Asking as').selectOption('government-tax');
    await page.getByText('office-tax').waitFor();
    await search.fill('');
    await search.fill('inspections');
    await hit.first().waitFor();
    await page.keyboard.press('Escape');
  });
}

/** Waits until a field of the section of tax is offered; gives all that is offered there. */
async function untilOffered(page: Page, field: string): Promise<string> {
  const widget = page.locator('.suggest-widget.visible');
  for (let attempt = 0; attempt < OFFERED_ATTEMPTS; attempt += 1) {
    await write(page, `{ subject(code: "${CODE}") { tax { `);
    await page.keyboard.press('ControlOrMeta+Space');
    await page.waitForTimeout(OFFERED_STEP_MS);
    const offered = (await widget.count()) === 0 ? '' : await widget.innerText();
    await page.keyboard.press('Escape');
    if (offered.includes(field)) return offered;
  }
  return assert.fail(`${field} is offered`);
}

const OFFERED_ATTEMPTS = 40;
const OFFERED_STEP_MS = 250;
