// What leaves a subgraph when something goes wrong in it, and what its log keeps.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { GraphQLError } from 'graphql';
import { PublicError } from '../errors.ts';
import { openPool, type Pool } from '../database/pool.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import type { Resolver } from './resolver.ts';
import { openTestSubgraph, type TestSubgraph, type Json } from './test/test-subgraph.ts';

const failures: Readonly<Record<string, Resolver<unknown>>> = {
  defect: () => {
    throw new TypeError('SECRET of a defect');
  },
  coded: () => {
    throw Object.assign(new Error('SECRET'), { extensions: { code: 'BAD_USER_INPUT' } });
  },
  text: () => {
    // oxlint-disable-next-line typescript/only-throw-error
    throw 'SECRET text';
  },
  wrapped: () => {
    throw new GraphQLError('SECRET', { originalError: new Error('SECRET inside') });
  },
  sql: (_source, _args, { reads, viewer }) =>
    reads.through(viewer.atLarge).query({ text: `select 'SECRET'::date` }),
  row: async (_source, _args, { reads, viewer }) => {
    await reads
      .through(viewer.atLarge)
      .query({ text: `do $$ begin raise 'wrong' using detail = 'SECRET row'; end $$` });
  },
  told: () => {
    throw new PublicError('BAD_USER_INPUT', 'Not this way.', {
      hint: 'That way.',
      cause: new Error('SECRET cause'),
    });
  },
  rejected: () => Promise.reject(new PublicError('INVALID_CURSOR', 'Not this one.')),
  wrong: () => 'not a date at all: SECRET',
};

const TYPES = `type Query @requiresScopes(scopes: [["credit:public"]]) {
  ${Object.keys(failures)
    .map((name) => `${name}: ${name === 'wrong' ? 'Date' : 'String'}`)
    .join('\n')}
  many: [Item!]!
  echo(code: CreditCode): String
}
type Item @requiresScopes(scopes: [["credit:public"]]) { broken: String }`;

let database: TestDatabase;
let pool: Pool;
let subgraph: TestSubgraph;

before(async () => {
  database = await createTestDatabase('errors');
  pool = openPool(database.url, { name: 'test', onIdleError: () => undefined });
  subgraph = await openTestSubgraph({
    types: TYPES,
    resolvers: {
      Query: { ...failures, many: () => Array.from({ length: 50 }, () => ({})), echo: () => 'x' },
      Item: { broken: failures['defect'] },
    },
    pool,
  });
});

afterEach(() => {
  subgraph.logged.length = 0;
});

after(async () => {
  await subgraph.stop();
  await pool.end();
  await database.drop();
});

test('hides every defect behind one sentence', async () => {
  for (const field of ['defect', 'coded', 'text', 'wrapped', 'sql', 'row', 'wrong']) {
    const { errors, text } = await subgraph.query(`{ ${field} }`);
    assert.deepEqual(errors, [
      {
        message: 'The sector met a defect of its own.',
        path: [field],
        extensions: {
          code: 'INTERNAL_SERVER_ERROR',
          hint: 'Report the request id to the operator.',
        },
      },
    ]);
    assert.doesNotMatch(text, /SECRET|stack|select/);
  }
});

test('logs a defect whole, under the id of the request', async () => {
  await subgraph.query('{ defect }', {}, { 'x-request-id': 'asked-2' });
  const [line, ...more] = subgraph.logged;
  assert.deepEqual(more, []);
  assert.equal(line.requestId, 'asked-2');
  assert.deepEqual(line.path, ['defect']);
  assert.equal(line.err.type, 'TypeError');
  assert.match(line.err.stack, /SECRET of a defect\n.*format-error\.test\.ts/);
});

test('keeps rows that a database quotes out of the log', async () => {
  await subgraph.query('{ row }');
  assert.match(JSON.stringify(subgraph.logged), /P0001/);
  assert.doesNotMatch(JSON.stringify(subgraph.logged), /SECRET/);
});

test('shows a public error whole, and logs what lies behind it', async () => {
  const { errors, text } = await subgraph.query('{ told rejected }');
  assert.deepEqual(
    errors.map(({ message, extensions }: Json) => [message, extensions]),
    [
      ['Not this way.', { code: 'BAD_USER_INPUT', hint: 'That way.' }],
      [
        'Not this one.',
        {
          code: 'INVALID_CURSOR',
          hint: 'Use a cursor from pageInfo or edges of the same field, or none.',
        },
      ],
    ],
  );
  assert.doesNotMatch(text, /SECRET/);
  assert.deepEqual(
    subgraph.logged.map((line) => line.err.message),
    ['SECRET cause'],
  );
});

test('logs nothing of a mistake of the caller', async () => {
  await subgraph.query('{ nothing }');
  await subgraph.query('query ($c: CreditCode) { echo(code: $c) }', { c: 'mine' });
  await subgraph.query('{');
  assert.deepEqual(subgraph.logged, []);
});

test('does not send back megabytes that a mistake holds', async () => {
  const c = 'x'.repeat(1_000_000);
  for (const [document, variables] of [
    ['query ($c: CreditCode) { echo(code: $c) }', { c }],
    [`{ ${c} }`, {}],
    [`{ echo(code: ${c}) }`, {}],
  ] as const) {
    const { errors, text } = await subgraph.query(document, variables);
    assert.ok(errors[0].message.length <= 1_001);
    assert.ok(text.length < 3_000);
  }
});

test('logs a few of many errors and counts the rest', async () => {
  const { errors } = await subgraph.query('{ many { broken } }');
  assert.equal(errors.length, 50);
  assert.equal(subgraph.logged.length, 6);
  assert.equal(subgraph.logged[5].errors, 45);
});

test('replaces a request id that could break a line of the log', async () => {
  await subgraph.query('{ defect }', {}, { 'x-request-id': 'a b"c' });
  assert.match(subgraph.logged[0].requestId, /^[0-9a-f-]{36}$/);
});
