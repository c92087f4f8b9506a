// What the page costs its reader on this machine: how long until one can type in the editor over the whole
// graph, and how a report of a thousand records scrolls. Figures to read, not limits to assert.
import type { Page } from 'playwright-core';
import type { Playground } from './open-playground.ts';
import { importSampleRecords, MANY, MANY_CODE } from './pages/sample-records.ts';

const VISITS = 5;
const FRAMES = 300;
const STEP_PIXELS = 120;

/** Measures; one line for each figure. */
export async function measurePage(playground: Playground): Promise<readonly string[]> {
  await importSampleRecords(playground.graph);
  return [await measureTyping(playground), await measureScrolling(playground)];
}

async function measureTyping({ visit }: Playground): Promise<string> {
  const times: number[] = [];
  for (let at = 0; at < VISITS; at += 1) {
    const { page, leave } = await visit({ as: 'agency' });
    await page.locator('.query-text textarea').first().waitFor();
    times.push(await page.evaluate<number>('performance.now()'));
    await leave();
  }
  times.sort((a, b) => a - b);
  const [least = 0] = times;
  return `ready to type: ${inMs(median(times))} after navigation, ${inMs(least)} at best of ${VISITS}, nothing cached`;
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

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function inMs(value: number): string {
  return `${Math.round(value)} ms`;
}
