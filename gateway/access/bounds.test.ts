// How much one organisation or subject can have open: nobody floods reviewers, or the tables that
// decisions read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  APPLICATION,
  APPLY,
  codeOf,
  CONSENT,
  CONSENT_INPUT,
  itemOf,
  openAccessUnderTest,
  SUBJECT,
} from './test/access-under-test.ts';

test('an organisation has 500 open applications at most; those that have ended do not count', async (t) => {
  const { ask, pool } = await openAccessUnderTest(t);
  const fill = (from: number, to: number, state: string, until: string): Promise<unknown> =>
    pool.query(
      `insert into access_applications (subject_code, id, sector, fields, until, standing_fields,
         standing_until, purpose, legal_basis, case_reference, organisation, applicant, applied_at,
         state, version, digest)
       select $1, md5(n::text), 'tax', '{}', $5, '{}', $5, 'CREDIT_REPORT', 'x', 'x', 'org:agency',
         'agency', now(), $4, 1, n::text from generate_series($2::int, $3::int) as n`,
      [SUBJECT, from, to, state, until],
    );
  await fill(1, 100, 'REFUSED', '2027-01-01');
  await fill(101, 200, 'PENDING', '2026-11-22');
  await fill(201, 699, 'AWAITING_SECOND', '2027-01-01');
  itemOf(await ask('agency', APPLY, { input: APPLICATION }), 'applyForAccess');
  const input = { ...APPLICATION, caseReference: 'ONE-MORE' };
  assert.equal(codeOf(await ask('agency', APPLY, { input })), 'BAD_USER_INPUT');
  itemOf(await ask('agencyOther', APPLY, { input }), 'applyForAccess');
  const { rows } = await pool.query(`select 1 from access_moves where kind = 'APPLY'`);
  assert.equal(rows.length, 2);
});

test('a subject has 1,000 consents at a time at most; those that have ended do not count', async (t) => {
  const { ask, pool } = await openAccessUnderTest(t);
  const fill = (from: number, to: number, until: string): Promise<unknown> =>
    pool.query(
      `insert into access_consents (subject_code, id, organisation, sectors, purpose, until,
         given_at, given_by)
       select $1, md5(n::text), 'org:' || n, '{tax}', 'CREDIT_REPORT', $4, now(), 'x'
       from generate_series($2::int, $3::int) as n`,
      [SUBJECT, from, to, until],
    );
  await fill(1, 100, '2026-11-22');
  await fill(101, 1_099, '2027-01-01');
  itemOf(await ask('enterprise', CONSENT, { input: CONSENT_INPUT }), 'giveConsent');
  const input = { ...CONSENT_INPUT, organisation: 'org:agency-other' };
  assert.equal(codeOf(await ask('enterprise', CONSENT, { input })), 'BAD_USER_INPUT');
  const { rows } = await pool.query(`select distinct organisation from access_openings`);
  assert.deepEqual(rows, [{ organisation: 'org:agency' }]);
});
