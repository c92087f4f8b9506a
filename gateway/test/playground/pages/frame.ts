// What holds for every page: words, weight, sign-in, language, theme, keyboard, narrow screens.
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TFunction } from 'i18next';
import { ERROR_CODES } from '../../../../subgraphs/kit/errors.ts';
import { findPage } from '../../../playground/build-page.ts';
import { en } from '../../../playground/page/texts/en.ts';
import { problemWords } from '../../../playground/page/texts/problem-words.ts';
import { zh } from '../../../playground/page/texts/zh.ts';
import { problems } from '../../../playground/page/texts/zh/problems.ts';
import { assertNoBarriers } from '../find-barriers.ts';
import { NO_CHROMIUM, type Playground } from '../open-playground.ts';
import { NOWHERE } from '../shared-pages.ts';
import { assertFits, CHINESE_NARROW, type PageTest } from './visiting.ts';

const FIRST_LOAD_BYTES_MAX = 700 * 1_024;
const NARROW = { width: 360, height: 740 };

/** Tests the frame. @param playground null where there is no browser */
export function testFrame(browserTest: PageTest, playground: Playground | null): void {
  suite('the frame', () => {
    testWords();
    testWeight(playground);
    testCallers(browserTest);
    testCredentials(browserTest, playground);
    testPreferences(playground);
    testAddresses(browserTest, playground);
    for (const [look, visit] of [
      ['in English', { viewport: NARROW }],
      ['in Chinese', CHINESE_NARROW],
    ] as const) {
      browserTest(
        `has no barrier ${look}, at 360 px`,
        { ...visit, path: NOWHERE, as: 'agency' },
        async (page) => {
          const summary = page.getByRole('button', { expanded: false }).first();
          await summary.click();
          await page.getByText('agency-north').waitFor();
          await assertNoBarriers(page);
          await assertFits(page);
        },
      );
    }
  });
}

function testWords(): void {
  test('says everything in English and in Chinese, with the same values in it', () => {
    const [english, chinese] = [flatten(en), flatten(zh)];
    assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
    const valuesOf = (text = ''): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
    for (const [key, text] of Object.entries(english)) {
      assert.notEqual(chinese[key]?.trim(), '', key);
      assert.deepEqual(valuesOf(chinese[key]), valuesOf(text), key);
    }
  });

  test('writes Chinese with full-width marks, and without blanks between its characters', () => {
    const halfWidth = /[(),:;](?=\p{Script=Han})|(?<=\p{Script=Han})[(),:;?!]/u;
    const blank = /\p{Script=Han} +\p{Script=Han}/u;
    for (const [key, text] of Object.entries(flatten({ ...zh, problems }))) {
      // What a value stands for may be Chinese as well.
      const filled = text.replaceAll(/\{\{\w+\}\}/g, '');
      for (const said of [text, filled]) assert.doesNotMatch(said, halfWidth, key);
      assert.doesNotMatch(text, blank, key);
    }
  });

  test('says in Chinese what each error means, and keeps what the graph wrote', () => {
    const t = ((key: string, values: object) => `${key} ${JSON.stringify(values)}`) as TFunction;
    for (const code of Object.keys(ERROR_CODES)) {
      const error = { message: 'What is wrong.', extensions: { code, hint: 'What to do.' } };
      const { message, hint, original } = problemWords(error, t, 'zh-CN');
      assert.match(`${message}${hint ?? ''}`, /^\p{Script=Han}/u, code);
      assert.equal(original, 'What is wrong. What to do.');
      const inEnglish = { message: 'What is wrong.', hint: 'What to do.', original: null };
      assert.deepEqual(problemWords(error, t, 'en'), inEnglish);
    }
    const refusal = {
      message: 'You may not see TaxCreditRating.score: it needs AUTHORISED.',
      extensions: {
        code: 'UNAUTHORIZED_FIELD_OR_TYPE',
        coordinate: 'TaxCreditRating.score',
        class: 'AUTHORISED',
        sector: 'tax',
      },
    };
    assert.match(problemWords(refusal, t, 'zh').message, /"coordinate":"TaxCreditRating.score"/);
    assert.match(problemWords(refusal, t, 'zh').hint ?? '', /^authority\.way\.AUTHORISED/);
    const foreign = { message: 'From elsewhere.', extensions: { code: 'toString' } };
    assert.equal(problemWords(foreign, t, 'zh').message, 'From elsewhere.');
  });
}

/** The texts of a language by key, `layout.skip` and the like. */
function flatten(texts: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[prefix + key, value]]
        : Object.entries(flatten(value as object, `${prefix}${key}.`)),
    ),
  );
}

function testWeight(playground: Playground | null): void {
  test('loads 700 KB or less, compressed, before the editor', async (t) => {
    if (playground === null) {
      t.skip('the page is built where there is a browser to show it');
      return;
    }
    const directory = (await findPage()) ?? assert.fail('the page is built');
    const text = await readFile(join(directory, '.vite/manifest.json'), 'utf8');
    const manifest = JSON.parse(text) as Record<
      string,
      { readonly file: string; readonly imports?: string[]; readonly css?: string[] }
    >;
    const files = new Set<string>();
    const add = (name: string): void => {
      const { file, imports = [], css = [] } = manifest[name] ?? assert.fail(`${name} is missing`);
      if (files.has(file)) return;
      for (const part of [file, ...css]) files.add(part);
      imports.forEach(add);
    };
    add('index.html');
    const sizes = await Promise.all(
      [...files, 'index.html'].map(
        async (file) => (await stat(join(directory, `${file}.br`))).size,
      ),
    );
    const bytes = sizes.reduce((sum, size) => sum + size);
    t.diagnostic(`${bytes} bytes in ${sizes.length} files`);
    assert.ok(bytes <= FIRST_LOAD_BYTES_MAX, `${bytes} bytes`);
    assert.ok([...files].every((file) => !/monaco|editor/.test(file)));
  });
}

function testCallers(browserTest: PageTest): void {
  browserTest(
    'switches between ready callers, and shows what each is',
    { path: NOWHERE },
    async (page) => {
      const who = page.getByLabel('Asking as');
      const standing = page.getByRole('region', { name: 'Who asks, and why' });
      await who.selectOption('agency');
      await standing.getByText('agency-north').waitFor();
      assert.equal(await page.getByLabel('Purpose').inputValue(), 'CREDIT_REPORT');
      await standing.getByText(/^Token: /).waitFor();
      await who.selectOption('government-tax');
      await standing.getByText('duty in Tax').waitFor();
      assert.equal(await page.getByLabel('Purpose').inputValue(), 'SUPERVISION');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await standing.getByText('anonymous', { exact: true }).waitFor();
      assert.equal(await page.getByLabel('Purpose').inputValue(), '');
    },
  );

  browserTest('says who asks in one row', { path: NOWHERE, as: 'government-tax' }, async (page) => {
    await page.getByText('duty in Tax').waitFor();
    await page.getByText(/^Token: /).waitFor();
    const tops = await page.evaluate<number[]>(
      '[...document.querySelectorAll(".inquiry-parts > *")].map((part) => part.getBoundingClientRect()).map(({ top, bottom }) => Math.round((top + bottom) / 2))',
    );
    assert.ok(Math.max(...tops) - Math.min(...tops) < 8, tops.join());
    assert.equal(await page.getByRole('button', { name: 'Sign in' }).count(), 0);
  });
}

function testCredentials(browserTest: PageTest, playground: Playground | null): void {
  browserTest(
    'keeps a token nowhere but in memory',
    { path: NOWHERE, as: 'agency' },
    async (page) => {
      await page.getByText('agency-north').waitFor();
      const kept = await page.evaluate(
        '[...Object.values({ ...localStorage }), ...Object.values({ ...sessionStorage }), document.cookie].join("\\n")',
      );
      assert.doesNotMatch(String(kept), /eyJ/);
    },
  );

  browserTest(
    'takes a pasted token, and says what is wrong with one',
    { path: NOWHERE },
    async (page, { graph }) => {
      const { authorization } = await graph.bearer('auditor');
      await page.getByRole('button', { name: 'Sign in' }).click();
      const dialog = page.getByRole('dialog', { name: 'Sign in' });
      const token = dialog.getByLabel('Access token');
      const width = async (): Promise<number> => (await token.boundingBox())?.width ?? 0;
      assert.ok((await width()) > 400, 'wide enough for a token');
      await token.fill('not a token');
      await dialog.getByRole('button', { name: 'Use this token' }).click();
      await dialog.getByText('This is not a token').waitFor();
      await token.fill(authorization);
      await dialog.getByRole('button', { name: 'Use this token' }).click();
      await page.getByText('office-audit').waitFor();
      assert.equal(await page.getByLabel('Purpose').inputValue(), '', 'says itself why it asks');
    },
  );

  test('keeps who is signed in when a token is refused', async (t) => {
    if (playground === null) {
      t.skip(NO_CHROMIUM);
      return;
    }
    const { page, leave } = await playground.visit({
      path: NOWHERE,
      as: 'agency',
      isRefused: true,
    });
    await page.getByText('agency-north').waitFor();
    const { authorization } = await playground.graph.bearer('auditor');
    await page.getByLabel('Asking as').selectOption({ label: en.session.ownToken });
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    await dialog.getByLabel('Access token').fill(`${authorization.slice(0, -8)}AAAAAAAA`);
    await dialog.getByRole('button', { name: 'Use this token' }).click();
    await page.getByRole('alert').getByText('UNAUTHENTICATED').waitFor();
    assert.equal(await page.getByText('agency-north').count(), 1);
    await leave();
  });
}

function testPreferences(playground: Playground | null): void {
  test('speaks Chinese, in the dark, and still does after a reload', async (t) => {
    if (playground === null) {
      t.skip(NO_CHROMIUM);
      return;
    }
    const { page, leave } = await playground.visit({ path: NOWHERE, as: 'agency' });
    await page.getByLabel('Language').selectOption('zh');
    await page.getByLabel('主题').selectOption('dark');
    await page.reload();
    await page.getByLabel('查询身份').waitFor();
    await page.getByText('agency-north').waitFor();
    const root = page.locator('html');
    assert.equal(await root.getAttribute('lang'), 'zh-CN');
    assert.equal(await root.getAttribute('data-theme'), 'dark');
    await leave();
  });
}

function testAddresses(browserTest: PageTest, playground: Playground | null): void {
  test('answers a browser at no address with a page, others with an error', async (t) => {
    if (playground === null) {
      t.skip(NO_CHROMIUM);
      return;
    }
    const address = `${playground.origin}/no/such/page`;
    const page = await fetch(address, { headers: { accept: 'text/html,*/*;q=0.8' } });
    assert.equal(page.status, 404);
    assert.match(await page.text(), /<div id="root">/);
    assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self'/);
    const other = await fetch(address, { headers: { accept: '*/*' } });
    assert.equal(other.status, 404);
    assert.match(await other.text(), /NOT_FOUND/);
  });

  browserTest('goes past the frame by keyboard', { path: NOWHERE }, async (page) => {
    // Where the keyboard begins: at the top.
    await page.reload();
    await page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to the content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'main');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'To the query editor');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Query', exact: true }).waitFor();
    assert.equal(await page.evaluate('document.activeElement.id'), 'main');
  });
}
