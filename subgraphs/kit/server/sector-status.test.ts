// What a sector says of what it holds: of the rows that the caller may see at large, to offices with duty
// and auditors alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sector } from '../../tax/sector.ts';
import { testInquiry, type TestCaller } from '../conformance/test-envelope.ts';
import { openTestSector, type TestSector } from '../conformance/test-sector.ts';
import { insertTaxRow, TODAY } from '../database/test-tax-rows.ts';

const CODE = '91990101MA7K3P2Q8J';
const OFFICE: TestCaller = {
  inquiry: testInquiry({ tier: 'GOVERNMENT', sectorsOfDuty: ['tax'] }, 'SUPERVISION'),
};
const OTHER_OFFICE: TestCaller = {
  inquiry: testInquiry({ tier: 'GOVERNMENT', sectorsOfDuty: ['courts'] }, 'SUPERVISION'),
};
const AGENCY: TestCaller = { inquiry: testInquiry({ tier: 'AGENCY' }) };
const AUDITOR: TestCaller = {
  inquiry: testInquiry({ tier: 'GOVERNMENT', roles: ['AUDITOR'] }, 'AUDIT'),
};

const STATUS = `{ taxStatus {
  lastImportAt oldestRetrievedAt nextDisplayDeadline records { type current displayed } } }`;

let tax: TestSector;

before(async () => {
  tax = await openTestSector(sector, { now: () => new Date(`${TODAY}T04:00:00Z`) });
});

after(() => tax.close());

test('says of an empty sector that it holds nothing and that nothing came in', async () => {
  const { data, errors } = await tax.query(STATUS, {}, OFFICE);
  assert.equal(errors, undefined);
  const { records, ...rest } = data.taxStatus;
  assert.deepEqual(rest, {
    lastImportAt: null,
    oldestRetrievedAt: null,
    nextDisplayDeadline: null,
  });
  assert.deepEqual(
    records,
    sector.tables.map(({ type }) => ({ type, current: 0, displayed: 0 })),
  );
});

test('counts the rows that the caller may see at large, each record once', async () => {
  const insert = (id: string, more: Readonly<Record<string, unknown>>): Promise<void> =>
    insertTaxRow(tax.pool, 'penalties', CODE, id, more);
  await insert('shown', { display_until: '2026-12-31', retrieved_at: '2025-05-01T00:00:00Z' });
  await insert('ends', { display_until: TODAY });
  await insert('over', { display_until: '2026-01-31' });
  await insert('repaired', { state: 'REPAIRED', retrieved_at: '2020-01-01T00:00:00Z' });
  await insert('deleted', { deletion_until: '2026-01-31', retrieved_at: '2019-01-01T00:00:00Z' });
  await insert('special', { disclosure_class: 'SPECIAL', retrieved_at: '2018-01-01T00:00:00Z' });
  await insert('before', { superseded_at: '2026-02-01T00:00:00Z' });
  for (const [id, state, at] of [
    ['one', 'DONE', '2026-06-01T08:00:00Z'],
    ['two', 'WITHDRAWN', '2026-06-02T08:00:00Z'],
  ]) {
    await tax.pool.query(
      `insert into batches (batch_id, file_name, file_hash, format, bytes, state, started_at, finished_at)
       values ($1, 'f', 'h', 'f', 1, $2, $3, $3)`,
      [id, state, at],
    );
  }
  const office = (await tax.query(STATUS, {}, OFFICE)).data.taxStatus;
  const penalties = { type: 'TaxPenalty', current: 3, displayed: 2 };
  assert.deepEqual(
    office.records.filter(({ current }: { current: number }) => current > 0),
    [penalties],
  );
  assert.equal(office.lastImportAt, '2026-06-01T08:00:00.000Z');
  assert.equal(office.oldestRetrievedAt, '2025-05-01T00:00:00.000Z');
  assert.equal(office.nextDisplayDeadline, TODAY);
  const audited = (await tax.query(STATUS, {}, AUDITOR)).data.taxStatus;
  assert.deepEqual(
    audited.records.filter(({ current }: { current: number }) => current > 0),
    [{ ...penalties, current: 4 }],
  );
  assert.equal(audited.oldestRetrievedAt, '2020-01-01T00:00:00.000Z');
});

test('sends one statement for each record type, under whatever aliases it is asked', async () => {
  tax.statements();
  await tax.query('{ taxStatus { records { current } nextDisplayDeadline } }', {}, OFFICE);
  assert.equal(tax.statements(), sector.tables.length);
});

test('is refused to a caller without duty in the sector', async () => {
  for (const caller of [{}, AGENCY, OTHER_OFFICE]) {
    const { data, errors } = await tax.query(STATUS, {}, caller);
    assert.deepEqual(data, { taxStatus: null });
    assert.equal(errors?.[0]?.extensions['code'], 'UNAUTHORIZED_FIELD_OR_TYPE');
  }
});
