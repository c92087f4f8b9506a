// Goal: requests that are under way at one moment share a statement, and nothing else: neither what
// another caller holds, nor what was read before they came.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Run } from './access-database.ts';
import { standingLoader } from './standing-loader.ts';
import { createStandingLookups, type LookUpStanding } from './standing-lookups.ts';
import {
  CONSENT,
  CONSENT_INPUT,
  grant,
  inquiryOf,
  itemOf,
  openAccessUnderTest,
  OTHER_SUBJECT,
  SUBJECT,
  type AccessUnderTest,
} from './test/access-under-test.ts';

const TODAY = '2026-11-23';

/** The look-ups of a replica that counts its statements and holds their rows back while told to. */
async function openLookups(t: TestContext): Promise<{
  access: AccessUnderTest;
  lookUp: LookUpStanding;
  statements: () => number;
  /** Statements whose rows have been read. */
  reads: () => number;
  holdRows: () => () => void;
}> {
  const access = await openAccessUnderTest(t);
  let statements = 0;
  let reads = 0;
  let held = Promise.resolve();
  const run: Run = async ({ text, params }, values) => {
    statements += 1;
    const until = held;
    const bound = params.map((name) => values[name]);
    const { rows } = await access.pool.query(text, bound);
    reads += 1;
    await until;
    return rows;
  };
  return {
    access,
    lookUp: createStandingLookups(run, () => TODAY),
    statements: () => statements,
    reads: () => reads,
    holdRows: () => {
      let letGo = (): void => undefined;
      held = new Promise((resolve) => {
        letGo = resolve;
      });
      return letGo;
    },
  };
}

test('asks for all requests of one moment in one statement, and gives each its own', async (t) => {
  const { access, lookUp, statements } = await openLookups(t);
  const consent = itemOf(
    await access.ask('enterprise', CONSENT, { input: CONSENT_INPUT }),
    'giveConsent',
  );
  const granted = await grant(access);
  const [agency, again, other, decision, office, elsewhere] = await Promise.all([
    lookUp(inquiryOf('agency'), [SUBJECT]),
    lookUp(inquiryOf('agencyColleague'), [OTHER_SUBJECT, SUBJECT]),
    lookUp(inquiryOf('agencyOther'), [SUBJECT]),
    lookUp(inquiryOf('agency', 'CREDIT_DECISION'), [SUBJECT]),
    lookUp(inquiryOf('reviewerAtAgency'), [SUBJECT]),
    lookUp(inquiryOf('agency'), [OTHER_SUBJECT]),
  ]);
  assert.equal(statements(), 1);
  const ids = (agency.get('tax') ?? []).map(({ kind, id, subject }) => [kind, id, subject]);
  assert.deepEqual(ids, [
    ['CONSENT', consent.id, SUBJECT],
    ['GRANT', granted, SUBJECT],
  ]);
  assert.deepEqual(again, agency);
  for (const one of [other, decision, office, elsewhere]) assert.equal(one.size, 0);
});

test('takes for a request nothing that was read before it came', async (t) => {
  const { access, lookUp, reads, holdRows } = await openLookups(t);
  const { id } = itemOf(
    await access.ask('enterprise', CONSENT, { input: CONSENT_INPUT }),
    'giveConsent',
  );
  const letGo = holdRows();
  const before = lookUp(inquiryOf('agency'), [SUBJECT]);
  while (reads() === 0) await new Promise((resolve) => setImmediate(resolve));
  const withdraw = 'mutation ($id: ID!) { withdrawConsent(id: $id) { id } }';
  itemOf(await access.ask('enterprise', withdraw, { id }), 'withdrawConsent');
  const after = lookUp(inquiryOf('agency'), [SUBJECT]);
  letGo();
  assert.equal((await before).size, 2);
  assert.equal((await after).size, 0);
});

test('fails for those alone that share the statement', async () => {
  let statements = 0;
  const run: Run = () => {
    statements += 1;
    return statements === 1 ? Promise.reject(new Error('gone')) : Promise.resolve([]);
  };
  const lookUp = createStandingLookups(run, () => TODAY);
  const both = [SUBJECT, OTHER_SUBJECT].map((code) => lookUp(inquiryOf('agency'), [code]));
  for (const one of await Promise.allSettled(both)) assert.equal(one.status, 'rejected');
  assert.equal((await lookUp(inquiryOf('agency'), [SUBJECT])).size, 0);
  assert.equal(statements, 2);
});

test('looks a subject up once for a request, whatever its fetches ask', async (t) => {
  const { access, lookUp, statements } = await openLookups(t);
  itemOf(await access.ask('enterprise', CONSENT, { input: CONSENT_INPUT }), 'giveConsent');
  const standingIn = standingLoader({ standing: lookUp }, inquiryOf('agency'));
  assert.deepEqual(await standingIn('registry', [SUBJECT]), []);
  const [tax, courts] = await Promise.all([
    standingIn('tax', [SUBJECT]),
    standingIn('courts', [SUBJECT]),
  ]);
  assert.deepEqual([tax.length, courts.length], [1, 1]);
  assert.equal(statements(), 1);
});
