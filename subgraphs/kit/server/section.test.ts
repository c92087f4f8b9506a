// Coverage: a section says CHECKED only when everything that was asked for has been read, wherever in
// the answer and by whatever code it was read.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPool, type Pool, type Reader } from '../database/pool.ts';
import { param, runStatement, sql, toStatement } from '../database/statement.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { batched } from './batched.ts';
import type { Resolver, SectorContext } from './resolver.ts';
import { coverage, section } from './section.ts';
import {
  openTestSubgraph,
  unreachablePool,
  type TestSubgraph,
  type Json,
} from './test/test-subgraph.ts';

const TYPES = `
  type Subject @key(fields: "code") @requiresScopes(scopes: [["credit:public"]]) {
    code: CreditCode!
    test(asOf: Date): TestSection
  }
  type TestSection @requiresScopes(scopes: [["credit:public"]]) {
    coverage: Coverage!
    "One divided by a number, by a statement of the sector's own code."
    share(of: Int!): Share
    late(of: Int!): Share
    secret: Int @requiresScopes(scopes: [["credit:special"]])
  }
  type Share @requiresScopes(scopes: [["credit:public"]]) {
    share(of: Int!): Share
    many(of: Int!): Share
  }
  type Query {
    subject: Subject @requiresScopes(scopes: [["credit:public"]])
    share(of: Int!): Share @requiresScopes(scopes: [["credit:public"]])
  }
`;
const CODE = '91990101MA7K3P2Q8J';
const DIVIDE = toStatement(sql.raw('select 1 / ?::int as share', [param('of')]));

const readerIn = ({ reads, viewer }: SectorContext): Reader => reads.through(viewer.atLarge);

const share: Resolver<unknown, { readonly of: number }> = async (_source, { of }, context) => {
  const [row] = await runStatement<{ share: number }>(readerIn(context), DIVIDE, { of });
  return row;
};
const late: typeof share = async (...args) => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  return share(...args);
};
const many: Resolver<unknown, { readonly of: number }> = (_source, { of }, context) =>
  batched(
    context,
    'shares',
    async (keys: readonly number[]) => {
      const rows = await Promise.all(
        keys.map((of) => runStatement(readerIn(context), DIVIDE, { of })),
      );
      return rows.map(([row]) => row);
    },
    String,
  )(of);

const resolvers = {
  Subject: { test: section() },
  TestSection: { coverage: coverage(), share, late },
  Share: { share, many },
  Query: { subject: () => ({ code: CODE }), share },
};

let database: TestDatabase;
let pool: Pool;
let subgraph: TestSubgraph;
let gone: TestSubgraph;

before(async () => {
  database = await createTestDatabase('coverage');
  pool = openPool(database.url, { name: 'test', onIdleError: () => undefined });
  const now = (): Date => new Date('2026-06-30T16:30:00Z');
  subgraph = await openTestSubgraph({ types: TYPES, resolvers, pool, now });
  gone = await openTestSubgraph({ types: TYPES, resolvers, pool: unreachablePool(), now });
});

after(async () => {
  await Promise.all([subgraph.stop(), gone.stop()]);
  await pool.end();
  await database.drop();
});

async function statusOf(selection: string, of: TestSubgraph = subgraph): Promise<unknown> {
  const { data } = await of.query(`{ subject { test { coverage { status } ${selection} } } }`);
  return data.subject.test.coverage.status;
}

test('says CHECKED when nothing was asked for and the database answers', async () => {
  const { data } = await subgraph.query(
    '{ subject { test { coverage { status upToClass checkedAt higherClassesExist } } } }',
  );
  assert.deepEqual(data.subject.test.coverage, {
    status: 'CHECKED',
    upToClass: 'PUBLIC',
    checkedAt: '2026-06-30T16:30:00.000Z',
    higherClassesExist: true,
  });
});

test('says CHECKED when everything was read', async () => {
  assert.equal(
    await statusOf('share(of: 1) { share(of: 2) { many(of: 3) { share(of: 4) { __typename } } } }'),
    'CHECKED',
  );
});

test('says UNAVAILABLE beside a read that failed, whether asked for before or after', async () => {
  assert.equal(await statusOf('share(of: 0) { __typename }'), 'UNAVAILABLE');
  const { data } = await subgraph.query(
    '{ subject { test { share(of: 0) { __typename } coverage { status upToClass checkedAt } } } }',
  );
  assert.deepEqual(data.subject.test, {
    share: null,
    coverage: { status: 'UNAVAILABLE', upToClass: null, checkedAt: null },
  });
});

test('says UNAVAILABLE when a read failed below others, or in a batch, or later', async () => {
  for (const selection of [
    'share(of: 1) { share(of: 1) { share(of: 1) { share(of: 0) { __typename } } } }',
    'share(of: 1) { many(of: 1) { many(of: 0) { __typename } } }',
    'late(of: 1) { many(of: 1) { share(of: 0) { __typename } } }',
    'late(of: 0) { __typename }',
  ]) {
    assert.equal(await statusOf(selection), 'UNAVAILABLE', selection);
  }
});

test('says the same in all sections of a request, also in one that is found by reading', async () => {
  const entity = { __typename: 'Subject', code: CODE };
  const { data } = await subgraph.query(
    `query ($r: [_Any!]!) {
      _entities(representations: $r) { ... on Subject { test { coverage { status } } } }
      share(of: 1) { share(of: 0) { __typename } }
    }`,
    { r: [entity, entity] },
  );
  for (const { test: found } of data._entities) assert.equal(found.coverage.status, 'UNAVAILABLE');
});

test('does not count a refusal as a read that failed', async () => {
  assert.equal(await statusOf('secret'), 'CHECKED');
});

test('says UNAVAILABLE without a database, and nothing of where it should be', async () => {
  assert.equal(await statusOf('', gone), 'UNAVAILABLE');
  const answer = await gone.query(
    '{ subject { test { coverage { status } share(of: 1) { __typename } } } }',
    {},
    { 'x-request-id': 'asked-1' },
  );
  assert.equal(answer.data.subject.test.coverage.status, 'UNAVAILABLE');
  assert.equal(answer.errors[0].extensions.code, 'SUBGRAPH_UNAVAILABLE');
  assert.doesNotMatch(answer.text, /127\.0\.0\.1|ECONN|nobody|hunter2/);
  const line = gone.logged.find((entry) => entry.requestId === 'asked-1');
  assert.equal(line.err.code, 'ECONNREFUSED');
  assert.doesNotMatch(JSON.stringify(gone.logged), /hunter2/);
});

test('reads the past up to today, which is the legal day in China', async () => {
  const of = (asOf: string): Promise<Json> =>
    subgraph.query(`{ subject { test(asOf: "${asOf}") { coverage { status } } } }`);
  // 16:30 in UTC is half past midnight there.
  assert.equal((await of('2026-07-01')).data.subject.test.coverage.status, 'CHECKED');
  const { errors } = await of('2026-07-02');
  assert.match(errors[0].message, /asOf is 2026-07-02; today is 2026-07-01/);
});
