// The query editor in a real browser, as different callers.
import assert from 'node:assert/strict';
import { after, test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { answerOf, openPanel, panelOf, write, writeInto } from './edit-query.ts';
import {
  findBarriers,
  NO_CHROMIUM,
  openPlayground,
  type Playground,
  type Visit,
} from './open-playground.ts';

const NARROW = { width: 360, height: 740 };
const CODE = '91990101MA7K3P2Q8J';
const PANELS = ['Authority', 'Every tier', 'Plan', 'Schema', 'Build', 'History', 'Examples'];
const INSPECTIONS = `{ subject(code: "${CODE}") { name tax { inspections { nodes { facts } } } } }`;

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
    await page.locator('.answer-text .monaco-editor').first().waitFor();
    // Only with the first decision is all in place: what is written before may be written over.
    await page.locator('.decided').waitFor();
    await run(page, playground);
    await leave();
  });
}

editorTest('runs an example, and shows its plan', {}, async (page) => {
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText('HTTP 200').waitFor();
  await page.getByText('"云州星河建设科技股份有限公司"').first().waitFor();
  await openPanel(page, 'Plan');
  const panel = panelOf(page);
  await panel.getByText('5 questions at the same time').waitFor();
  assert.equal(await panel.locator('.plan-fetch').count(), 6, 'one of each sector');
  await panel.getByText('The same as a table').click();
  assert.equal(await panel.getByRole('row').count(), 7);
  assert.doesNotMatch(await answerOf(page), /"plan"/);
});

editorTest(
  'marks each field with its decision, in the text and in a list',
  { as: 'agency' },
  async (page) => {
    await page.getByRole('tab', { name: 'Authority' }).first().click();
    const panel = panelOf(page);
    const score = panel.getByRole('listitem').filter({ hasText: 'TaxCreditRating.score' });
    await score.getByText('AUTHORISED', { exact: true }).waitFor();
    await score
      .getByText(/consent for the purpose/)
      .first()
      .waitFor();
    const text = page.locator('.query-text');
    assert.match(
      (await text.innerText()).replaceAll('\u00a0', ' '),
      /score +◐ depends · AUTHORISED/,
    );
    assert.match(
      (await text.innerText()).replaceAll('\u00a0', ' '),
      /inspections +✕ refused · GOVERNMENT/,
    );
    assert.ok((await text.locator('.margin-refused').count()) > 0);
    await text.getByText('score', { exact: true }).hover();
    await page
      .locator('.monaco-hover')
      .getByText(/Owner: Tax/)
      .waitFor();
  },
);

editorTest('decides anew as one types, and says when it cannot', {}, async (page) => {
  const panel = panelOf(page);
  await panel.getByText('Every field is answered.').waitFor();
  await write(page, '{ me { tier');
  await panel.getByText('The text is not a whole query yet.').waitFor();
  await write(page, '{ me { tiger } }');
  await panel.getByText('GRAPHQL_VALIDATION_FAILED').waitFor();
  await write(page, '{ me { tier } }');
  await panel.getByText('Every field is answered.').waitFor();
});

editorTest(
  'starts the special application with what the query says',
  { as: 'government-tax' },
  async (page) => {
    await write(page, INSPECTIONS);
    const facts = panelOf(page).getByRole('listitem').filter({ hasText: 'TaxInspection.facts' });
    await facts.getByRole('link', { name: 'Apply for it' }).click();
    await page.waitForURL(/\/access\/apply\?/);
    assert.deepEqual(Object.fromEntries(new URL(page.url()).searchParams), {
      sector: 'tax',
      fields: 'TaxInspection.facts',
      subject: CODE,
      purpose: 'SUPERVISION',
    });
    await page.getByText('office-tax').first().waitFor();
  },
);

editorTest('starts it from the hover of a field, too', { as: 'government-tax' }, async (page) => {
  await write(page, INSPECTIONS);
  const facts = page.locator('.query-text .field-depends').getByText('facts');
  await facts.hover();
  await page.locator('.monaco-hover').getByText('Apply for it').click();
  await page.waitForURL(/\/access\/apply\?.*TaxInspection\.facts/);
});

editorTest(
  'refuses a query whole, or leaves the refused fields out',
  { as: 'agency' },
  async (page) => {
    await write(page, INSPECTIONS);
    await page.getByLabel('Refused fields').selectOption('filter');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('HTTP 200').waitFor();
    const code = page.locator('.answer-text').getByText('"UNAUTHORIZED_FIELD_OR_TYPE"');
    await code.first().waitFor();
  },
);

editorTest(
  'knows of the schema what its caller may use, and more only on request',
  {},
  async (page) => {
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
  },
);

editorTest('compares the same query for every tier', { as: 'auditor' }, async (page) => {
  await page.getByRole('tab', { name: 'Authority' }).first().click();
  await openPanel(page, 'Every tier');
  const table = panelOf(page).getByRole('table');
  const row = table.getByRole('row').filter({ hasText: 'creditRatings › nodes › score' });
  await row.waitFor();
  const cells = await row.getByRole('cell').allInnerTexts();
  assert.deepEqual(
    cells.map((cell) => cell.replace(/\s+/g, ' ').trim()),
    [
      'AU AUTHORISED',
      '✕ Refused',
      '✕ Refused',
      '◐ Depends on the subject',
      '✕ Refused',
      '✓ Allowed',
    ],
  );
});

editorTest(
  'takes the answer of one caller off the screen of the next',
  { as: 'agency' },
  async (page) => {
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('HTTP 200').waitFor();
    await page.getByText('"云州星河建设科技股份有限公司"').first().waitFor();
    await page.getByLabel('Asking as').selectOption('');
    await page.getByText('Not run yet').waitFor();
    assert.doesNotMatch(await answerOf(page), /星河/);
  },
);

editorTest(
  'shares a query by a link that holds no token',
  { as: 'agency' },
  async (page, { visit }) => {
    await write(page, '{ me { tier } }');
    await page.getByRole('button', { name: 'Share' }).click();
    const link = await page.getByLabel('Link').inputValue();
    assert.doesNotMatch(link, /eyJ|agency|Bearer/);
    const { pathname, hash } = new URL(link);
    const other = await visit({ path: pathname + hash });
    const text = other.page.locator('.query-text .view-lines');
    await text.getByText('tier').waitFor();
    assert.equal(new URL(other.page.url()).hash, '');
    await other.leave();
  },
);

editorTest(
  'says of a link that was cut that it was',
  { path: '/#query=rVTBbqMwEP' },
  async (page) => {
    await page.getByText('The query in the link could not be read').waitFor();
  },
);

editorTest(
  'keeps neither answers nor headers, and forgets the rest on request',
  {},
  async (page) => {
    await page.getByRole('tab', { name: 'Headers' }).click();
    const headers = page.locator('.query-tool .graphiql-editor:not(.hidden) textarea');
    await writeInto(headers, page, '{"x-secret": "of this test"}');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('HTTP 200').waitFor();
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
  },
);

editorTest(
  'is worked by keyboard alone, in and out of the text',
  { as: 'agency' },
  async (page) => {
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
  },
);

editorTest('builds a query by clicking, and by keys', {}, async (page) => {
  await write(page, '{ me { tier } }');
  await openPanel(page, 'Build');
  const field = panelOf(page).locator('[data-field-name="organisation"]');
  await field.focus();
  await page.keyboard.press('Enter');
  await page.locator('.query-text').getByText('organisation').waitFor();
});

editorTest('leaves the reader where the tree of a long query opens', {}, async (page) => {
  await openPanel(page, 'Build');
  await panelOf(page).locator('[data-arg-name="first"] input').first().waitFor();
  assert.equal(await page.evaluate('scrollY + document.querySelector(".panel-body").scrollTop'), 0);
});

editorTest('opens an example of each sector', {}, async (page) => {
  await openPanel(page, 'Examples');
  const names = ['Registry', 'Tax', 'Environment', 'Construction', 'Courts', 'Ecommerce'];
  for (const name of names) {
    await panelOf(page)
      .getByRole('button', { name: `Open the example ${name}` })
      .click();
    await page.locator('.workbench-tabs').getByRole('tab', { name, exact: true }).waitFor();
  }
});

editorTest('completes what its caller may use', {}, async (page) => {
  await write(page, '{ me { ti');
  await panelOf(page).getByText('The text is not a whole query yet.').waitFor();
  await page.keyboard.press('ControlOrMeta+Space');
  const row = page.locator('.suggest-widget .monaco-list-row').first();
  const label = row.locator('.label-name');
  await label.getByText('tier').waitFor();
  const [outer, inner] = [await row.boundingBox(), await label.boundingBox()];
  assert.ok(outer && inner && inner.height > 0 && inner.width > 0);
  // A style of the page that reaches into Monaco moves the label out of its row, unseen.
  assert.ok(inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height);
});

for (const theme of ['light', 'dark'] as const) {
  editorTest(`has no barriers in any panel: ${theme}`, { as: 'agency', theme }, async (page) => {
    await page.getByRole('tab', { name: 'Authority' }).first().click();
    await panelOf(page).getByText('TaxCreditRating.score').waitFor();
    for (const name of PANELS) {
      await openPanel(page, name);
      await panelOf(page).getByRole('status').waitFor({ state: 'detached' });
      assert.deepEqual(await findBarriers(page), [], name);
    }
  });
}

editorTest(
  'is usable in Chinese on a screen 360 pixels wide',
  { as: 'agency', language: 'zh', viewport: NARROW },
  async (page) => {
    await page.getByRole('button', { name: '运行' }).click();
    await page.getByText('HTTP 200').waitFor();
    await panelOf(page).getByRole('tab', { name: '计划' }).click();
    await panelOf(page).getByText('第 2 步').waitFor();
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), NARROW.width);
    assert.deepEqual(await findBarriers(page), []);
  },
);
