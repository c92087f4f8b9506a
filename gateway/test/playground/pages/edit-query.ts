// What a test does in the query editor: write, open a panel, read the answer.
import type { Locator, Page } from 'playwright-core';
import type { PageTest } from './visiting.ts';

/** A query that every caller may ask; its tab is named after it. */
const HARMLESS = 'query Harmless { me { tier } }';

/** Makes the test of a fact of the editor: it begins with a harmless query in a tab of its name. */
export function editorTestOf(browserTest: PageTest): PageTest {
  return (name, visit, run) => {
    browserTest(name, visit, async (page, playground) => {
      await untilEditor(page);
      await write(page, HARMLESS);
      // A tab that takes its new name moves what stands behind it, from under the pointer.
      await selectedTab(page).getByText('Harmless', { exact: true }).waitFor();
      await run(page, playground);
    });
  };
}

/** Waits until one can work: what is written before the first decision may be written over. */
export async function untilEditor(page: Page): Promise<void> {
  await page.locator('.answer-text .monaco-editor').first().waitFor();
  await page.locator('.plain-query').waitFor({ state: 'detached' });
  await panelOf(page).getByRole('tab').first().click();
  await panelOf(page).locator('.decided, .state-empty, .state-error').first().waitFor();
}

/** Writes a query over the one in the editor, as a reader pastes it. */
export async function write(page: Page, text: string): Promise<void> {
  await writeInto(page.locator('.query-text textarea').first(), page, text);
}

/** Writes into any editor of the page. */
export async function writeInto(area: Locator, page: Page, text: string): Promise<void> {
  await area.focus();
  await page.keyboard.press('ControlOrMeta+A');
  // Monaco keeps its own clipboard; a paste is an event to it. The types of tests know no window.
  const paste = `((area) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(text)});
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  })(document.activeElement)`;
  await page.evaluate(paste);
}

/** The panels beside the query. */
export const panelOf = (page: Page): Locator => page.getByRole('complementary');

/** Opens one of the panels. */
export async function openPanel(page: Page, name: string): Promise<void> {
  await panelOf(page).getByRole('tab', { name, exact: true }).click();
}

/** Opens an example in its tab, and waits until the tab is there. */
export async function openExample(page: Page, name: string): Promise<void> {
  await openPanel(page, 'Examples');
  await panelOf(page)
    .getByRole('button', { name: `Open the example ${name}` })
    .click();
  await selectedTab(page).getByText(name, { exact: true }).waitFor();
}

function selectedTab(page: Page): Locator {
  return page.locator('.workbench-tabs [role=tab][aria-selected=true]');
}

/** Runs the query, and waits for its answer. */
export async function run(page: Page, status = 200): Promise<void> {
  // What was written last may name its tab anew, and move the button from under the pointer.
  await page.waitForTimeout(NAMED_MS);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText(`HTTP ${status}`).waitFor();
}

/** Longer than GraphiQL waits before it reads what was written. */
const NAMED_MS = 250;

/** What an editor shows; Monaco keeps blanks as no-break spaces. */
export async function textOf(editor: Locator): Promise<string> {
  return (await editor.innerText()).replaceAll('\u00a0', ' ');
}

/** What the answer editor shows. */
export function answerOf(page: Page): Promise<string> {
  return textOf(page.locator('.answer-text .view-lines'));
}
