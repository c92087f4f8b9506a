// The editor in front of what attacks it: a record, a schema and an answer of somebody who wants its
// reader's browser to run something, or to ask somebody else for it.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { NO_CHROMIUM, type Playground } from '../open-playground.ts';
import {
  answerOf,
  editorTestOf,
  openPanel,
  panelOf,
  run,
  untilEditor,
  write,
} from './edit-query.ts';
import { HOSTILE, HOSTILE_CODE } from './sample-records.ts';
import type { PageTest } from './visiting.ts';

/** A description as no sector may write it: Markdown and HTML at their worst. */
const DESCRIPTION = [
  'Begins.',
  HOSTILE.markup,
  `[press](${HOSTILE.address})`,
  `<a href="${HOSTILE.address}">press</a>`,
  '![see](https://attacker.example/p.png)',
  '[take](command:credit-graph.apply?%5B%22%2F%2Fattacker.example%22%5D)',
  'Ends.',
].join('\n\n');

const PICTURE = '//attacker.example/p.png';

/** Tests it. @param playground null where there is no browser */
export function testHostileEditor(browserTest: PageTest, playground: Playground | null): void {
  suite('the editor under attack', () => {
    editorTestOf(browserTest)(
      'shows the texts of records as they are',
      { as: 'government-tax' },
      async (page) => {
        await write(
          page,
          `{ subject(code: "${HOSTILE_CODE}") { name tax { penalties { nodes { facts } } } } }`,
        );
        await run(page);
        await assertAnswered(page, HOSTILE.markup);
        await assertAnswered(page, HOSTILE.address);
        await assertUnharmed(page);
      },
    );
    test('shows a hostile schema, refusal and answer as text, and asks nobody else', async (t) => {
      if (playground === null) {
        t.skip(NO_CHROMIUM);
        return;
      }
      const { page, leave } = await playground.visit({ path: '/access/nowhere', as: 'agency' });
      await page.getByText('agency-north').waitFor();
      await page.route('**/graphql', answerHostilely);
      await page.evaluate("history.pushState(null, '', '/')");
      await untilEditor(page);
      await meetSchema(page);
      await meetDecision(page);
      await meetAnswer(page);
      await leave();
    });
  });
}

async function meetSchema(page: Page): Promise<void> {
  await write(page, '{ me { tier } }');
  await openPanel(page, 'Schema');
  const panel = panelOf(page);
  await panel.getByText('Ends.').filter({ visible: true }).first().waitFor();
  await panel.getByText('Query', { exact: true }).first().click();
  await panel.getByText('me', { exact: true }).first().click();
  await panel.getByText('Ends.').filter({ visible: true }).first().waitFor();
  await assertUnharmed(page);
  await openPanel(page, 'Build');
  await panel.locator('[data-field-name="organisation"]').waitFor();
  await assertUnharmed(page);
  await page.locator('.query-text').getByText('tier').hover();
  await page.locator('.monaco-hover').getByText('Ends.').first().waitFor();
  await assertUnharmed(page);
  await write(page, '{ me { ti');
  await page.keyboard.press('ControlOrMeta+Space');
  const row = page.locator('.suggest-widget .monaco-list-row').first();
  await row.locator('.label-name').getByText('tier').waitFor();
  await page.keyboard.press('ControlOrMeta+Space');
  await page.locator('.suggest-details').getByText('Ends.').first().waitFor();
  await assertUnharmed(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
}

async function meetDecision(page: Page): Promise<void> {
  await write(page, '{ me { tier } }');
  await openPanel(page, 'Authority');
  const panel = panelOf(page);
  await panel.getByText(HOSTILE.markup).first().waitFor();
  await page.locator('.query-text .field-refused').first().hover();
  await page.locator('.monaco-hover').getByText(HOSTILE.template).first().waitFor();
  await assertUnharmed(page);
  await write(page, '{ me { tiger } }');
  await panel.getByRole('alert').getByText(HOSTILE.markup).first().waitFor();
  await assertUnharmed(page);
}

async function meetAnswer(page: Page): Promise<void> {
  await write(page, '{ me { organisation } }');
  await run(page);
  await assertAnswered(page, HOSTILE.markup);
  const picture = page.locator('.answer-text').getByText(PICTURE);
  await picture.hover();
  // As long as GraphiQL waits before it fetches the picture that a text names.
  await page.waitForTimeout(PICTURE_PAUSE_MS);
  await assertUnharmed(page);
  await openPanel(page, 'Plan');
  await panelOf(page).getByText(HOSTILE.markup).first().waitFor();
  await assertUnharmed(page);
  await openPanel(page, 'History');
  await assertUnharmed(page);
}

const PICTURE_PAUSE_MS = 1_200;

/** The answer holds a text as it is; its lines are broken where the pane ends, and drawn after it came. */
async function assertAnswered(page: Page, text: string): Promise<void> {
  const wanted = JSON.stringify(text).replace(/\s/g, '');
  let answer = '';
  for (let attempt = 0; attempt < DRAWN_ATTEMPTS; attempt += 1) {
    answer = (await answerOf(page)).replace(/\s/g, '');
    if (answer.includes(wanted)) return;
    await page.waitForTimeout(DRAWN_STEP_MS);
  }
  assert.fail(answer);
}

const DRAWN_ATTEMPTS = 100;
const DRAWN_STEP_MS = 100;

/** Nothing has run, and nothing stands there that would at a touch. */
async function assertUnharmed(page: Page): Promise<void> {
  assert.equal(await page.evaluate('globalThis.attacked'), undefined);
  const found = await page.evaluate<string[]>(`[...document.querySelectorAll(
    '#root script, #root iframe, [onerror], img:not([src="/icon.svg"]), a[href^="javascript:" i], a[data-href^="command:"]'
  )].map((element) => element.outerHTML)`);
  assert.deepEqual(found, []);
}

/** Stands in for a gateway that is somebody else's by now. */
async function answerHostilely(route: Route): Promise<void> {
  const asked = route.request().postData() ?? '';
  if (asked.includes('IntrospectionQuery')) {
    const text = await (await route.fetch()).text();
    const json = JSON.stringify(JSON.parse(text), (key, value: unknown) =>
      key === 'description' ? DESCRIPTION : value,
    );
    await route.fulfill({ json: JSON.parse(json) as object });
  } else if (asked.includes('tiger')) await route.fulfill({ json: { errors: [ERROR] } });
  else if (asked.includes('query Explain')) await route.fulfill({ json: DECISION });
  else if (asked.includes('organisation }')) await route.fulfill({ json: ANSWER });
  else await route.continue();
}

const ERROR = {
  message: HOSTILE.markup,
  locations: [{ line: 1, column: 1 }],
  extensions: { code: HOSTILE.markup, hint: `[press](${HOSTILE.address})` },
};

const DECISION = {
  data: {
    explain: {
      decision: 'REFUSED',
      fields: ['me', 'tier'].map((name, at) => ({
        path: at === 0 ? ['me'] : ['me', name],
        coordinate: `${HOSTILE.markup} ${HOSTILE.template}`,
        decidedBy: HOSTILE.markup,
        decision: 'REFUSED',
        class: 'GOVERNMENT',
        sectors: [HOSTILE.markup, '[take](command:credit-graph.apply)'],
        rule: 'DUTY_MISSING',
      })),
    },
  },
};

const ANSWER = {
  data: { me: { organisation: HOSTILE.markup, address: HOSTILE.address } },
  // First, where it is in view.
  errors: [{ message: PICTURE, extensions: {} }, ERROR],
  extensions: {
    plan: {
      kind: 'fetch',
      sector: HOSTILE.markup,
      path: [HOSTILE.markup],
      operation: HOSTILE.markup,
      subjects: 1,
      startedMs: 0,
      durationMs: 1,
      bytes: 1,
    },
  },
};
