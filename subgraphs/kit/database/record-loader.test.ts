// What the loader may show: every reason for which a row must stay unseen, one by one, over real
// rows of a real table.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { penalties as table } from '../../tax/records.ts';
import { viewerOf } from '../authority/viewer.ts';
import { testInquiry } from '../conformance/test-envelope.ts';
import type { PublicError } from '../errors.ts';
import type { PageRequest } from './page-request.ts';
import { openPool, type Pool } from './pool.ts';
import { readersOver } from './readers.ts';
import { createRecordLoader } from './record-loader.ts';
import { trackReads } from './request-reads.ts';
import { A, B, classes, openTestPenalties, request, TODAY, viewer } from './test-penalties.ts';

const { pool, insert, loader, close } = await openTestPenalties();
after(close);
beforeEach(async () => {
  await pool.query('truncate penalties');
});

async function idsOf(code: string, more: Partial<PageRequest> = {}): Promise<string[]> {
  const page = await loader().section(table, code, request(more));
  assert.equal(page.total, page.nodes.length, 'the count tells no more than the page');
  return page.nodes.map((node) => node.id);
}

test('shows a row that is public, stands and is on display', async () => {
  await insert();
  assert.deepEqual(await idsOf(A), ['r1']);
});

for (const [what, row] of [
  ['of a class above the caller', { disclosure_class: 'AUTHORISED' }],
  ['of the most restricted class', { disclosure_class: 'SPECIAL' }],
  ['that was repaired', { state: 'REPAIRED' }],
  ['that was withdrawn', { state: 'WITHDRAWN' }],
  ['whose display ended yesterday', { display_until: '2026-06-30' }],
  ['whose display begins tomorrow', { display_from: '2026-07-02' }],
  ['that may no longer be asked for', { query_until: '2026-06-30' }],
  ['whose deletion is due', { deletion_until: '2026-06-30' }],
  ['that a later version has superseded', { superseded_at: '2026-02-01T00:00:00Z' }],
] as const) {
  test(`hides a row ${what}, and does not count it`, async () => {
    await insert(row);
    assert.deepEqual(await idsOf(A), []);
    const listing = await loader().listing(table, request());
    assert.deepEqual([listing.nodes.length, listing.total], [0, 0]);
  });
}

test('shows a row on the first and on the last day of its display, and with no last day', async () => {
  await insert({ record_id: 'r1', display_from: TODAY });
  await insert({ record_id: 'r2', display_until: TODAY });
  await insert({ record_id: 'r3', display_from: null, display_until: null });
  assert.deepEqual((await idsOf(A)).sort(), ['r1', 'r2', 'r3']);
});

test('reads many subjects with one statement, each with its own page and count', async () => {
  await insert({ subject_code: A, record_id: 'r1' });
  await insert({ subject_code: A, record_id: 'r2', sort_date: '2026-02-01' });
  await insert({ subject_code: B, record_id: 'r3' });
  let statements = 0;
  const counted = Object.create(pool) as Pool;
  const run = pool.query.bind(pool) as (...args: unknown[]) => unknown;
  counted.query = ((...args: unknown[]) => {
    statements += 1;
    return run(...args);
  }) as Pool['query'];
  const reading = loader(classes, counted);
  const codes = [A, B, '91990101MA00003300'];
  const pages = await Promise.all(
    codes.map((c) => reading.section(table, c, request({ first: 1 }))),
  );
  assert.deepEqual(
    pages.map((page) => [page.nodes.map((node) => node.id), page.hasNextPage, page.total]),
    [
      [['r2'], true, 2],
      [['r3'], false, 1],
      [[], false, 0],
    ],
  );
  assert.equal(statements, 1);
});

test('counts all records on a page beyond the last', async () => {
  await insert();
  const end = Buffer.from(`TaxPenalty 2000-01-01 r0`).toString('base64url');
  const page = await loader().section(table, A, request({ after: end }));
  assert.deepEqual([page.nodes, page.total], [[], 1]);
});

test('narrows by a field that the caller sees, and refuses one that it does not', async () => {
  await insert({ record_id: 'r1', severity: 'SERIOUS' });
  await insert({ record_id: 'r2' });
  const by = (field: string, value: unknown): Partial<PageRequest> => ({
    filters: { only: { filter: { field, test: 'any' }, value } },
  });
  assert.deepEqual(await idsOf(A, by('severity', ['SERIOUS'])), ['r1']);
  const secret = new Map(
    [...classes].filter(([coordinate]) => coordinate !== 'TaxPenalty.severity'),
  );
  const reading = loader(secret);
  await assert.rejects(reading.section(table, A, request(by('severity', ['SERIOUS']))), {
    message: /compares with TaxPenalty\.severity/,
  });
});

test('refuses a filter for the subjects of which its field may not be seen, and for no other', async () => {
  await insert({ subject_code: A, severity: 'SERIOUS' });
  await insert({ subject_code: B, severity: 'SERIOUS' });
  const secret = new Map([...classes, ['TaxPenalty.severity', 'AUTHORISED'] as const]);
  const ofConsent = viewerOf(
    testInquiry({ tier: 'AGENCY' }),
    'tax',
    [{ kind: 'CONSENT', id: 'c', subject: A }],
    TODAY,
  );
  const filters = {
    only: { filter: { field: 'severity', test: 'any' }, value: ['SERIOUS'] },
  } as const;
  const reading = loader(secret, pool, ofConsent);
  const [open, closed] = await Promise.allSettled(
    [A, B].map((code) => reading.section(table, code, request({ filters }))),
  );
  assert.equal(open?.status === 'fulfilled' && open.value.total, 1);
  assert.equal(closed?.status, 'rejected');
  assert.equal((closed.reason as PublicError).extensions['code'], 'UNAUTHORIZED_FIELD_OR_TYPE');
  await assert.rejects(reading.listing(table, request({ filters })), /compares with/);
});

test('reads the subjects of one authority though those of another could not be read', async () => {
  await insert({ subject_code: A });
  await insert({ subject_code: B });
  const ofConsent = viewerOf(
    testInquiry({ tier: 'AGENCY' }),
    'tax',
    [{ kind: 'CONSENT', id: 'c', subject: A }],
    TODAY,
  );
  const broken = { query: () => Promise.reject(new Error('broken')) };
  const reading = createRecordLoader({
    reads: { through: ({ classes: held }) => (held.includes('AUTHORISED') ? broken : pool) },
    classes,
    viewer: ofConsent,
  });
  const [failed, read] = await Promise.allSettled(
    [A, B].map((code) => reading.section(table, code, request())),
  );
  assert.equal(failed?.status, 'rejected');
  assert.equal(read?.status === 'fulfilled' && read.value.total, 1);
});

test('names no column in SQL that the caller may not see', async () => {
  await insert({ facts: 'not for you' });
  const secret = new Map([...classes, ['TaxPenalty.facts', 'SPECIAL'] as const]);
  const reading = loader(secret);
  const [node] = (await reading.section(table, A, request())).nodes;
  assert.ok(node && !('facts' in node));
});

test('keeps days as they are and reads instants in UTC, money in minor units', async () => {
  await insert({ decided_on: '2026-01-31', fine_minor: '123456', fine_currency: 'CNY' });
  const [node] = (await loader().section(table, A, request())).nodes;
  assert.deepEqual(node?.['fine'], { minorUnits: 123_456, currency: 'CNY' });
  assert.equal((node['source'] as { decidedOn: string }).decidedOn, '2026-01-31');
  assert.equal(node['recordedAt'], '2026-01-10T00:00:00.000Z');
  assert.deepEqual(node['kinds'], ['FINE']);
});

test('says that a database does not answer, without saying where it is', async () => {
  const gone = openPool('postgres://nobody:x@127.0.0.1:1/none', {
    name: 'test',
    onIdleError: () => undefined,
  });
  const reads = trackReads(readersOver(gone));
  const reading = createRecordLoader({ reads, classes, viewer });
  const read = reading.section(table, A, request());
  const answering = reads.isComplete();
  await assert.rejects(read, (error: { message: string; extensions: { code: string } }) => {
    assert.equal(error.extensions.code, 'SUBGRAPH_UNAVAILABLE');
    assert.doesNotMatch(JSON.stringify(error), /127\.0\.0\.1|nobody/);
    return true;
  });
  assert.equal(await answering, false);
  await gone.end();
});
