// `npm run screenshots`: the pictures of the README, taken of the page over the whole graph with its
// samples, and what the page costs its reader. Exit codes: 0 done, 1 failed, 2 there is no browser.
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { CODE } from '../graph-under-test.ts';
import { measurePage } from './measure-page.ts';
import { NO_CHROMIUM, openPlayground, type Playground, type Visit } from './open-playground.ts';

/** A picture of a page. */
interface Picture {
  readonly name: string;
  readonly visit: Visit;
  /** Waits until what is to be seen is there. */
  readonly ready: (page: Page) => Promise<void>;
}

const DIRECTORY = join(import.meta.dirname, '../../playground/screenshots');
const BYTES_MAX = 204_800;
const DESKTOP = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };

const PICTURES: readonly Picture[] = [
  {
    name: 'editor',
    visit: { path: '/', as: 'agency', viewport: DESKTOP },
    ready: async (page) => {
      await page.locator('.monaco-editor .view-line').first().waitFor();
      await page.getByRole('button', { name: 'Run' }).click();
      await page.getByRole('tab', { name: 'Plan' }).click();
      await page.waitForTimeout(SETTLED_MS);
    },
  },
  {
    name: 'report',
    visit: { path: `/subjects/${CODE}`, as: 'agency', viewport: { ...DESKTOP, height: 1_040 } },
    ready: async (page) => {
      await untilReportRead(page);
      await page.evaluate("document.querySelectorAll('.section')[1].scrollIntoView()");
    },
  },
  {
    name: 'report-narrow',
    visit: {
      path: `/subjects/${CODE}`,
      as: 'agency',
      viewport: NARROW,
      theme: 'dark',
      language: 'zh',
    },
    ready: async (page) => {
      await untilReportRead(page);
      await page.evaluate("document.querySelector('.ratings').scrollIntoView()");
    },
  },
  {
    name: 'access',
    visit: {
      path: `/access/apply?subject=${CODE}&fields=ConstructionTender.bids`,
      as: 'agency',
      viewport: DESKTOP,
    },
    ready: (page) => page.getByRole('checkbox').first().waitFor(),
  },
  {
    name: 'map',
    visit: { path: '/map', as: 'government-tax', viewport: { ...DESKTOP, height: 1_040 } },
    ready: (page) => page.locator('.map-chip').first().waitFor(),
  },
  {
    name: 'sectors',
    visit: { path: '/sectors', as: 'government-tax', theme: 'dark', viewport: DESKTOP },
    ready: (page) => page.getByText('TaxInspection').first().waitFor(),
  },
];

/** Long enough for an answer on any machine, and for the editor to have drawn it. */
const SETTLED_MS = 4_000;

process.exitCode = await main();

async function main(): Promise<number> {
  const playground = await openPlayground();
  if (playground === null) {
    process.stderr.write(`${NO_CHROMIUM}\n`);
    return 2;
  }
  await mkdir(DIRECTORY, { recursive: true });
  let exitCode = 0;
  try {
    for (const picture of PICTURES) {
      const bytes = await take(playground, picture);
      process.stdout.write(`${picture.name}.png  ${bytes} bytes\n`);
      if (bytes > BYTES_MAX) {
        process.stderr.write(`${picture.name}.png is larger than ${BYTES_MAX} bytes.\n`);
        exitCode = 1;
      }
    }
    for (const line of await measurePage(playground)) process.stdout.write(`${line}\n`);
  } finally {
    await playground.close();
  }
  return exitCode;
}

/** Takes one picture; gives its size. */
async function take(playground: Playground, { name, visit, ready }: Picture): Promise<number> {
  const { page, leave } = await playground.visit({ theme: 'light', ...visit });
  await ready(page);
  const path = join(DIRECTORY, `${name}.png`);
  await page.screenshot({ path });
  await leave();
  return (await stat(path)).size;
}

async function untilReportRead(page: Page): Promise<void> {
  await page.locator('.badge-coverage-checked').nth(4).waitFor();
  await page.locator('.rating').first().waitFor();
}
