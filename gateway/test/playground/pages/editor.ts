// The query editor in a browser: what is written, asked, kept, shared, and how it is worked.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { assertNoBarriers } from '../find-barriers.ts';
import { goTo, NOWHERE } from '../shared-pages.ts';
import {
  answerOf,
  editorTestOf,
  openExample,
  openPanel,
  panelOf,
  run,
  textOf,
  untilEditor,
  write,
  writeInto,
} from './edit-query.ts';
import { testSchema } from './editor-schema.ts';
import { CODE } from '../../graph-under-test.ts';
import { assertFits, CHINESE_NARROW, type PageTest } from './visiting.ts';
import { NO_CHROMIUM, type Playground } from '../open-playground.ts';

const PANELS = ['Authority', 'Every tier', 'Plan', 'Schema', 'Build', 'History', 'Examples'];

/** Tests the editor. @param playground null where there is no browser */
export function testEditor(browserTest: PageTest, playground: Playground | null): void {
  const editorTest = editorTestOf(browserTest);
  suite('the editor', () => {
    testKeeping(playground);
    testAsking(editorTest);
    testWriting(editorTest);
    testSchema(editorTest);
    testSharing(editorTest);
    testLook(editorTest, browserTest);
  });
}

function testAsking(editorTest: PageTest): void {
  editorTest('runs an example, and shows its plan with figures', {}, async (page) => {
    await openExample(page, 'Report');
    await run(page);
    await page.getByText('"云州星河建设科技股份有限公司"').first().waitFor();
    await openPanel(page, 'Plan');
    const panel = panelOf(page);
    await panel.getByText('5 questions at the same time').waitFor();
    assert.equal(await panel.locator('.plan-fetch').count(), 6, 'one of each sector');
    await panel.getByText('The same as a table').click();
    const rows = await panel.getByRole('row').allInnerTexts();
    assert.equal(rows.length, 7);
    // Sector, what it waits for, objects, begin, time, size.
    assert.match(rows[1] ?? '', /^1\tRegistry\t—\t—\t\d.* ms\t\d.* ms\t\d.* (B|KiB)$/);
    assert.match(rows[2] ?? '', /^2\t.+\t1\t1\t\d.* ms\t\d.* ms\t\d.* (B|KiB)$/);
    assert.doesNotMatch(await answerOf(page), /"plan"/);
    await page.getByLabel('Record the plan').uncheck();
    await run(page);
    await panel.getByText('This run has no plan.').waitFor();
    await page.getByLabel('Record the plan').check();
  });

  editorTest('sends variables, headers and the case reference', { as: 'agency' }, async (page) => {
    await write(page, 'query Who($code: CreditCode!) { subject(code: $code) { nameEnglish } }');
    await page.getByRole('tab', { name: 'Variables' }).click();
    const variables = page.locator('.query-tool .graphiql-editor:not(.hidden) textarea');
    await writeInto(variables, page, JSON.stringify({ code: CODE }));
    await page.getByRole('tab', { name: 'Headers' }).click();
    const headers = page.locator('.query-tool .graphiql-editor:not(.hidden) textarea');
    await writeInto(headers, page, '{"x-of-this-test": "yes", "credit-purpose": "AUDIT"}');
    await page.getByLabel('Case', { exact: true }).fill('云信〔2026〕17号');
    const [request] = await Promise.all([
      page.waitForRequest((sent) => sent.headers()['x-of-this-test'] === 'yes'),
      run(page),
    ]);
    await page.locator('.answer-text').getByText('"Yunzhou Xinghe').waitFor();
    const sent = request.headers();
    assert.equal(Buffer.from(sent['credit-case'] ?? '', 'latin1').toString(), '云信〔2026〕17号');
    assert.equal(sent['credit-purpose'], 'CREDIT_REPORT', 'who asks and why is said above alone');
    await page.getByLabel('Case', { exact: true }).fill('');
    await writeInto(headers, page, '');
    await page.getByRole('tab', { name: 'Variables' }).click();
    await writeInto(variables, page, '');
  });
}

function testWriting(editorTest: PageTest): void {
  editorTest('keeps a query in each tab, and lays it out', {}, async (page) => {
    const tabs = page.locator('.workbench-tabs');
    const before = await tabs.getByRole('tab').count();
    await tabs.getByRole('button', { name: 'New query' }).click();
    await tabs.getByRole('tab').nth(before).waitFor();
    await write(page, 'query Fresh{me{tier}}');
    await tabs.getByRole('tab', { name: 'Fresh' }).waitFor();
    await page.getByRole('button', { name: 'Prettify' }).click();
    const text = page.locator('.query-text .view-lines');
    await text.getByText('me', { exact: true }).waitFor();
    await page.locator('.query-text .view-line').nth(4).waitFor();
    assert.match(await textOf(text), /query Fresh \{\n +me \{\n +tier/);
    await tabs.getByRole('tab').first().click();
    await text.getByText('Fresh').waitFor({ state: 'detached' });
    assert.doesNotMatch(await textOf(text), /Fresh/);
    await tabs.getByRole('tab', { name: 'Fresh' }).click();
    await tabs.getByRole('button', { name: 'Close Fresh' }).click();
    await tabs.getByRole('tab', { name: 'Fresh' }).waitFor({ state: 'detached' });
    assert.equal(await tabs.getByRole('tab').count(), before);
  });

  editorTest('builds a query by clicking, and by keys', {}, async (page) => {
    await openPanel(page, 'Build');
    const field = panelOf(page).locator('[data-field-name="organisation"]');
    await field.focus();
    await page.keyboard.press('Enter');
    await page.locator('.query-text').getByText('organisation').waitFor();
  });

  editorTest('leaves the reader where the tree of a long query opens', {}, async (page) => {
    await openExample(page, 'Report');
    const where = (): Promise<number[]> =>
      page.evaluate('[scrollY, document.querySelector(".panel-body").scrollTop]');
    await panelOf(page).getByRole('tab', { name: 'Build' }).scrollIntoViewIfNeeded();
    const [before] = await where();
    await openPanel(page, 'Build');
    await panelOf(page).locator('[data-arg-name="first"] input').first().waitFor();
    assert.deepEqual(await where(), [before, 0]);
  });

  editorTest('opens an example of each sector', {}, async (page) => {
    const names = ['Registry', 'Tax', 'Environment', 'Construction', 'Courts', 'Ecommerce'];
    for (const name of names) await openExample(page, name);
  });
}

function testSharing(editorTest: PageTest): void {
  editorTest(
    'shares a query by a link that holds no token',
    { as: 'agency' },
    async (page, { visit }) => {
      await write(page, '{ me { tier organisation } }');
      await page.locator('.query-text .view-lines').getByText('organisation').waitFor();
      await page.getByRole('button', { name: 'Share' }).click();
      const link = await page.getByLabel('Link').inputValue();
      assert.doesNotMatch(link, /eyJ|agency|Bearer/);
      await page.keyboard.press('Escape');
      const { pathname, hash } = new URL(link);
      const other = await visit({ path: pathname + hash });
      await other.page.locator('.query-text .view-lines').getByText('organisation').waitFor();
      assert.equal(new URL(other.page.url()).hash, '');
      await other.leave();
    },
  );

  editorTest('says of a link that was cut that it was', {}, async (page) => {
    await goTo(page, '/#query=rVTBbqMwEP');
    await page.getByText('The query in the link could not be read').waitFor();
    await goTo(page, NOWHERE);
  });
}

function testKeeping(playground: Playground | null): void {
  test('is worked by keyboard alone; keeps neither answers nor headers, and forgets the rest', async (t) => {
    if (playground === null) {
      t.skip(NO_CHROMIUM);
      return;
    }
    const { page, leave } = await playground.visit({ as: 'agency' });
    await untilEditor(page);
    await page.locator('.decided').waitFor();
    await page.getByRole('tab', { name: 'Report' }).focus();
    await page.keyboard.press('ArrowRight');
    const selected = page.locator('.workbench-tabs [role=tab][aria-selected=true]');
    assert.equal(await selected.innerText(), 'Authority');
    await write(page, '{ me { tier } }');
    await panelOf(page).getByText('Every field is answered.').waitFor();
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.getByText('"AGENCY"').waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('!!document.activeElement.closest(".query-text")'), false);

    await page.getByRole('tab', { name: 'Report' }).click();
    await page.getByRole('tab', { name: 'Headers' }).click();
    const headers = page.locator('.query-tool .graphiql-editor:not(.hidden) textarea');
    await writeInto(headers, page, '{"x-secret": "of this test"}');
    await run(page);
    await openPanel(page, 'History');
    await panelOf(page).getByRole('button', { name: 'Report', exact: true }).waitFor();
    const kept = async (): Promise<string> =>
      String(await page.evaluate('JSON.stringify({...localStorage})'));
    assert.match(await kept(), /query Report/);
    assert.doesNotMatch(await kept(), /of this test|星河/);
    await page.getByRole('button', { name: 'Forget' }).click();
    await page.getByRole('button', { name: 'Forget them' }).click();
    await page.locator('.query-text .monaco-editor').first().waitFor();
    await openPanel(page, 'History');
    await panelOf(page).getByText('No query was run on this device yet.').waitFor();
    await leave();
  });
}

function testLook(editorTest: PageTest, browserTest: PageTest): void {
  for (const theme of ['light', 'dark'] as const) {
    const look = theme === 'light' ? {} : { theme };
    editorTest(
      `has no barriers in any panel: ${theme}`,
      { ...look, as: 'agency', isRefused: true },
      async (page) => {
        await openExample(page, 'Authority');
        await run(page, 403);
        await openPanel(page, 'Authority');
        await panelOf(page).getByText('TaxCreditRating.score').waitFor();
        await assertNoBarriers(page);
        for (const name of PANELS) {
          await openPanel(page, name);
          await panelOf(page).getByRole('status').waitFor({ state: 'detached' });
          await assertNoBarriers(page, name, '.workbench-panel');
        }
      },
    );
  }

  browserTest(
    'is usable in Chinese on a screen 360 pixels wide, and says there what is wrong',
    { ...CHINESE_NARROW, path: '/', as: 'agency', isRefused: true },
    async (page) => {
      await untilEditor(page);
      await page.locator('.decided').waitFor();
      await page.getByRole('button', { name: '运行' }).click();
      await page.getByText('HTTP 200').waitFor();
      await panelOf(page).getByRole('tab', { name: '计划' }).click();
      await panelOf(page).getByText('第 2 步').waitFor();
      await assertFits(page);
      await assertNoBarriers(page);
      await panelOf(page).getByRole('tab').first().click();
      await write(page, '{ me { tiger } }');
      const problem = panelOf(page).getByRole('alert');
      await problem.getByText('查询语句与模式不符。').waitFor();
      await problem.locator('[lang=en]').getByText('tiger').waitFor();
    },
  );
}
