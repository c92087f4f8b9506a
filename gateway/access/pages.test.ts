import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  apply,
  codeOf,
  itemOf,
  openAccessUnderTest,
  type AccessUnderTest,
  type Item,
} from './test/access-under-test.ts';

interface Connection {
  readonly nodes: readonly Item[];
  readonly edges: readonly { readonly cursor: string; readonly node: Item }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const QUERY = (field: string): string => `query ($first: Int, $after: String) {
  ${field}(first: $first, after: $after) { nodes { id } edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

/** Makes seven applications, some of them in the same millisecond; ids oldest first. */
async function applySeven(access: AccessUnderTest): Promise<readonly string[]> {
  const made: { id: string; at: number }[] = [];
  for (let n = 0; n < 7; n++) {
    const at = Math.floor(n / 3);
    access.setNow(`2026-11-23T04:00:00.00${at}Z`);
    made.push({ id: await apply(access, { caseReference: `CASE-${n}` }), at });
  }
  return made.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
}

for (const [field, who, isNewestFirst] of [
  ['applications', 'agency', true],
  ['applicationsToDecide', 'reviewer', false],
] as const) {
  test(`${field} come page by page, each once, in order`, async (t) => {
    const access = await openAccessUnderTest(t);
    const oldestFirst = await applySeven(access);
    const expected = isNewestFirst ? [...oldestFirst].reverse() : oldestFirst;
    const read: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 4; page++) {
      const answer = await access.ask(who, QUERY(field), { first: 2, after });
      const { nodes, edges, pageInfo } = itemOf(answer, field) as unknown as Connection;
      read.push(...nodes.map(({ id }) => id));
      assert.deepEqual(
        edges.map(({ node }) => node),
        nodes,
      );
      assert.equal(pageInfo.hasNextPage, page < 3);
      assert.equal(pageInfo.hasPreviousPage, page > 0);
      assert.equal(pageInfo.startCursor, edges[0]?.cursor);
      assert.equal(pageInfo.endCursor, edges.at(-1)?.cursor);
      after = pageInfo.endCursor;
    }
    assert.deepEqual(read, expected);
    const beyond = itemOf(await access.ask(who, QUERY(field), { first: 5, after }), field);
    const { nodes, pageInfo } = beyond as unknown as Connection;
    assert.deepEqual([nodes.length, pageInfo.endCursor, pageInfo.hasNextPage], [0, null, false]);
  });
}

test('takes no cursor but its own', async (t) => {
  const access = await openAccessUnderTest(t);
  await apply(access);
  const answer = await access.ask('agency', QUERY('applications'), {});
  const own = (itemOf(answer, 'applications') as unknown as Connection).edges[0]?.cursor ?? '';
  const [name, at, id] = Buffer.from(own, 'base64url').toString().split(' ');
  const write = (...parts: unknown[]): string => Buffer.from(parts.join(' ')).toString('base64url');
  assert.equal(write(name, at, id), own);
  for (const after of [
    '',
    'x',
    'x'.repeat(10_000),
    write('grants', at, id),
    write(name, '2026-02-30T00:00:00.000Z', id),
    write(name, 'now', id),
    write(name, at, "' or true"),
    write(name, at, id, 'more'),
  ]) {
    const refused = await access.ask('agency', QUERY('applications'), { after });
    assert.equal(codeOf(refused), 'INVALID_CURSOR', after.slice(0, 60));
  }
  const elsewhere = await access.ask('agency', QUERY('consents'), { after: own });
  assert.equal(codeOf(elsewhere), 'INVALID_CURSOR');
});

test('gives at most 100 a page', async (t) => {
  const { ask } = await openAccessUnderTest(t);
  for (const field of ['applications', 'grants', 'consents']) {
    for (const first of [101, -1, 2_147_483_647]) {
      assert.equal(codeOf(await ask('agency', QUERY(field), { first })), 'BAD_USER_INPUT');
    }
    itemOf(await ask('agency', QUERY(field), { first: 100 }), field);
    itemOf(await ask('agency', QUERY(field), { first: 0 }), field);
  }
});
