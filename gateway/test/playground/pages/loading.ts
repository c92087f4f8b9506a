// The page while parts of it are on their way, and when they do not come: what the reader can do meanwhile,
// what is said, and the way on.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Locator, Page, Route } from 'playwright-core';
import { en } from '../../../playground/page/texts/en.ts';
import { zh } from '../../../playground/page/texts/zh.ts';
import { assertNoBarriers } from '../find-barriers.ts';
import { NO_CHROMIUM, type Playground, type Visit } from '../open-playground.ts';
import { NOWHERE } from '../shared-pages.ts';
import { panelOf, textOf, untilEditor } from './edit-query.ts';
import { assertFits, CHINESE_NARROW, untilHolds } from './visiting.ts';

const EDITOR_CODE = /\/assets\/(?:monaco-editor|editor\.api)-[^/]*\.js$/;
const EDITOR_PAGE_CODE = /\/assets\/editor-page-[^/]*\.js$/;
const LOOKS: readonly (readonly [string, typeof en | typeof zh, Visit])[] = [
  ['in English', en, {}],
  ['in Chinese, at 360 px', zh, CHINESE_NARROW],
];

/** Tests one fact in a page of its own, whose parts the test lets come or not. */
type LoadingTest = (name: string, visit: Visit, run: (page: Page) => Promise<void>) => void;

/** Tests it. @param playground null where there is no browser */
export function testLoading(playground: Playground | null): void {
  const loadingTest: LoadingTest = (name, visit, run) => {
    test(name, async (t) => {
      if (playground === null) {
        t.skip(NO_CHROMIUM);
        return;
      }
      // From an address that needs nothing: what is held back is said before the editor is gone to.
      const visited = await playground.visit({ path: NOWHERE, as: 'agency', ...visit });
      await visited.page.locator('.page h1').waitFor();
      await run(visited.page);
      await visited.leave();
    });
  };
  suite('the page while it loads', () => {
    testPlainQuery(loadingTest);
    for (const [look, texts, visit] of LOOKS) {
      testMissingParts(loadingTest, look, texts, visit);
      testGatewayGone(loadingTest, look, texts, visit);
    }
  });
}

function testPlainQuery(loadingTest: LoadingTest): void {
  loadingTest('hands text, caret and keys over to the editor when it comes', {}, async (page) => {
    const come = await holdBack(page, EDITOR_CODE);
    await goToEditor(page);
    const plain = plainQuery(page);
    const place = page.locator('.query-text');
    const before = await place.boundingBox();
    await plain.fill('query Typed {\n  me { tier }\n}');
    await page.getByRole('tab', { name: 'Typed' }).waitFor();
    await panelOf(page).getByText(en.editor.authority.whole.ALLOWED).waitFor();
    // Behind "tier", whose word is selected: what is typed next takes its place.
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    for (const key of ['ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    for (let at = 0; at < 'tier'.length; at += 1) await page.keyboard.press('Shift+ArrowLeft');
    assert.equal(await page.getByRole('button', { name: en.editor.run }).isEnabled(), false);
    const begin = (before?.x ?? 0) + (await page.evaluate<number>(PADDING));
    come();
    await plain.waitFor({ state: 'detached' });
    await page.keyboard.type('roles ');
    const text = page.locator('.query-text .view-lines');
    await text.getByText('roles').waitFor();
    assert.match(await textOf(text), /query Typed \{\n {2}me \{ roles {1,2}\}\n\}/);
    assert.deepEqual(await place.boundingBox(), before, 'nothing moves as it comes');
    const line = await page.locator('.query-text .view-lines').boundingBox();
    assert.equal(line?.x, begin, 'no word moves aside');
    await page.getByRole('button', { name: en.editor.run }).click();
    await page.getByText('HTTP 200').waitFor();
  });

  loadingTest('keeps the query of each tab that was opened before', {}, async (page) => {
    const come = await holdBack(page, EDITOR_CODE);
    await goToEditor(page);
    const plain = plainQuery(page);
    await plain.fill('query First { me { tier } }');
    await page.getByRole('tab', { name: 'Authority' }).first().click();
    await plain.fill('query Second { me { roles } }');
    come();
    await plain.waitFor({ state: 'detached' });
    const text = page.locator('.query-text .view-lines');
    await text.getByText('Second').waitFor();
    await page.getByRole('tab', { name: 'First' }).click();
    await text.getByText('First').waitFor();
  });

  loadingTest('waits for the end of a word that is being composed', {}, async (page) => {
    const come = await holdBack(page, EDITOR_CODE);
    await goToEditor(page);
    const plain = plainQuery(page);
    await plain.fill('# ');
    const keyboard = await page.context().newCDPSession(page);
    const composed = { text: 'cha', selectionStart: 3, selectionEnd: 3 };
    await keyboard.send('Input.imeSetComposition', composed);
    come();
    await page.locator('.query-text .monaco-editor').first().waitFor();
    assert.equal(await plain.inputValue(), '# cha');
    await keyboard.send('Input.insertText', { text: '查询' });
    await plain.waitFor({ state: 'detached' });
    await page.keyboard.type(' ok');
    await page.locator('.query-text .view-lines').getByText('查询 ok').waitFor();
  });
}

function testMissingParts(
  loadingTest: LoadingTest,
  look: string,
  { states, editor }: typeof en | typeof zh,
  visit: Visit,
): void {
  loadingTest(
    `lets one write while the editor is missing, and have it: ${look}`,
    { ...visit, isCutOff: true },
    async (page) => {
      await page.evaluate("localStorage.setItem('graphiql:query', '{ me { roles } }')");
      const come = await holdBack(page, EDITOR_CODE);
      await goToEditor(page);
      await page.getByText(editor.loading).waitFor();
      await panelOf(page).locator('.decided').waitFor();
      await assertNoBarriers(page, 'on its way');
      await assertFits(page);
      come('failed');
      const problem = page.getByRole('alert').filter({ hasText: states.missing });
      await problem.getByText(states.missingHint).waitFor();
      await plainQuery(page).fill('query Kept { me { tier } }');
      await page.getByRole('tab', { name: 'Kept' }).waitFor();
      await panelOf(page).getByText(editor.authority.whole.ALLOWED).waitFor();
      await assertNoBarriers(page, 'missing');
      await assertFits(page);
      await untilHolds(page, "localStorage.getItem('graphiql:tabState').includes('Kept')");
      await page.unroute(EDITOR_CODE);
      await problem.getByRole('button', { name: states.reload }).click();
      await untilEditor(page);
      await page.locator('.query-text .view-lines').getByText('Kept').waitFor();
    },
  );

  loadingTest(
    `says that a page did not come, and loads it anew: ${look}`,
    { ...visit, isCutOff: true },
    async (page) => {
      const come = await holdBack(page, EDITOR_PAGE_CODE);
      await page.evaluate("history.pushState(null, '', '/')");
      await page.getByRole('status').getByText(states.loading).waitFor();
      await assertNoBarriers(page, 'on its way');
      come('failed');
      const problem = page.getByRole('alert');
      await problem.getByText(states.missing).waitFor();
      await assertNoBarriers(page, 'missing');
      await page.unroute(EDITOR_PAGE_CODE);
      await problem.getByRole('button', { name: states.reload }).click();
      await untilEditor(page);
    },
  );
}

function testGatewayGone(
  loadingTest: LoadingTest,
  look: string,
  { states, editor }: typeof en | typeof zh,
  visit: Visit,
): void {
  loadingTest(
    `says that the gateway is gone, and asks it again: ${look}`,
    { ...visit, isCutOff: true },
    async (page) => {
      const again = page.getByRole('alert').getByRole('button', { name: states.again });
      await page.route('**/playground/settings.json', cut);
      await page.reload();
      await page.getByText(states.failure.unreachable).waitFor();
      await assertNoBarriers(page, 'at the start');
      await assertFits(page);
      await page.unroute('**/playground/settings.json');
      await page.route('**/graphql', cutIntrospection);
      await again.click();
      await page.locator('.page h1').waitFor();

      await page.evaluate("history.pushState(null, '', '/')");
      await page.locator('.workbench-notice').getByText(states.failure.unreachable).waitFor();
      await untilEditor(page);
      await assertNoBarriers(page, 'without a schema');
      await page.route('**/schema.graphql*', cut);
      await page.evaluate("history.pushState(null, '', '/map')");
      await page.getByRole('alert').getByText(states.failure.unreachable).waitFor();
      await page.unroute('**/schema.graphql*');
      await again.click();
      await page.locator('.map-sector, .map-chip').first().waitFor();

      await page.unroute('**/graphql');
      await page.route('**/graphql', cut);
      await page.evaluate("history.pushState(null, '', '/')");
      await panelOf(page).getByText(states.failureHint.unreachable).waitFor();
      await page.locator('.answer-text .monaco-editor').first().waitFor();
      await page.getByRole('button', { name: editor.run }).click();
      await page.locator('.answer-text').getByText(states.failure.unreachable).waitFor();
      await assertNoBarriers(page, 'while one works');
      await page.unroute('**/graphql');
      await panelOf(page).getByRole('button', { name: states.again }).click();
      await panelOf(page).locator('.decided').waitFor();
      await page.locator('.workbench-notice').getByRole('button', { name: states.again }).click();
      await page.locator('.workbench-notice').waitFor({ state: 'detached' });
    },
  );
}

const PADDING = "parseFloat(getComputedStyle(document.querySelector('.plain-query')).paddingLeft)";

const plainQuery = (page: Page): Locator => page.locator('.plain-query');

async function goToEditor(page: Page): Promise<void> {
  await page.evaluate("history.pushState(null, '', '/')");
  await plainQuery(page).waitFor();
}

/** Holds requests back until they are let come, or fail. */
async function holdBack(page: Page, urls: RegExp): Promise<(end?: 'failed') => void> {
  let settle: (end: 'failed' | undefined) => void;
  const settled = new Promise<'failed' | undefined>((resolve) => {
    settle = resolve;
  });
  await page.route(urls, async (route) => {
    if ((await settled) === 'failed') await route.abort();
    else await route.continue();
  });
  return (end) => {
    settle(end);
  };
}

async function cut(route: Route): Promise<void> {
  await route.abort('connectionrefused');
}

async function cutIntrospection(route: Route): Promise<void> {
  const isIt = (route.request().postData() ?? '').includes('IntrospectionQuery');
  await (isIt ? cut(route) : route.continue());
}
