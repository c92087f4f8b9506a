// Authority in the editor, in a browser: the decision on each field as it is written, why, the way to be
// allowed, and the same query as every tier.
import assert from 'node:assert/strict';
import { suite } from 'node:test';
import { CODE } from '../../graph-under-test.ts';
import {
  answerOf,
  editorTestOf,
  openExample,
  openPanel,
  panelOf,
  run,
  textOf,
  write,
} from './edit-query.ts';
import type { PageTest } from './visiting.ts';

const INSPECTIONS = `{ subject(code: "${CODE}") { name tax { inspections { nodes { facts } } } } }`;

/** Tests what the editor says of authority. */
export function testQueryAuthority(browserTest: PageTest): void {
  const editorTest = editorTestOf(browserTest);
  suite('authority in the editor', () => {
    testDecisions(editorTest);
    testApplications(editorTest);
    testTiers(editorTest);
  });
}

function testDecisions(editorTest: PageTest): void {
  editorTest(
    'marks each field with its decision, in the text and in a list',
    { as: 'agency' },
    async (page) => {
      await openExample(page, 'Authority');
      await openPanel(page, 'Authority');
      const score = panelOf(page)
        .getByRole('listitem')
        .filter({ hasText: 'TaxCreditRating.score' });
      await score.getByText('AUTHORISED', { exact: true }).waitFor();
      await score
        .getByText(/consent for the purpose/)
        .first()
        .waitFor();
      const query = page.locator('.query-text');
      await query.locator('.field-word-depends').first().waitFor();
      const text = await textOf(query);
      assert.match(text, /score +◐ depends · AUTHORISED/);
      assert.match(text, /inspections +✕ refused · GOVERNMENT/);
      assert.ok((await query.locator('.margin-refused').count()) > 0);
      await query.getByText('score', { exact: true }).hover();
      const hover = page.locator('.monaco-hover').filter({ hasText: 'TaxCreditRating.score' });
      const said = await hover.first().innerText();
      for (const part of [/Owner: Tax/, /Class: AUTHORISED/, /consent/, /What would unlock it/]) {
        assert.match(said, part);
      }
      const allowed = panelOf(page).locator('details').filter({ hasText: 'Allowed' });
      assert.equal(await allowed.getByRole('listitem').count(), 0, 'drawn when it is opened');
      await allowed.locator('summary').click();
      await allowed.getByText('Subject.name').first().waitFor();
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
    'refuses a query whole, or leaves the refused fields out',
    { as: 'agency', isRefused: true },
    async (page) => {
      await write(page, INSPECTIONS);
      await run(page, 403);
      const refusal = page.locator('.answer-text').getByText('"UNAUTHORIZED_FIELD_OR_TYPE"');
      await refusal.first().waitFor();
      assert.doesNotMatch(await answerOf(page), /"data"/);
      await page.getByLabel('Refused fields').selectOption('filter');
      await run(page);
      assert.match(await answerOf(page), /"UNAUTHORIZED_FIELD_OR_TYPE"/);
      await page.getByLabel('Refused fields').selectOption('refuse');
    },
  );

  editorTest(
    'takes the answer of one caller off the screen of the next',
    { as: 'agency' },
    async (page) => {
      await openExample(page, 'Report');
      await run(page);
      await page.getByText('"云州星河建设科技股份有限公司"').first().waitFor();
      await page.getByLabel('Asking as').selectOption('');
      await page.getByText('Not run yet').waitFor();
      assert.doesNotMatch(await answerOf(page), /星河/);
    },
  );
}

function testApplications(editorTest: PageTest): void {
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
}

function testTiers(editorTest: PageTest): void {
  editorTest('compares the same query for every tier', { as: 'auditor' }, async (page) => {
    await openExample(page, 'Authority');
    await openPanel(page, 'Every tier');
    const table = panelOf(page).getByRole('table');
    const cellsOf = async (field: string): Promise<readonly string[]> => {
      const row = table.getByRole('row').filter({ hasText: field }).first();
      await row.waitFor();
      const cells = await row.getByRole('cell').allInnerTexts();
      return cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
    };
    assert.deepEqual(await cellsOf('creditRatings › nodes › score'), [
      'AU AUTHORISED',
      '✕ Refused',
      '✕ Refused',
      '◐ Depends on the subject',
      '✕ Refused',
      '✓ Allowed',
    ]);
    // A field that would be allowed by itself is not reached where the one above it is refused.
    await write(page, `{ subject(code: "${CODE}") { tax { inspections { nodes { id } } } } }`);
    await table.getByRole('row').filter({ hasText: 'inspections › nodes › id' }).waitFor();
    const [, ...decisions] = await cellsOf('inspections › nodes › id');
    assert.ok(decisions.includes('– not reached: refused above'), decisions.join());
    assert.equal(decisions.at(-1), '✓ Allowed');
  });
}
