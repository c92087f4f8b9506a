// What the loader shows of the past: versions that stood before, and what may be known of them now.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { penalties as table } from '../../tax/records.ts';
import { PUBLIC_AUTHORITY } from '../authority/policy.ts';
import { READ_UNDER } from './record-authority.ts';
import type { RecordNode } from './record-node.ts';
import { A, openTestPenalties, request } from './test-penalties.ts';

const { pool, insert, loader, close } = await openTestPenalties();
after(close);
beforeEach(async () => {
  await pool.query('truncate penalties');
});

/** A record of which only the version matters. */
const versionOf = (version: number): RecordNode =>
  ({
    id: 'r1',
    version,
    subject: { code: A },
    [READ_UNDER]: PUBLIC_AUTHORITY,
  }) as unknown as RecordNode;

const idsAsOf = async (asOf: string): Promise<string[]> =>
  (await loader().section(table, A, request({ asOf }))).nodes.map((node) => node.id);

test('reads what stood at the end of a day', async () => {
  await insert({ version: 1, superseded_at: '2026-03-01T00:00:00Z', facts: 'old' });
  await insert({ version: 2, recorded_at: '2026-03-01T00:00:00Z', facts: 'new' });
  const factsOn = async (asOf: string | null): Promise<unknown[]> =>
    (await loader().section(table, A, request({ asOf }))).nodes.map((node) => node['facts']);
  assert.deepEqual(await factsOn('2026-02-28'), ['old']);
  assert.deepEqual(await factsOn('2026-03-01'), ['new']);
  assert.deepEqual(await factsOn('2026-01-09'), []);
  assert.deepEqual(await factsOn(null), ['new']);
});

for (const [what, row] of [
  ['was repaired since', { state: 'REPAIRED' }],
  ['was classified higher since', { disclosure_class: 'GOVERNMENT' }],
  ['is no longer displayed', { display_until: '2026-06-30' }],
] as const) {
  test(`hides the past of a record that ${what}`, async () => {
    await insert({ version: 1, superseded_at: '2026-03-01T00:00:00Z' });
    await insert({ version: 2, recorded_at: '2026-03-01T00:00:00Z', ...row });
    assert.deepEqual(await idsAsOf('2026-02-28'), []);
  });
}

test('hides a past version whose own deletion is due', async () => {
  const past = { version: 1, superseded_at: '2026-03-01T00:00:00Z' };
  await insert({ ...past, deletion_until: '2026-06-30' });
  await insert({ version: 2, recorded_at: '2026-03-01T00:00:00Z' });
  assert.deepEqual(await idsAsOf('2026-02-28'), []);
  assert.deepEqual(await loader().history(table, versionOf(2)), []);
});

test('hides a past version of a higher class of a record that is public now', async () => {
  await insert({ version: 1, superseded_at: '2026-03-01T00:00:00Z', disclosure_class: 'AGENCY' });
  await insert({ version: 2, recorded_at: '2026-03-01T00:00:00Z' });
  assert.deepEqual(await idsAsOf('2026-02-28'), []);
  assert.deepEqual(await loader().history(table, versionOf(2)), []);
});

test('shows no gap where a version that is hidden stood between two that are not', async () => {
  const hidden = { version: 2, disclosure_class: 'AGENCY', facts: 'not for you' };
  const [first, second, third] = ['2026-01-10', '2026-02-01', '2026-03-01'].map(
    (day) => `${day}T00:00:00.000Z`,
  );
  await insert({ version: 1, recorded_at: first, superseded_at: second, facts: 'old' });
  await insert({ ...hidden, recorded_at: second, superseded_at: third });
  await insert({ version: 3, recorded_at: third, facts: 'new' });
  const readTwice = async (): Promise<unknown[]> => {
    const pages = ['2026-02-15', '2026-03-15'].map((asOf) =>
      loader().section(table, A, request({ asOf })),
    );
    const nodes = (await Promise.all(pages)).flatMap((page) => page.nodes);
    const history = await loader().history(table, versionOf(3));
    return Promise.all(
      [...nodes, ...history].map(async (node) => [
        node['facts'],
        await loader().supersededAt(table, node),
      ]),
    );
  };
  const withHidden = await readTwice();
  assert.deepEqual(withHidden, [
    ['old', third],
    ['new', null],
    ['old', third],
  ]);
  await pool.query('delete from penalties where version = 2');
  await pool.query('update penalties set superseded_at = $1 where version = 1', [third]);
  assert.deepEqual(await readTwice(), withHidden);
});

test('gives the superseded versions of a record, newest first', async () => {
  await insert({ version: 1, superseded_at: '2026-02-01T00:00:00Z', facts: 'first' });
  await insert({ version: 2, superseded_at: '2026-03-01T00:00:00Z', facts: 'second' });
  await insert({ version: 3, facts: 'third' });
  const before = async (version: number): Promise<unknown[]> =>
    (await loader().history(table, versionOf(version))).map((node) => node.version);
  assert.deepEqual(await before(2), [1], 'what came later is no history of it');
  const history = await loader().history(table, versionOf(3));
  assert.deepEqual(
    history.map((node) => [node.version, node['facts']]),
    [
      [2, 'second'],
      [1, 'first'],
    ],
  );
});
