// Versions of a record that may not be seen leave no trace in those that may: not in their numbers, nor
// in the feed of changes and its cursors.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sector } from '../../tax/sector.ts';
import { testInquiry, type TestCaller } from '../conformance/test-envelope.ts';
import { openTestSector, type TestSector } from '../conformance/test-sector.ts';
import { insertTaxRow, TODAY } from '../database/test-tax-rows.ts';
import type { Json } from './test/test-subgraph.ts';

const CODE = '91990101MA7K3P2Q8J';
const OFFICE: TestCaller = {
  inquiry: testInquiry({ tier: 'GOVERNMENT', sectorsOfDuty: ['tax'] }, 'SUPERVISION'),
};
/** The records by name, and the classes of their versions from the first on. */
const RECORDS: Readonly<Record<string, readonly string[]>> = {
  between: ['PUBLIC', 'GOVERNMENT', 'PUBLIC'],
  first: ['GOVERNMENT', 'PUBLIC'],
  plain: ['PUBLIC', 'PUBLIC'],
  once: ['PUBLIC'],
};

let tax: TestSector;

before(async () => {
  tax = await openTestSector(sector, { now: () => new Date(`${TODAY}T04:00:00Z`) });
  for (const [id, classes] of Object.entries(RECORDS)) {
    for (const [at, disclosure_class] of classes.entries()) {
      await insertTaxRow(tax.pool, 'penalties', CODE, id, {
        disclosure_class,
        version: at + 1,
        recorded_at: `2026-02-0${at + 1}T00:00:00Z`,
        superseded_at: at + 1 < classes.length ? `2026-02-0${at + 2}T00:00:00Z` : null,
      });
    }
  }
});

after(() => tax.close());

async function penalties(selection: string, caller?: TestCaller): Promise<readonly Json[]> {
  const answer = await tax.section(CODE, `{ penalties { nodes { id ${selection} } } }`, caller);
  assert.equal(answer.errors, undefined);
  return answer.data.penalties.nodes;
}

async function versionsOf(caller?: TestCaller): Promise<Readonly<Record<string, unknown>>> {
  const nodes = await penalties('version history { version }', caller);
  return Object.fromEntries(
    nodes.map(({ id, version, history }) => [id, [version, history.map((h: Json) => h.version)]]),
  );
}

test('counts the versions in sight, in the record and in its history', async () => {
  assert.deepEqual(await versionsOf(), {
    between: [2, [1]],
    first: [1, []],
    plain: [2, [1]],
    once: [1, []],
  });
  assert.deepEqual(await versionsOf(OFFICE), {
    between: [3, [2, 1]],
    first: [2, [1]],
    plain: [2, [1]],
    once: [1, []],
  });
});

test('counts versions by one statement, and only where a version is asked for', async () => {
  tax.statements();
  await penalties('decisionNumber');
  assert.equal(tax.statements(), 1);
  await penalties('version');
  assert.equal(tax.statements(), 2);
  await penalties('version history { version }', OFFICE);
  // The numbers of what is found in the history are counted after it is found.
  assert.equal(tax.statements(), 4);
});

interface Change {
  readonly kind: string;
  readonly record: { readonly id: string; readonly version: number };
  readonly previous: { readonly version: number } | null;
}

const FEED = `query ($after: String) { taxChanges(first: 1, after: $after) { endCursor hasNextPage
  nodes { kind record { id version } previous { version } } } }`;

async function readFeed(caller?: TestCaller): Promise<{ told: string[]; cursors: string[] }> {
  const told: string[] = [];
  const cursors: string[] = [];
  let after: string | null = null;
  do {
    const { data } = await tax.query(FEED, { after }, caller);
    const { endCursor, hasNextPage, nodes } = data.taxChanges;
    const [{ kind, record, previous }] = nodes as [Change];
    told.push(`${kind} ${record.id} ${record.version} after ${previous?.version ?? 'none'}`);
    cursors.push(endCursor as string);
    after = hasNextPage ? endCursor : null;
  } while (after !== null);
  return { told, cursors };
}

test('tells changes from one version in sight to the next', async () => {
  assert.deepEqual((await readFeed()).told, [
    'ADDED between 1 after none',
    'ADDED once 1 after none',
    'ADDED plain 1 after none',
    'ADDED first 1 after none',
    'CHANGED plain 2 after 1',
    'CHANGED between 2 after 1',
  ]);
  assert.deepEqual((await readFeed(OFFICE)).told, [
    'ADDED between 1 after none',
    'ADDED first 1 after none',
    'ADDED once 1 after none',
    'ADDED plain 1 after none',
    'CHANGED between 2 after 1',
    'CHANGED first 2 after 1',
    'CHANGED plain 2 after 1',
    'CHANGED between 3 after 2',
  ]);
});

test('writes nothing into a cursor but what the change beside it says', async () => {
  const { cursors } = await readFeed();
  assert.deepEqual(
    cursors.slice(-2).map((cursor) => Buffer.from(cursor, 'base64url').toString()),
    ['changes 2026-02-02T00:00:00.000Z plain', 'changes 2026-02-03T00:00:00.000Z between'],
  );
});
