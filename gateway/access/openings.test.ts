// The lookups that decisions rest on: their cost, and that they agree with what was given and taken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool } from '../../subgraphs/kit/database/pool.ts';
import { makeCreditCode } from '../../subgraphs/kit/values/credit-code.ts';
import type { Run } from './access-database.ts';
import { readHoldings } from './openings.ts';
import { createStandingLookups } from './standing-lookups.ts';
import {
  CONSENT,
  CONSENT_INPUT,
  grant,
  inquiryOf,
  itemOf,
  openAccessUnderTest,
  SECTORS,
  SUBJECT,
} from './test/access-under-test.ts';

const TODAY = '2026-11-23';
const CODES = Array.from({ length: 100 }, (_, at) =>
  makeCreditCode('9', '1', '990101', `MA7K${String(1_000 + at)}`),
);

/** Runs statements through a pool and keeps them with their plans. */
function explaining(pool: Pool): { run: Run; plans: string[]; statements: () => number } {
  const plans: string[] = [];
  let statements = 0;
  const run: Run = async (statement, values) => {
    statements += 1;
    const bound = statement.params.map((name) => values[name]);
    const explained = await pool.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, timing off) ${statement.text}`,
      bound,
    );
    plans.push(explained.rows.map((row) => row['QUERY PLAN']).join('\n'));
    return (await pool.query(statement.text, bound)).rows;
  };
  return { run, plans, statements: () => statements };
}

/** Openings of many organisations on many subjects; the agency has some on each, and many more. */
async function fill(pool: Pool): Promise<void> {
  const insert = `insert into access_openings
     (subject_code, organisation, purpose, sector, kind, item_id, until, fields)
     select c.code, 'org:' || o.name, 'CREDIT_REPORT', s.sector, 'CONSENT',
       md5(c.code || o.name || s.sector), '2027-01-01', '{}' from`;
  await pool.query(
    `${insert} unnest($1::text[]) as c(code)
     cross join (select 'agency' as name union all
       select 'other-' || n from generate_series(1, 100) as n) as o
     cross join unnest(array['tax', 'courts']) as s(sector)`,
    [CODES],
  );
  await pool.query(
    `${insert} (select 'else-' || n as code from generate_series(1, 5000) as n) as c
     cross join (select 'agency' as name) as o
     cross join unnest(array['tax', 'courts']) as s(sector)`,
  );
  await pool.query('analyze access_openings');
}

test('reads standing on a hundred subjects by one statement over the index of the subject', async (t) => {
  const { pool } = await openAccessUnderTest(t);
  await fill(pool);
  const { run, plans, statements } = explaining(pool);
  const standing = await createStandingLookups(run, () => TODAY)(inquiryOf('agency'), CODES);
  assert.equal(statements(), 1);
  assert.equal(standing.get('tax')?.length, 100);
  assert.match(plans[0] ?? '', /Index.*access_openings_pkey/);
  assert.doesNotMatch(plans[0] ?? '', /Seq Scan on access_openings/);
});

test('plans the look-up of standing once for all callers and subjects', async (t) => {
  const { pool } = await openAccessUnderTest(t);
  await fill(pool);
  const session = await pool.connect();
  try {
    const run: Run = async ({ name, text, params }, values) =>
      (await session.query({ name, text, values: params.map((param) => values[param]) })).rows;
    const lookUp = createStandingLookups(run, () => TODAY);
    for (const code of CODES.slice(0, 20)) await lookUp(inquiryOf('agency'), [code]);
    const { rows } = await session.query<{ generic: number; custom: number }>(
      'select generic_plans as generic, custom_plans as custom from pg_prepared_statements',
    );
    // The server tries five times what planning for the values would gain.
    assert.deepEqual(rows, [{ generic: 15, custom: 5 }]);
  } finally {
    session.release();
  }
});

test('reads what is held in each sector by one statement, a row of the index each', async (t) => {
  const { pool } = await openAccessUnderTest(t);
  await fill(pool);
  const { run, plans, statements } = explaining(pool);
  const holdings = await readHoldings(run, inquiryOf('agency'), new Set(SECTORS), TODAY);
  assert.equal(statements(), 1);
  assert.deepEqual([...holdings.consents].sort(), ['courts', 'tax']);
  assert.equal(holdings.grants.size, 0);
  assert.match(plans[0] ?? '', /access_openings_held/);
  assert.doesNotMatch(plans[0] ?? '', /Seq Scan on access_openings/);
});

test('asks nothing of the database for who can have no standing', async (t) => {
  const { pool } = await openAccessUnderTest(t);
  const { run, statements } = explaining(pool);
  const lookUp = createStandingLookups(run, () => TODAY);
  for (const [who, purpose] of [
    ['anonymous', 'CREDIT_REPORT'],
    ['agency', null],
    ['agency', 'AUDIT'],
  ] as const) {
    assert.equal((await lookUp(inquiryOf(who, purpose), CODES)).size, 0);
    await readHoldings(run, inquiryOf(who, purpose), new Set(SECTORS), TODAY);
  }
  const agency = inquiryOf('agency');
  const principal = { ...agency.principal, organisation: 'org:agency\u0000' };
  assert.equal((await lookUp({ ...agency, principal }, CODES)).size, 0);
  assert.equal((await lookUp(agency, [])).size, 0);
  assert.equal((await lookUp(agency, ['none'])).size, 0);
  assert.equal(statements(), 0);
});

test('takes one consent a sector, that which ends last, and every grant', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask, replicas } = access;
  const ids: string[] = [];
  for (const until of ['2026-12-31', '2027-06-30', '2027-01-31']) {
    const input = { ...CONSENT_INPUT, until };
    ids.push(itemOf(await ask('enterprise', CONSENT, { input }), 'giveConsent').id);
  }
  const grants = [await grant(access), await grant(access, { caseReference: 'CASE-2' })];
  const standing = await replicas[0].standing(inquiryOf('agency'), [SUBJECT]);
  const inTax = standing.get('tax') ?? [];
  const [consent, ...others] = inTax.filter((one) => one.kind === 'CONSENT');
  assert.deepEqual([consent?.id, others.length], [ids[1], 0]);
  const granted = inTax.filter((one) => one.kind === 'GRANT').map((one) => one.id);
  assert.deepEqual(granted.sort(), grants.sort());
  assert.equal(standing.get('courts')?.length, 1);
});

test('holds exactly what consents and grants hold, after any moves', async (t) => {
  const access = await openAccessUnderTest(t);
  const { ask, pool } = access;
  const reason = 'x';
  const revoke =
    'mutation ($id: ID!, $reason: String!) { revokeGrant(id: $id, reason: $reason) { id } }';
  const withdraw = 'mutation ($id: ID!) { withdrawConsent(id: $id) { id } }';
  for (let at = 0; at < 4; at++) {
    const id = await grant(access, { caseReference: `CASE-${at}` });
    if (at % 2 === 0) itemOf(await ask('reviewer', revoke, { id, reason }), 'revokeGrant');
    const input = { ...CONSENT_INPUT, until: `2027-0${at + 1}-01` };
    const consent = itemOf(await ask('enterprise', CONSENT, { input }), 'giveConsent');
    if (at % 2 === 1) itemOf(await ask('enterprise', withdraw, consent), 'withdrawConsent');
  }
  const { rows } = await pool.query<{ held: string; open: string }>(
    `select
       (select string_agg(t, ';' order by t) from (
         select concat_ws('|', subject_code, organisation, purpose, s, 'CONSENT', id, until) as t
           from access_consents, unnest(sectors) as s where withdrawn_at is null
         union all
         select concat_ws('|', subject_code, organisation, purpose, sector, 'GRANT', id, until)
           from access_grants where revoked_at is null) as held) as held,
       (select string_agg(t, ';' order by t) from (
         select concat_ws('|', subject_code, organisation, purpose, sector, kind, item_id, until)
           as t from access_openings) as open) as open`,
  );
  assert.ok(rows[0]?.held);
  assert.equal(rows[0].open, rows[0].held);
});
