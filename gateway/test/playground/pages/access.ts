// The access pages in a browser: an application from its first line to the grant and its end, and a
// consent that is given and taken back.
import assert from 'node:assert/strict';
import { suite } from 'node:test';
import type { Page } from 'playwright-core';
import { en } from '../../../playground/page/texts/en.ts';
import { zh } from '../../../playground/page/texts/zh.ts';
import { CODE } from '../../graph-under-test.ts';
import { assertNoBarriers } from '../find-barriers.ts';
import { goTo } from '../shared-pages.ts';
import { HOSTILE } from './sample-records.ts';
import { testLooks, type PageTest } from './visiting.ts';

const APPLY = `/access/apply?subject=${CODE}&fields=ConstructionTender.bids&purpose=CREDIT_DECISION`;
const REASON = 'as the law has it';
const REVIEWERS = ['reviewer-construction', 'reviewer-construction-second'] as const;

/** Tests the access pages. */
export function testAccess(browserTest: PageTest): void {
  suite('access', () => {
    testApplication(browserTest);
    testConsent(browserTest);
    browserTest('belongs to an organisation', { path: '/access' }, async (page) => {
      await page.getByText(en.access.nobody).waitFor();
    });
    browserTest(
      'offers no queue to who reviews nothing',
      { path: '/access/review', as: 'agency' },
      async (page) => {
        await page.getByText(en.access.notYours).waitFor();
      },
    );
    const look = { name: 'the application', path: APPLY, as: 'agency' };
    testLooks(browserTest, look, async (page, language) => {
      const words = language === 'zh' ? zh : en;
      await page.getByRole('button', { name: words.access.apply.send }).waitFor();
    });
  });
}

function testApplication(browserTest: PageTest): void {
  browserTest(
    'an application is sent, narrowed, approved, and its grant revoked',
    { path: APPLY, as: 'agency' },
    async (page) => {
      // What others will read stands in the page of the reviewers as it was written.
      await apply(page, HOSTILE.markup);
      await assertNoBarriers(page, 'applications');
      await decide(page, REVIEWERS[0], 'NARROW', 'Waiting for a second reviewer');
      await decide(page, REVIEWERS[1], 'APPROVE', 'Approved');
      await become(page, 'agency', '/access');
      const grants = page
        .getByRole('region')
        .or(page.locator('section'))
        .filter({ hasText: 'Special grants' });
      await grants.getByText('Live').first().waitFor();
      await grants
        .getByText(/^History/)
        .first()
        .click();
      await assertNoBarriers(page, 'grants');
      await page.getByRole('button', { name: 'Revoke' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Reason').fill('the case is closed');
      await dialog.getByRole('button', { name: 'Revoke the grant' }).click();
      await page.getByText('Revoked').first().waitFor();
      assert.equal(await page.evaluate('globalThis.attacked'), undefined);
    },
  );

  browserTest(
    'an application is refused, and the reason is told',
    { path: APPLY, as: 'agency', theme: 'dark' },
    async (page) => {
      await apply(page, '《征信业管理条例》第十六条');
      await assertNoBarriers(page, 'applications, in the dark');
      await decide(page, REVIEWERS[0], 'REFUSE', 'Refused');
      await become(page, 'agency', '/access');
      const refused = page.getByRole('article').filter({ hasText: 'Refused' }).first();
      await refused.getByText(/^History/).click();
      await refused.getByText(REASON).waitFor();
    },
  );
}

async function apply(page: Page, legalBasis: string): Promise<void> {
  await page.getByLabel('Legal basis').fill(legalBasis);
  await page.locator('main').getByLabel('Case reference').fill('2026-17');
  await page.getByRole('button', { name: 'Send the application' }).click();
  await page.getByText('The application has been sent.').waitFor();
  await page.getByRole('link', { name: 'See it under Mine' }).click();
  await page.getByText('Waiting for a reviewer').first().waitFor();
}

/** Signs in as somebody else, and goes there. */
async function become(page: Page, as: string, path: string): Promise<void> {
  await page.getByLabel('Asking as').selectOption(as);
  await goTo(page, path);
}

async function decide(
  page: Page,
  as: string,
  decision: 'APPROVE' | 'NARROW' | 'REFUSE',
  outcome: string,
): Promise<void> {
  await become(page, as, '/access/review');
  const start = page.getByRole('button', { name: 'Decide' }).first();
  await start.waitFor();
  if (decision !== 'APPROVE') await assertNoBarriers(page, 'the queue');
  await start.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Decision').selectOption(decision);
  if (decision === 'NARROW') await dialog.getByLabel(/Last day/).fill(dayFromNow(30));
  await dialog.getByLabel('Reason').fill(REASON);
  if (decision !== 'APPROVE') await assertNoBarriers(page, 'the decision', 'dialog[open]');
  await dialog.getByRole('button', { name: /^(Approve|Refuse)/ }).click();
  await page.getByText(`Decided: the application is now “${outcome}”.`).waitFor();
  assert.equal(await page.evaluate('globalThis.attacked'), undefined);
}

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

function testConsent(browserTest: PageTest): void {
  browserTest(
    'a consent is refused with the reason, given, seen by who holds it, and withdrawn',
    { path: '/access/consent', as: 'enterprise', theme: 'dark' },
    async (page) => {
      await page.getByLabel('Organisation').fill('agency-south');
      await page.getByRole('checkbox', { name: 'Courts' }).check();
      await page.getByLabel('Last day').fill('2020-01-01');
      await noValidation(page);
      await page.getByRole('button', { name: 'Give consent' }).click();
      await page.getByRole('alert').getByText('BAD_USER_INPUT').waitFor();
      await page.getByLabel('Last day').fill(dayFromNow(30));
      await page.getByRole('button', { name: 'Give consent' }).click();
      await page.getByText('The consent has been given.').waitFor();
      await become(page, 'agency-other', '/access');
      await page.getByText('agency-south').first().waitFor();
      await page.getByText('Live').first().waitFor();
      assert.equal(await page.getByRole('button', { name: 'Withdraw' }).count(), 0);
      await become(page, 'enterprise', '/access');
      await page.getByRole('button', { name: 'Withdraw' }).first().waitFor();
      await assertNoBarriers(page, 'consents');
      await page.getByRole('button', { name: 'Withdraw' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Withdraw the consent' }).click();
      await page.getByText('Withdrawn').first().waitFor();
    },
  );
}

/** The browser would keep the form back; the graph is to say why it does not take the day. */
async function noValidation(page: Page): Promise<void> {
  await page.evaluate("document.querySelector('main form').noValidate = true");
}
