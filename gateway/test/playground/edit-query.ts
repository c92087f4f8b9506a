// What a test does in the query editor: write, open a panel, read the answer.
import type { Locator, Page } from 'playwright-core';

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
  await panelOf(page).getByRole('tab', { name }).click();
}

/** What the answer editor shows; Monaco keeps blanks as no-break spaces. */
export async function answerOf(page: Page): Promise<string> {
  const text = await page.locator('.answer-text .view-lines').innerText();
  return text.replaceAll('\u00a0', ' ');
}
