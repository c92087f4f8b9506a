// The report page in a browser: what is asked, what is shown, what is withheld, and what it becomes on
// paper and in files.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { en } from '../../../playground/page/texts/en.ts';
import { zh } from '../../../playground/page/texts/zh.ts';
import { CODE } from '../../graph-under-test.ts';
import { goTo } from '../shared-pages.ts';
import { HOSTILE, HOSTILE_CODE, MANY, MANY_CODE } from './sample-records.ts';
import type { Visit } from '../open-playground.ts';
import { assertFits, testLooks, untilHolds, type PageTest } from './visiting.ts';

/** A subject of the samples that disputes one of its two cases of enforcement. */
const DISPUTING_CODE = '91990102MAF2RTYX9X';

/** Tests the report. */
export function testReport(browserTest: PageTest): void {
  suite('the report', () => {
    testReading(browserTest);
    testFiles(browserTest);
    testPaper(browserTest);
    testLength(browserTest);
    testHostile(browserTest);
    const path = `/subjects/${CODE}`;
    testLooks(browserTest, { name: 'the report', path, as: 'agency' }, async (page, language) => {
      const words = language === 'zh' ? zh : en;
      await page.getByRole('heading', { name: words.report.records }).waitFor();
      await untilRead(page, language);
    });
  });
}

/** Waits until every sector has been read. */
async function untilRead(page: Page, language: 'en' | 'zh' = 'en'): Promise<void> {
  const { report } = language === 'zh' ? zh : en;
  await page.getByRole('article').first().waitFor();
  for (const text of [report.reading, report.more]) {
    await page.getByText(text, { exact: true }).first().waitFor({ state: 'detached' });
  }
}

function coverageOf(page: Page, sector: string) {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: sector, exact: true }) });
}

function testReading(browserTest: PageTest): void {
  for (const [as, tax] of [
    [undefined, 'PUBLIC'],
    ['agency', 'AGENCY'],
    ['government-tax', 'GOVERNMENT'],
    ['enterprise', 'AUTHORISED'],
  ] as const) {
    const path = `/subjects/${CODE}`;
    const who = as ?? 'nobody';
    browserTest(
      `as ${who} asks nothing that is refused`,
      { path, ...(as && { as }) },
      async (page) => {
        const refused: string[] = [];
        page.on('response', (response) => {
          if (response.url().endsWith('/graphql') && response.status() >= 400) {
            refused.push(`${response.status()}`);
          }
        });
        await untilRead(page);
        assert.deepEqual(refused, []);
        assert.equal(await page.locator('main').getByRole('alert').count(), 0);
        const row = await coverageOf(page, 'Tax').innerText();
        assert.match(row, /Checked/);
        if (as !== 'enterprise') assert.match(row, new RegExp(tax));
      },
    );
  }

  browserTest(
    'finds a subject by a part of its name, by keyboard alone, and shows where each record is from',
    { path: '/subjects', as: 'agency' },
    async (page) => {
      const box = page.getByRole('combobox', { name: 'Enterprise' });
      await box.fill('星河建设');
      const option = page.getByRole('listbox').getByRole('option').first();
      await option.waitFor();
      assert.match(await option.innerText(), /91990101MA7K3P2Q8J/);
      await box.press('ArrowDown');
      await box.press('Enter');
      await page.waitForURL(`**/subjects/${CODE}`);
      await untilRead(page);
      const record = page.getByRole('article').first();
      assert.match(await record.innerText(), /Source: .+ · document .+ · decided \d{4}-/);
      await page
        .getByRole('img', { name: /^Tax: .* 2025 A/ })
        .first()
        .waitFor();
      await page.getByText('The ratings as a table').first().click();
      assert.match(await page.getByRole('table').allInnerTexts().then(String), /2025/);
    },
  );

  browserTest(
    'says of a sector that does not answer that nothing is known, and names what is withheld',
    { path: '/subjects', as: 'agency' },
    async (page, { graph }) => {
      const courts = graph.sectors.get('courts');
      await courts?.interrupt();
      try {
        await goTo(page, `/subjects/${CODE}`);
        await untilRead(page);
        const row = coverageOf(page, 'Courts');
        assert.match(await row.innerText(), /Unavailable/);
        assert.equal(await row.getByRole('cell').nth(2).innerText(), '?', 'never a zero');
        const tax = coverageOf(page, 'Tax');
        await tax.getByText(/Withheld/).click();
        assert.match(await tax.innerText(), /TaxCreditRating\.score/);
        const construction = coverageOf(page, 'Construction');
        await construction.getByText(/Withheld/).click();
        await construction.getByRole('link', { name: 'Apply for Bids' }).click();
        await page.waitForURL('**/access/apply?**');
        assert.ok(
          await page.getByRole('checkbox', { name: /ConstructionTender\.bids/ }).isChecked(),
        );
      } finally {
        await courts?.resume();
      }
    },
  );

  browserTest(
    'says that there is no such subject',
    { path: `/subjects/91990102900000014T` },
    async (page) => {
      await page.getByText(en.report.unknown).waitFor();
      await page.getByText(en.report.unknownHint).waitFor();
    },
  );

  browserTest(
    'says of a code whose check character does not hold that it is mistyped, not that nobody has it',
    { path: `/subjects/91990101MA7K3P2Q8K`, as: 'agency', isRefused: true },
    async (page) => {
      await page.getByText(/is no unified social credit code/).waitFor();
      await page.getByText(en.report.notACodeHint).waitFor();
      assert.equal(await page.getByText(en.report.unknown).count(), 0);
      assert.equal(await page.getByRole('table').count(), 0, 'no sector is said to be clean');
    },
  );

  browserTest(
    'marks what its subject disputes, and filters by it',
    { path: `/subjects/${DISPUTING_CODE}` },
    async (page) => {
      await untilRead(page);
      await page.getByLabel(en.report.filter.disputed).check();
      const marked = page.getByRole('article').filter({ hasText: 'Disputed: ' });
      await page.getByText(/^1 of \d+ records$/).waitFor();
      assert.equal(await marked.count(), 1);
      assert.equal(await page.getByRole('article').count(), 1);
    },
  );
}

function testFiles(browserTest: PageTest): void {
  browserTest(
    'gives what is shown as JSON and as CSV, and prints all of it',
    { path: `/subjects/${CODE}`, as: 'government-tax' },
    async (page) => {
      await untilRead(page);
      await page.getByLabel('Sector', { exact: true }).selectOption('tax');
      const status = await page.getByText(/^\d+ of \d+ records$/).innerText();
      const shown = Number(/^\d+/.exec(status)?.[0]);
      const json = JSON.parse(await download(page, 'Download JSON')) as {
        readonly records: readonly { readonly sector: string; readonly source: object }[];
        readonly coverage: readonly { readonly sector: string; readonly status: string }[];
      };
      assert.equal(json.records.length, shown);
      assert.ok(
        json.records.every(({ sector, source }) => sector === 'tax' && 'publisher' in source),
      );
      assert.equal(json.coverage.length, 5);
      const rows = parse(await download(page, 'Download CSV'), { columns: true, bom: true });
      assert.equal(rows.length, shown);
      const pdf = await page.pdf();
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
      assert.equal((await page.getByRole('article').count()) > 0, true);
    },
  );
}

function testPaper(browserTest: PageTest): void {
  const looks: readonly (readonly [string, Visit])[] = [
    ['in dark', { theme: 'dark' }],
    ['in Chinese, in dark', { theme: 'dark', language: 'zh' }],
  ];
  for (const [look, visit] of looks) {
    browserTest(
      `prints dark on white, within the paper, and nothing to press: ${look}`,
      { path: `/subjects/${CODE}`, as: 'agency', ...visit },
      async (page) => {
        await page.locator('.badge-coverage-checked').nth(4).waitFor();
        const screen = page.viewportSize();
        await page.setViewportSize(PAPER);
        await page.emulateMedia({ media: 'print' });
        await untilHolds(page, WHITE);
        await assertFits(page);
        const seen = await page.evaluate<Readonly<Record<string, unknown>>>(ON_PAPER);
        assert.deepEqual(seen, {
          ink: 'rgb(23, 33, 43)',
          toPress: 0,
          cut: 0,
        });
        await page.emulateMedia({ media: null });
        if (screen) await page.setViewportSize(screen);
      },
    );
  }
}

/** A4 at 96 pixels an inch, less the margins of the page's style. */
const PAPER = { width: 703, height: 1_017 };

const WHITE = "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'";

const ON_PAPER = `({
  ink: getComputedStyle(document.body).color,
  toPress: [...document.querySelectorAll('button, nav, input, select')]
    .filter((element) => element.checkVisibility()).length,
  cut: [...document.querySelectorAll('.table-region')]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length,
})`;

async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ]);
  return readFile(await file.path(), 'utf8');
}

function testLength(browserTest: PageTest): void {
  browserTest(
    `holds ${MANY} records of one subject, draws those in view, and all of them for the printer`,
    { path: `/subjects/${MANY_CODE}`, as: 'government-tax' },
    async (page) => {
      await untilRead(page);
      const status = page.getByText(/^\d+ of \d+ records$/);
      const all = Number(/of (\d+)/.exec(await status.innerText())?.[1]);
      assert.ok(all >= MANY, `${all} records`);
      const drawn = await page.getByRole('article').count();
      assert.ok(drawn > 0 && drawn < 60, `${drawn} are drawn`);
      await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
      await page.getByText('云州税罚〔2026〕第1499号').first().waitFor();
      assert.ok((await page.getByRole('article').count()) < 60);
      await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
      assert.equal(await page.getByRole('article').count(), all);
      await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
      await page.getByLabel('Kind').selectOption('TaxPenalty');
      await page.getByLabel('Year').selectOption('2025');
      const filtered = Number(/^\d+/.exec(await status.innerText())?.[0]);
      assert.ok(filtered > 0 && filtered < all);
      assert.equal(await page.getByRole('article').filter({ hasText: '2026-0' }).count(), 0);
    },
  );
}

function testHostile(browserTest: PageTest): void {
  browserTest(
    'shows what attacks it as the text it is: nothing runs, nothing is asked elsewhere',
    { path: `/subjects/${HOSTILE_CODE}`, as: 'government-tax' },
    async (page) => {
      await untilRead(page);
      await page.getByLabel('Sector', { exact: true }).selectOption('tax');
      for (const text of Object.values(HOSTILE)) {
        await page.getByText(text, { exact: true }).filter({ visible: true }).first().waitFor();
      }
      assert.equal(await page.evaluate('globalThis.attacked'), undefined);
      const inner = await page.locator('main').innerHTML();
      assert.doesNotMatch(inner, /<script|<img|href="javascript:/i);
      const links = page.locator('main a[href^="https://attacker.example"]');
      assert.equal(await links.first().getAttribute('rel'), 'noopener noreferrer nofollow');
      const csv = await download(page, 'Download CSV');
      assert.doesNotMatch(csv, /(^|,)"?=HYPERLINK/m, 'no cell begins as a formula');
      await page.getByRole('combobox', { name: 'Enterprise' }).fill('globalThis');
      await page.getByRole('listbox').getByRole('option').first().waitFor();
      assert.equal(await page.evaluate('globalThis.attacked'), undefined);
    },
  );
}
