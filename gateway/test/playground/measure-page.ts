// What the page costs its reader on this machine: how long until one can type a query over the whole graph,
// and until the editor completes it, and how a report of a thousand records scrolls. Figures to read, not limits to assert.
import type { Page } from 'playwright-core';
import type { Playground } from './open-playground.ts';
import { write } from './pages/edit-query.ts';
import { importSampleRecords, MANY, MANY_CODE } from './pages/sample-records.ts';
import { untilHolds } from './pages/visiting.ts';

const VISITS = 5;
const OFFERED_ATTEMPTS = 200;
const OFFERED_STEP_MS = 100;
const FRAMES = 300;
const STEP_PIXELS = 120;

/** Measures; one line for each figure. */
export async function measurePage(playground: Playground): Promise<readonly string[]> {
  await importSampleRecords(playground.graph);
  return [await measureTyping(playground), await measureScrolling(playground)];
}

async function measureTyping({ visit }: Playground): Promise<string> {
  const standing: number[] = [];
  const typing: number[] = [];
  const completing: number[] = [];
  for (let at = 0; at < VISITS; at += 1) {
    const { page, leave } = await visit({ as: 'agency', script: WATCH });
    const read = (moment: string): Promise<number> => page.evaluate<number>(moment);
    await untilHolds(page, 'standsAt > 0');
    // Into the plain text, which the editor takes over once it has come.
    await page.keyboard.press('#');
    await untilHolds(page, 'typedAt > 0');
    standing.push(await read('standsAt'));
    typing.push(await read('typedAt'));
    await page.locator('.plain-query').waitFor({ state: 'detached' });
    await write(page, '{ me { ti');
    await untilCompleted(page);
    completing.push(await read('performance.now()'));
    await leave();
  }
  return [
    `the query stands: ${spread(standing)}`,
    `a letter typed into it: ${spread(typing)}`,
    `with completion: ${spread(completing)}`,
    `after navigation, nothing cached, ${VISITS} visits`,
  ].join('; ');
}

/** Notes in the page when the query stands, there to be typed into, and when the first letter is in it. */
const WATCH = `
  Object.assign(globalThis, { standsAt: 0, typedAt: 0 });
  new MutationObserver((_changes, observer) => {
    const query = document.querySelector('.plain-query');
    if (!query) return;
    observer.disconnect();
    query.focus();
    standsAt = performance.now();
  }).observe(document, { childList: true, subtree: true });
  addEventListener('input', () => { typedAt ||= performance.now(); }, true);
`;

/** Asks for completion until the schema has come, which offers it. */
async function untilCompleted(page: Page): Promise<void> {
  const offered = page.locator('.suggest-widget.visible .label-name').getByText('tier');
  for (let attempt = 0; attempt < OFFERED_ATTEMPTS; attempt += 1) {
    await page.keyboard.press('ControlOrMeta+Space');
    await page.waitForTimeout(OFFERED_STEP_MS);
    if ((await offered.count()) > 0) return;
    await page.keyboard.press('Escape');
  }
  throw new Error('nothing is offered for completion');
}

async function measureScrolling({ visit }: Playground): Promise<string> {
  const { page, leave } = await visit({ path: `/subjects/${MANY_CODE}`, as: 'government-tax' });
  await page.getByText(new RegExp(`of ${MANY} records|of \\d{4,} records`)).waitFor();
  const { gaps, longTasks } = await scroll(page);
  await leave();
  gaps.sort((a, b) => a - b);
  const late = gaps.filter((gap) => gap > 50).length;
  return [
    `scrolling ${MANY} records: ${FRAMES} frames, ${inMs(median(gaps))} a frame`,
    `${inMs(gaps[Math.floor(gaps.length * 0.95)] ?? 0)} of the slowest twentieth`,
    `${late} later than 50 ms, ${longTasks} long tasks`,
  ].join(', ');
}

/** Scrolls a piece with every frame; gives the time between frames. As text: tests know no window. */
function scroll(page: Page): Promise<{ readonly gaps: number[]; readonly longTasks: number }> {
  return page.evaluate(`new Promise((done) => {
    let longTasks = 0;
    new PerformanceObserver((list) => { longTasks += list.getEntries().length; })
      .observe({ entryTypes: ['longtask'] });
    const gaps = [];
    let last = performance.now();
    const step = (now) => {
      gaps.push(now - last);
      last = now;
      scrollBy(0, ${STEP_PIXELS});
      if (gaps.length < ${FRAMES}) requestAnimationFrame(step);
      else setTimeout(() => { done({ gaps, longTasks }); }, 0);
    };
    requestAnimationFrame(step);
  })`);
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  return `${inMs(median(sorted))}, at best ${inMs(sorted[0] ?? 0)}`;
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function inMs(value: number): string {
  return `${Math.round(value)} ms`;
}
