// The access pages in a browser: an application from its first line to the grant and its end, and a
// consent that is given and taken back.
import assert from 'node:assert/strict';
import { suite } from 'node:test';
import type { Page } from 'playwright-core';
import { en } from '../../../playground/page/texts/en.ts';
import { zh } from '../../../playground/page/texts/zh.ts';
import { CODE } from '../../graph-under-test.ts';
import type { Playground } from '../open-playground.ts';
import { HOSTILE } from './sample-records.ts';
import { testLooks, type PageTest } from './visiting.ts';

const APPLY = `/access/apply?subject=${CODE}&fields=ConstructionTender.bids&purpose=CREDIT_DECISION`;
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
    'an application is sent, refused without its reason, narrowed, approved, and its grant revoked',
    { path: APPLY, as: 'agency' },
    async (page, playground) => {
      // What others will read stands in the page of the reviewers as it was written.
      await page.getByLabel('Legal basis').fill(HOSTILE.markup);
      await page.getByLabel('Case reference').fill('2026-17');
      await page.getByRole('button', { name: 'Send the application' }).click();
      await page.getByText('The application has been sent.').waitFor();
      await page.getByRole('link', { name: 'See it under Mine' }).click();
      await page.getByText('Waiting for a reviewer').first().waitFor();
      await decide(playground, REVIEWERS[0], 'NARROW', 'Waiting for a second reviewer');
      await decide(playground, REVIEWERS[1], 'APPROVE', 'Approved');
      await page.reload();
      const grants = page
        .getByRole('region')
        .or(page.locator('section'))
        .filter({ hasText: 'Special grants' });
      await grants.getByText('Live').first().waitFor();
      await grants
        .getByText(/^History/)
        .first()
        .click();
      await page.getByRole('button', { name: 'Revoke' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Reason').fill('the case is closed');
      await dialog.getByRole('button', { name: 'Revoke the grant' }).click();
      await page.getByText('Revoked').first().waitFor();
      assert.equal(await page.evaluate('globalThis.attacked'), undefined);
    },
  );
}

async function decide(
  playground: Playground,
  as: string,
  decision: 'APPROVE' | 'NARROW',
  outcome: string,
): Promise<void> {
  const { page, leave } = await playground.visit({ path: '/access/review', as });
  await page.getByRole('button', { name: 'Decide' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Decision').selectOption(decision);
  if (decision === 'NARROW') await dialog.getByLabel(/Last day/).fill(dayFromNow(30));
  await dialog.getByLabel('Reason').fill('as the law has it');
  await dialog.getByRole('button', { name: /^Approve/ }).click();
  await page.getByText(`Decided: the application is now “${outcome}”.`).waitFor();
  assert.equal(await page.evaluate('globalThis.attacked'), undefined);
  await leave();
}

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

function testConsent(browserTest: PageTest): void {
  browserTest(
    'a consent is refused with the reason, given, seen by who holds it, and withdrawn',
    { path: '/access/consent', as: 'enterprise' },
    async (page, playground) => {
      await page.getByLabel('Organisation').fill('agency-south');
      await page.getByRole('checkbox', { name: 'Courts' }).check();
      await page.getByLabel('Last day').fill('2020-01-01');
      await noValidation(page);
      await page.getByRole('button', { name: 'Give consent' }).click();
      await page.getByRole('alert').getByText('BAD_USER_INPUT').waitFor();
      await page.getByLabel('Last day').fill(dayFromNow(30));
      await page.getByRole('button', { name: 'Give consent' }).click();
      await page.getByText('The consent has been given.').waitFor();
      const holder = await playground.visit({ path: '/access', as: 'agency-other' });
      await holder.page.getByText('agency-south').first().waitFor();
      await holder.page.getByText('Live').first().waitFor();
      assert.equal(await holder.page.getByRole('button', { name: 'Withdraw' }).count(), 0);
      await holder.leave();
      await page.getByRole('link', { name: 'See it under Mine' }).click();
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
