// The map and the page for sectors in a browser.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { suite } from 'node:test';
import { en } from '../../../playground/page/texts/en.ts';
import { zh } from '../../../playground/page/texts/zh.ts';
import { HOSTILE } from './sample-records.ts';
import { testLooks, type PageTest } from './visiting.ts';

/** Tests both pages. @param devStatusFile where `sector dev` would tell what is wrong */
export function testMapAndSectors(browserTest: PageTest, devStatusFile: string): void {
  suite('the map', () => {
    browserTest(
      'shows every sector, with what is locked named as locked',
      { path: '/map' },
      async (page) => {
        const picture = page.getByRole('img', { name: /sectors that extend it/ });
        await picture.waitFor();
        const said = await picture.textContent();
        for (const sector of [
          'registry',
          'tax',
          'environment',
          'construction',
          'courts',
        ] as const) {
          assert.ok(said?.includes(en.authority.sector[sector]), sector);
        }
        await page.locator('summary').filter({ hasText: /^Tax / }).click();
        await page.locator('summary').filter({ hasText: 'TaxInspection' }).click();
        const table = page.getByRole('table', { name: 'Fields of TaxInspection' });
        assert.match(await table.innerText(), /recovered\s+Money\s+SPECIAL\s+✕ locked/);
      },
    );
    testLooks(browserTest, { name: 'the map', path: '/map', as: 'agency' }, async (page) => {
      await page.getByRole('img').first().waitFor();
    });
  });

  suite('the page for sectors', () => {
    browserTest(
      'tells an office what its sector holds, and of the others that it is withheld',
      { path: '/sectors', as: 'government-tax' },
      async (page) => {
        await page.getByText('TaxInspection').waitFor();
        const tax = page.getByRole('listitem').filter({ hasText: 'TaxInspection' });
        assert.match(await tax.innerText(), /Last import/);
        const courts = page
          .getByRole('listitem')
          .filter({ hasText: 'with duty in the sector: Courts' });
        assert.match(await courts.innerText(), /Withheld/);
        const labels = page
          .getByRole('row')
          .filter({ has: page.getByRole('rowheader', { name: 'Tax', exact: true }) });
        assert.equal(
          await labels.getByRole('cell').nth(6).innerText(),
          '0',
          'nothing is unlabelled',
        );
      },
    );
    browserTest(
      'shows what does not compose as it is saved, whatever stands in it',
      { path: '/sectors' },
      async (page) => {
        const problem = { file: 'schema.graphql', line: 12, column: 3, remedy: HOSTILE.address };
        const status = {
          sector: 'tax',
          at: '2026-11-23T04:00:00Z',
          state: 'failed',
          problems: [{ ...problem, message: HOSTILE.markup }],
        };
        await page.getByText(en.sectors.noWork).waitFor();
        await writeFile(devStatusFile, JSON.stringify(status));
        await page.getByText('schema.graphql:12:3').waitFor();
        await page.getByText(HOSTILE.markup, { exact: true }).waitFor();
        assert.equal(await page.evaluate('globalThis.attacked'), undefined);
        await writeFile(devStatusFile, JSON.stringify({ ...status, state: 'ok', problems: [] }));
        await page.locator('.badge').filter({ hasText: en.sectors.composes }).waitFor();
      },
    );
    const look = { name: 'the page for sectors', path: '/sectors', as: 'government-tax' };
    testLooks(browserTest, look, async (page, language) => {
      const words = language === 'zh' ? zh : en;
      await page.getByText(words.sectors.lastImport).first().waitFor();
    });
  });
}
